"""C-26: safety briefings at laboratory and practical works (Усть-Белая 7.15): where recorded, where missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from ledger.column import LABORATORY
from ledger.rules.completion import says_briefing, says_laboratory
from projections.columns import title_of
from projections.control.held import Held, held
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import class_words
from projections.reading import Reading

CODE, TITLE = "C-26", "Инструктажи по технике безопасности"
COLUMNS = (
    Column(key="date", title="Дата", kind="day"),
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="teacher", title="Учитель"),
    Column(key="work", title="Работа"),
    Column(key="topic", title="Тема"),
    Column(key="recorded", title="Где записан инструктаж"),
)
MISSING = "не записан"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lab:
    """`work`: what was done there; `recorded` where the briefing stands, MISSING if nowhere."""

    held: Held
    work: str
    recorded: str


def report(reading: Reading, asked: Asked) -> Report:
    labs = sorted(_labs(reading, asked), key=lambda lab: lab.held.lesson.starts)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_lines(labs, reading)),
        figures=_figures(labs),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def _lines(labs: Sequence[_Lab], reading: Reading) -> Iterator[Line]:
    school = reading.school
    names = reading.names(person for lab in labs for person in lab.held.teachers)
    pages = {page: class_words(school.journals[page], reading) for page in {_page(lab) for lab in labs}}
    for lab in labs:
        yield Line(
            key=str(lab.held.lesson.id),
            values=(
                lab.held.lesson.date,
                pages[_page(lab)],
                school.subject_of(_page(lab)).title,
                ", ".join(names[person].short for person in lab.held.teachers),
                *(lab.work, lab.held.row.topic if lab.held.row is not None else None, lab.recorded),
            ),
        )


def _figures(labs: Sequence[_Lab]) -> tuple[Figure, ...]:
    there = sum(lab.recorded != MISSING for lab in labs)
    missing = len(labs) - there
    return (
        Figure(
            key="recorded",
            title="Инструктаж записан",
            value=share(there, len(labs)),
            kind="share",
            part=there,
            whole=len(labs),
            better="more",
        ),
        Figure(key="missing", title="Не записан", value=missing, kind="count", better="less"),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """What the lesson says."""
    for lab in _labs(reading, asked):
        if str(lab.held.lesson.id) != key:
            continue
        said = (("тема", "topic"), ("домашнее задание", "homework"), ("инструктаж", "briefing"))
        for words, name in said:
            text = getattr(lab.held.row, name, None) or "нет"
            yield Behind(
                words=f"{words}: {text}",
                date=lab.held.lesson.date,
                lesson=lab.held.lesson.id,
                journal=_page(lab),
            )


def _labs(reading: Reading, asked: Asked) -> Iterator[_Lab]:
    """Held lessons of the subjects the act names with a laboratory or practical work, or a topic that says so."""
    school, regulation = reading.school, reading.regulation()
    wanted = {
        id for id, each in school.subjects.items() if regulation.needs_briefing(each.title, each.attributes)
    }
    works: dict[UUID, list[str]] = {}
    rows = reading.rows(
        "works",
        "kind = ANY(%(kinds)s) AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, date, kind, title",
        kinds=list(LABORATORY),
        first=asked.first,
        last=asked.last,
    )
    for row in rows:
        works.setdefault(row.lesson, []).append(title_of(row, row.date, regulation))
    for subject in wanted if asked.subject is None else wanted & {asked.subject}:
        own = Asked(
            first=asked.first,
            last=asked.last,
            level=asked.level,
            class_id=asked.class_id,
            subject=subject,
            teacher=asked.teacher,
        )
        for each in held(reading, own):
            topic = (each.row.topic or "") if each.row is not None else ""
            if each.lesson.id in works or says_laboratory(topic):
                done = "; ".join(works.get(each.lesson.id, ())) or "по теме урока"
                yield _Lab(held=each, work=done, recorded=_recorded(each))


def _recorded(each: Held) -> str:
    row = each.row
    if row is None:
        return MISSING
    places = (
        ("отмечен отдельно", bool(row.briefing)),
        ("в теме урока", says_briefing(row.topic or "")),
        ("в домашнем задании", says_briefing(row.homework or "")),
    )
    return ", ".join(words for words, there in places if there) or MISSING


def _page(lab: _Lab) -> UUID:
    return lab.held.lesson.journal
