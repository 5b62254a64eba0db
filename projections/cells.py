"""Rows of a lesson's sheet: the lesson, its works, its cells, personal homework. One fold for journal,
lesson, day and diary: they are the same facts shown to other readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger import lesson as sheets
from ledger import streams
from ledger.entry import Entry, Origin
from ledger.events import attendance, days, homework, lessons, marks
from ledger.lesson import LITERACY, Sheet

TABLES = (
    (
        "lessons",
        ("lesson",),
        (
            "journal",
            "date",
            "number",
            "starts",
            "ends",
            "topic",
            "homework",
            "manner",
            "not_set",
            "due",
            "due_lesson",
            "homework_at",
            "homework_delay",
            "taken",
            "topic_entry",
            "homework_entry",
            "task",
            "plan",
            "plan_item",
            "deviation",
            "briefing",
            "briefing_entry",
            "completed",
            "mode",
            "topic_correction",
            "homework_correction",
        ),
    ),
    ("fillings", ("lesson",), ("journal", "date", "filled_at", "filled_by")),
    (
        "works",
        ("lesson", "work"),
        ("journal", "date", "kind", "title", "due", "assess", "makes_up", "source"),
    ),
    (
        "cells",
        ("lesson", "work", "pupil", "value_kind"),
        (
            "value",
            "journal",
            "date",
            "entry",
            "entered_at",
            "entered_by",
            "delay",
            "permitted",
            "rewritten",
            "imported",
            "manner",
            "correction",
        ),
    ),
    (
        "materials",
        ("lesson", "material"),
        ("journal", "attached_to", "title", "url", "sha256", "media", "size", "entry"),
    ),
    (
        "personal_homework",
        ("lesson", "pupil"),
        ("date", "nonce", "sealed", "due", "due_lesson", "entered_at", "delay", "entry"),
    ),
)

Key = tuple[Any, ...]
ABSENT = "н"
CAME_LATE = "опоздал(а)"  # K-45


def empty(lesson: UUID) -> Sheet:
    return Sheet(lesson=lesson)


step = sheets.step


def keys(sheet: Sheet, entry: Entry) -> Iterable[Key]:
    """Every entry fills the lesson; few change its own row, which is written only where it differs."""
    found: list[Key] = [("lessons", sheet.lesson), ("fillings", sheet.lesson)]
    match entry.event:
        # Every row names its journal and date: after a void all come back, after a move (E-10) all follow.
        case lessons.LessonHeld() | days.LessonMoved():
            return all_keys(sheet)
        case marks.WorkAdded(work=work) | marks.WorkWithdrawn(work=work) | marks.WorkKindChanged(work=work):
            found.append(("works", sheet.lesson, work))
        case marks.MarkGiven(work=work, pupil=pupil) | marks.MarkWithdrawn(work=work, pupil=pupil):
            found.append(("cells", sheet.lesson, work, pupil, "mark"))
        case (
            marks.LiteracyMarkGiven(work=work, pupil=pupil)
            | marks.LiteracyMarkWithdrawn(work=work, pupil=pupil)
        ):
            column = streams.literacy(work)
            found += [("works", sheet.lesson, column), ("cells", sheet.lesson, column, pupil, "mark")]
        case lessons.MaterialAttached(material=material) | lessons.MaterialWithdrawn(material=material):
            found.append(("materials", sheet.lesson, material))
        case attendance.AbsenceNoted(pupil=pupil) | attendance.AbsenceWithdrawn(pupil=pupil):
            found.append(("cells", sheet.lesson, sheet.lesson, pupil, "absence"))
            found.append(("cells", sheet.lesson, sheet.lesson, pupil, "late"))
        case homework.IndividualHomeworkSet(pupil=pupil):
            found.append(("personal_homework", sheet.lesson, pupil))
    return found


def all_keys(sheet: Sheet) -> Iterable[Key]:
    yield ("lessons", sheet.lesson)
    yield ("fillings", sheet.lesson)
    for work in sheet.works:
        yield ("works", sheet.lesson, work)
    for work, pupil in sheet.marks:
        yield ("cells", sheet.lesson, work, pupil, "mark")
    for pupil in sheet.absences:
        yield ("cells", sheet.lesson, sheet.lesson, pupil, "absence")
    for pupil in sheet.late:
        yield ("cells", sheet.lesson, sheet.lesson, pupil, "late")
    for column, pupil in sheet.literacy:
        yield ("works", sheet.lesson, column)
        yield ("cells", sheet.lesson, column, pupil, "mark")
    for material in sheet.materials:
        yield ("materials", sheet.lesson, material)
    for pupil in sheet.individual:
        yield ("personal_homework", sheet.lesson, pupil)


def row(sheet: Sheet, key: Key) -> tuple[Any, ...] | None:
    """None as well while nothing says of which journal the lesson is: its first entry may be void."""
    if sheet.held is None:
        return None
    match key:
        case ("lessons", _):
            return _lesson(sheet)
        case ("fillings", _):
            return _filling(sheet)
        case ("works", _, work):
            return _work(sheet, work) or _literacy_column(sheet, work)
        case ("cells", _, work, pupil, "mark"):
            entry = sheet.marks.get((work, pupil)) or sheet.literacy.get((work, pupil))
            return _cell(sheet, entry, sheet.rewritten.get((work, pupil), 0))
        case ("materials", _, material):
            return _material(sheet, sheet.materials.get(material))
        case ("cells", _, _, pupil, "absence"):
            return _cell(sheet, sheet.absences.get(pupil), 0)
        case ("cells", _, _, pupil, "late"):
            return _cell(sheet, sheet.late.get(pupil), 0)
        case ("personal_homework", _, pupil):
            return _personal(sheet, sheet.individual.get(pupil))
    raise KeyError(key)


def _held(sheet: Sheet) -> lessons.LessonHeld:
    assert sheet.held is not None
    return sheet.held.event  # type: ignore[return-value]


def _lesson(sheet: Sheet) -> tuple[Any, ...] | None:
    if sheet.touched is None:
        return None
    held = _held(sheet)
    topic = None if sheet.topic is None else sheet.topic.event.text  # type: ignore[attr-defined]
    return (
        held.journal,
        held.date,
        held.number,
        datetime.combine(held.date, held.starts),
        datetime.combine(held.date, held.ends),
        topic,
        *_homework(sheet),
        sheet.taken is not None,
        None if sheet.topic is None else sheet.topic.position,
        None if sheet.homework is None else sheet.homework.position,
        *_content(sheet),
        sheet.completed is not None,
        held.mode,
        *(correction_of(sheet.topic), correction_of(sheet.homework)),
    )


def _filling(sheet: Sheet) -> tuple[Any, ...] | None:
    held, last = _held(sheet), sheet.touched
    return None if last is None else (held.journal, held.date, entered_at(last), last.stamp.person)


def correction_of(entry: Entry | None) -> UUID | None:
    """The case that brought what stands there."""
    return None if entry is None else getattr(entry.event, "correction", None)


def _content(sheet: Sheet) -> tuple[Any, ...]:
    """task, plan, plan_item, deviation, briefing, briefing_entry."""
    said: Any = None if sheet.topic is None else sheet.topic.event
    topic = ("", None, None, False) if said is None else (said.task, said.plan, said.item, said.deviation)
    if sheet.briefing is None:
        return (*topic, None, None)
    return (*topic, sheet.briefing.event.text, sheet.briefing.position)  # type: ignore[attr-defined]


def _homework(sheet: Sheet) -> tuple[Any, ...]:
    """homework, manner, not_set, due, due_lesson, homework_at, homework_delay."""
    entry = sheet.homework
    if entry is None:
        return (None, None, False, None, None, None, None)
    event = entry.event
    if isinstance(event, homework.HomeworkSet):
        said: tuple[Any, ...] = (event.text, list(event.manner), False, event.due, event.due_lesson)
    else:
        said = (None, None, True, None, None)
    return (*said, entered_at(entry), delay(entry))


def _work(sheet: Sheet, work: UUID) -> tuple[Any, ...] | None:
    known, held = sheet.works.get(work), _held(sheet)
    if known is None:
        return None
    return (
        *(held.journal, held.date, known.kind, known.title, known.due),
        *(known.assess, known.makes_up, None),
    )


def _literacy_column(sheet: Sheet, column: UUID) -> tuple[Any, ...] | None:
    """On the page of Russian, dated by the literature lesson; gone with its last mark. `source` is the work."""
    entry = next((e for (c, _), e in sheet.literacy.items() if c == column), None)
    if entry is None:
        return None
    given: marks.LiteracyMarkGiven = entry.event  # type: ignore[assignment]
    work = sheet.works.get(given.work)
    title, due = (work.title, work.due) if work else ("", _held(sheet).answer_due)
    return (given.journal, _held(sheet).date, LITERACY, title, due, "all", None, given.work)


def _material(sheet: Sheet, entry: Entry | None) -> tuple[Any, ...] | None:
    if entry is None:
        return None
    e: lessons.MaterialAttached = entry.event  # type: ignore[assignment]
    return (_held(sheet).journal, e.to, e.title, e.url, e.sha256, e.media, e.size, entry.position)


def _cell(sheet: Sheet, entry: Entry | None, rewritten: int) -> tuple[Any, ...] | None:
    if entry is None:
        return None
    held, event = _held(sheet), entry.event
    journal, manner, value = held.journal, "", ABSENT
    if isinstance(event, attendance.AbsenceWithdrawn):
        value = CAME_LATE
    elif isinstance(event, marks.MarkGiven):
        manner, value = event.manner, "/".join(map(str, event.value))
    elif isinstance(event, marks.LiteracyMarkGiven):
        journal, value = event.journal, "/".join(map(str, event.value))
    return (
        value,
        journal,
        held.date,
        entry.position,
        entered_at(entry),
        entry.stamp.person,
        delay(entry),
        entry.causation is not None and correction_of(entry) is None,  # what a case brings names its request
        rewritten,
        entry.stamp.origin is Origin.IMPORT,
        manner,
        correction_of(entry),
    )


def _personal(sheet: Sheet, entry: Entry | None) -> tuple[Any, ...] | None:
    if entry is None:
        return None
    e: homework.IndividualHomeworkSet = entry.event  # type: ignore[assignment]
    return (
        _held(sheet).date,
        e.text.nonce,
        e.text.sealed,
        e.due,
        e.due_lesson,
        entered_at(entry),
        delay(entry),
        entry.position,
    )


def entered_at(entry: Entry) -> datetime:
    """When it was entered: as its source claims for an imported entry, else when its request was received."""
    return entry.stamp.declared_at or entry.stamp.received_at


def delay(entry: Entry) -> int | None:
    """Seconds after the deadline, None when in time."""
    if not entry.findings:  # nearly always, and a rebuild asks for every row
        return None
    return max((f.delay for f in entry.findings if f.delay is not None), default=None)
