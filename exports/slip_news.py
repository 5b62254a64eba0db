"""What the weekly slip says was entered after the one before, in words: each line what it is, where, and of a
correction or a void what stood there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports import said
from exports.correction_register import what
from projections.case_place import CasePlace
from projections.diary_corrections import DiaryCorrection
from projections.diary_voids import DiaryVoid
from projections.family_news import NewsLine
from projections.slip_news import SlipNews

Titles = Mapping[str, str]
VOIDED = "Признано недействительным (внесено с паролем сотрудника школы, который стал известен постороннему):"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What things are called: marks of the year, why a lesson is cancelled, targets and grounds of corrections."""

    kinds: Titles
    reasons: Titles
    targets: Titles
    grounds: Titles


def lines(news: SlipNews, words: Words) -> Iterator[str]:
    yield from (_mark(each) for each in news.marks)
    yield from (_correction(each, words) for each in news.corrections)
    if news.voids:
        yield VOIDED
        yield from (_void(each, words) for each in news.voids)


def _mark(line: NewsLine) -> str:
    if line.kind == "absence":
        return f"{_when(line)}: «н», {line.detail or 'причина не указана'}"
    if line.kind == "period_mark":
        return f"{line.subject}, отметка за период, {line.detail} — {line.value}"
    return f"{_when(line)} — {line.value}{said.of_work(line.detail)}"


def _when(line: NewsLine) -> str:
    return f"{line.subject}, {said.week_day(line.date)}" if line.date is not None else line.subject


def _correction(note: DiaryCorrection, words: Words) -> str:
    new = f"{said.full_day(note.to_date)}, {note.to_number}-й урок" if note.to_date else note.new or "пусто"
    ground = words.grounds.get(note.ground, note.ground)
    return f"Исправлено: {_place(note.place, words)}: было {note.old or 'пусто'}, стало {new} ({ground})"


def _void(note: DiaryVoid, words: Words) -> str:
    place, now = _place(note.place, words), note.now or "пусто"
    if note.act.annulled:
        return f"{place}: стоит {now}; {note.act} отменён Актом № {note.act.annulled}"
    return f"{place}: было {note.was}, стало {now} ({note.act})"


def _place(place: CasePlace, words: Words) -> str:
    return f"{place.subject}, {what(place, words.targets, words.kinds)}"
