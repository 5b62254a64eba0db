"""The register of corrections on paper (C-16): what, from what to what, why, who asked and who agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import TINY, TINY_STRONG, centred, signature, table
from exports.paper import HEAD, NARROW, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.case_place import CasePlace
from projections.correction_register import CorrectionLine, CorrectionRegister

Titles = Mapping[str, str]
WIDE = 269 * mm
HEADS = (
    *("№", "Запрошено", "Класс, предмет", "Что исправляется", "Ученик", "Было", "Стало"),
    *("Основание и причина", "Запросил", "Решение", "Часов"),
)
WIDTHS = tuple(each * mm for each in (9, 20, 33, 33, 30, 17, 17, 44, 24, 32, 10))


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What things are called: targets of cases, kinds of marks, grounds, outcomes."""

    targets: Titles
    kinds: Titles
    grounds: Titles
    outcomes: Titles


def pdf(page: CorrectionRegister, names: Names, words: Words, imprint: Imprint) -> bytes:
    story = [
        *_story(page, names, words),
        signature(imprint, [("Заместитель директора", "")], width=WIDE, across=2),
    ]
    return sheets(story, imprint, title="Журнал учёта исправлений", landscape=True, margin=NARROW)


def _story(page: CorrectionRegister, names: Names, words: Words) -> Iterator[Flowable]:
    yield p("ЖУРНАЛ УЧЁТА ИСПРАВЛЕНИЙ", HEAD)
    yield p(
        f"Запрошенные с {said.full_day(page.first)} по {said.full_day(page.last)}: {len(page.lines)}.", SMALL
    )
    yield Spacer(1, 2 * mm)
    rows = [_row(line, names, words) for line in page.lines]
    yield table([p(word, TINY_STRONG) for word in HEADS], rows, WIDTHS, more=[centred(0, 0), centred(10)])


def _row(line: CorrectionLine, names: Names, words: Words) -> list[object]:
    note = line.note
    return [
        str(line.number),
        f"{line.asked_at:%d.%m.%Y}\n{line.asked_at:%H:%M}",
        p(f"{line.place.class_title}, {line.place.subject}", TINY),
        p(what(line.place, words.targets, words.kinds), TINY),
        p(line.pupil, TINY),
        p(note.old or "—", TINY),
        p(_new(line), TINY),
        p("; ".join(word for word in (_ground(line, words), note.reason) if word), TINY),
        p(names.get(note.requester, ""), TINY),
        p(_outcome(line, names, words), TINY),
        "" if line.hours is None else said.percent(line.hours),
    ]


def what(place: CasePlace, targets: Titles, kinds: Titles) -> str:
    """«отметка, контрольная работа, 12.10.2026, 3-й урок», «годовая отметка, 2026/27»."""
    if place.period is not None:
        return f"{said.of_period(kinds.get(place.kind, place.kind))}, {place.period_title}"
    when = f"{said.full_day(place.date)}, {place.number}-й урок" if place.date else ""
    target = targets.get(place.target, place.target)
    return ", ".join(word for word in (target, place.kind_title.lower(), when) if word)


def _new(line: CorrectionLine) -> str:
    if line.note.to_date is not None:
        return f"{said.full_day(line.note.to_date)}, {line.note.to_number}-й урок"
    return line.note.new or "—"


def _ground(line: CorrectionLine, words: Words) -> str:
    note = line.note
    order = f"распоряжение № {note.order_number or '____'}" if note.ordered else ""
    dated = f" от {said.full_day(note.order_date)}" if note.order_date else ""
    return "; ".join(
        word for word in (words.grounds.get(note.ground, note.ground), order + dated, note.act) if word
    )


def _outcome(line: CorrectionLine, names: Names, words: Words) -> str:
    note = line.note
    said_so = words.outcomes.get(note.status, note.status)
    who = names.get(note.decided_by, "") if note.decided_by else ""
    when = f"{line.decided_at:%d.%m.%Y %H:%M}" if line.decided_at else ""
    return ", ".join(word for word in (said_so, who, when) if word)
