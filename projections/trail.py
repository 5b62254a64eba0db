"""The trail: all entries, dead or alive, of a cell, a pupil or an account (design 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.appending import Store
from ledger.codec import NAMES
from ledger.effective import dead_positions
from ledger.entry import Entry
from ledger.events import attendance, homework, lessons, marks
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from ledger.lesson import ANSWER
from ledger.personal import unseal
from ledger.streams import disputes, late_entries, literacy
from projections.as_of import AsOf
from projections.cells import ABSENT, CAME_LATE, delay
from projections.inbox import KeyOf
from projections.reading import Reading
from projections.topic_words import EARNED


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailLine:
    """One entry. `what` is its event's topic, `value` what it set ("4", "н", a text…), `fate` one of: stands,
    replaced, withdrawn, voided. `delay` seconds after the deadline; `permitted_by` who allowed it, with
    `permit_reason`. `absent`: whom the person stood in for. `imported`: by the data of an import.
    `declared_at` is what its source claims."""

    position: int
    what: str
    value: str
    fate: str
    person: UUID
    role: str
    origin: str
    received_at: datetime
    recorded_at: datetime
    declared_at: datetime | None
    due: datetime | None
    delay: int | None
    permitted_by: UUID | None
    permitted_at: datetime | None
    permit_reason: str
    act: UUID | None
    lesson: UUID | None
    journal: UUID | None
    class_title: str
    subject: str
    date: date | None
    pupil: UUID | None
    kind_title: str
    absent: UUID | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailPage:
    """`subject_of` is cell, pupil or account; lines are newest first."""

    subject_of: str
    lines: tuple[TrailLine, ...]
    as_of: AsOf


TAKES_AWAY = (
    marks.MarkWithdrawn,
    marks.LiteracyMarkWithdrawn,
    marks.WorkWithdrawn,
    attendance.AbsenceWithdrawn,
    lessons.MaterialWithdrawn,
)
SHOWN = 100  # entries of a pupil or an account on one page, the newest


def cell(reading: Reading, store: Store, lesson: UUID, work: UUID, pupil: UUID, key_of: KeyOf) -> TrailPage:
    """History of one cell: its marks, the pupil's «н» at that lesson, and the literacy mark of the same work."""
    wanted: set[tuple[object, ...]] = {
        ("mark", work, pupil),
        ("mark", literacy(work), pupil),
        ("absence", pupil),
    }
    for row in _disputes(reading, lesson, pupil):
        wanted |= {("dispute", row.case_id), ("decision", row.case_id)}
    about = (lesson, disputes(reading.school.id, lesson))
    lines = _lines(reading, store, about, lambda entry: thing_of(entry.event) in wanted, key_of)
    return TrailPage(subject_of="cell", lines=lines, as_of=reading.as_of)


def _disputes(reading: Reading, lesson: UUID, pupil: UUID) -> Sequence[Any]:
    """Every dispute about the pupil's «н» there ever was at that lesson (R-144)."""
    return reading.query(
        "SELECT DISTINCT case_id FROM pages.disputes WHERE school_id = %(school)s AND lesson = %(lesson)s"
        " AND pupil = %(pupil)s AND since <= %(position)s",
        lesson=lesson,
        pupil=pupil,
    )


def of_pupil(reading: Reading, store: Store, pupil: UUID, key_of: KeyOf) -> TrailPage:
    rows = reading.query(
        "SELECT lesson, entry FROM pages.mentions WHERE school_id = %(school)s AND pupil = %(pupil)s"
        " AND entry <= %(position)s ORDER BY entry DESC LIMIT %(shown)s",
        pupil=pupil,
        shown=SHOWN,
    )
    wanted = {row.entry for row in rows}
    lessons = tuple(dict.fromkeys(row.lesson for row in rows))
    lines = _lines(reading, store, lessons, lambda entry: entry.position in wanted, key_of)
    return TrailPage(subject_of="pupil", lines=lines, as_of=reading.as_of)


def of_account(reading: Reading, store: Store, account: UUID, key_of: KeyOf) -> TrailPage:
    rows = reading.query(
        "SELECT stream_id, position FROM ledger.entries WHERE school_id = %(school)s AND account = %(account)s"
        " AND position <= %(position)s ORDER BY received_at DESC, position DESC LIMIT %(shown)s",
        account=account,
        shown=SHOWN,
    )
    wanted = {row.position for row in rows}
    streams = tuple(dict.fromkeys(row.stream_id for row in rows))
    lines = _lines(reading, store, streams, lambda entry: entry.position in wanted, key_of)
    return TrailPage(subject_of="account", lines=lines, as_of=reading.as_of)


def thing_of(event: object) -> tuple[object, ...]:
    """What an event sets: a later one of the same thing replaces it."""
    match event:
        case marks.MarkGiven(work=work, pupil=pupil) | marks.MarkWithdrawn(work=work, pupil=pupil):
            return ("mark", work, pupil)
        case (
            marks.LiteracyMarkGiven(work=work, pupil=pupil)
            | marks.LiteracyMarkWithdrawn(work=work, pupil=pupil)
        ):
            return ("mark", literacy(work), pupil)
        case attendance.AbsenceNoted(pupil=pupil) | attendance.AbsenceWithdrawn(pupil=pupil):
            return ("absence", pupil)
        case attendance.AbsenceDisputed(case=case):
            return ("dispute", case)
        case attendance.AbsenceDisputeDecided(case=case):
            return ("decision", case)
        case lessons.TopicRecorded():
            return ("topic",)
        case lessons.BriefingRecorded():
            return ("briefing",)
        case lessons.MaterialAttached(material=material) | lessons.MaterialWithdrawn(material=material):
            return ("material", material)
        case homework.HomeworkSet() | homework.HomeworkNotSet():
            return ("homework",)
        case homework.IndividualHomeworkSet(pupil=pupil):
            return ("homework", pupil)
        case marks.WorkAdded(work=work) | marks.WorkWithdrawn(work=work):
            return ("work", work)
    return (type(event).__name__, id(event))


def _lines(
    reading: Reading,
    store: Store,
    streams: Sequence[UUID],
    wanted: Callable[[Entry], bool],
    key_of: KeyOf,
) -> tuple[TrailLine, ...]:
    late = tuple(late_entries(reading.school.id, stream) for stream in streams)
    loaded = store.load(reading.school.id, streams=(*streams, *late)).streams
    decisions = {e.position: e for stream in late for e in loaded[stream]}
    lines = []
    for stream in streams:
        whole = [e for e in loaded[stream] if e.position <= reading.as_of.position]
        fates = _fates(whole)
        about = _Lesson.of(reading, stream, whole)
        lines += [
            _line(entry, *fates[entry.position], about, decisions, reading, key_of)
            for entry in whole
            if wanted(entry)
        ]
    return tuple(sorted(lines, key=lambda line: line.position, reverse=True))


def _fates(entries: Sequence[Entry]) -> dict[int, tuple[str, UUID | None]]:
    """stands, replaced, withdrawn, taken back or voided (with its act), for every entry of a stream."""
    dead = dead_positions(entries)
    fates: dict[int, tuple[str, UUID | None]] = {}
    latest: dict[tuple[object, ...], int] = {}
    for entry in entries:
        if entry.position in dead:
            continue
        thing = thing_of(entry.event)
        if thing in latest:
            gone = isinstance(entry.event, TAKES_AWAY)
            fates[latest[thing]] = ("withdrawn" if gone else "replaced", None)
        fates[entry.position] = ("stands", None)
        latest[thing] = entry.position
    for entry in entries:
        if isinstance(entry.event, EntriesTakenBack) and entry.position not in dead:
            fates |= dict.fromkeys(entry.event.positions, ("taken back", None))
        elif isinstance(entry.event, EntriesVoided) and entry.position not in dead:
            fates |= dict.fromkeys(entry.event.positions, ("voided", entry.event.act))
    return {entry.position: fates.get(entry.position, ("voided", None)) for entry in entries}


@dataclass(frozen=True, kw_only=True)
class _Lesson:
    """Where a stream's entries stand: nothing for a stream that is no lesson."""

    lesson: UUID | None = None
    journal: UUID | None = None
    class_title: str = ""
    subject: str = ""
    date: date | None = None
    works: Mapping[UUID, tuple[str, datetime]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, stream: UUID, entries: Sequence[Entry]) -> _Lesson:
        held = next((e.event for e in entries if isinstance(e.event, lessons.LessonHeld)), None)
        if held is None or held.journal not in reading.school.journals:
            return cls()
        works = {stream: (ANSWER, held.answer_due)}
        for entry in entries:
            if isinstance(entry.event, marks.WorkAdded):
                works[entry.event.work] = (entry.event.kind, entry.event.due)
        return cls(
            lesson=stream,
            journal=held.journal,
            class_title=reading.school.klass_of(held.journal).title,
            subject=reading.school.subject_of(held.journal).title,
            date=held.date,
            works=works,
        )


def _line(
    entry: Entry,
    fate: str,
    act: UUID | None,
    about: _Lesson,
    decisions: Mapping[int, Entry],
    reading: Reading,
    key_of: KeyOf,
) -> TrailLine:
    kind, due = about.works.get(getattr(entry.event, "work", None), ("", None))  # type: ignore[arg-type]
    permit = decisions.get(entry.causation or 0)
    kinds = reading.regulation().work_kinds
    reason = getattr(permit.event, "reason", None) if permit is not None else None
    return TrailLine(
        position=entry.position,
        what=NAMES.get(type(entry.event), getattr(entry.event, "topic", "")),
        value=_value(entry.event, key_of),
        fate=fate,
        person=entry.stamp.person,
        role=entry.stamp.role.value,
        origin=entry.stamp.origin.value,
        received_at=entry.stamp.received_at,
        recorded_at=entry.recorded_at,
        declared_at=entry.stamp.declared_at,
        due=due,
        delay=delay(entry),
        permitted_by=permit.stamp.person if permit is not None else None,
        permitted_at=permit.stamp.received_at if permit is not None else None,
        permit_reason=unseal(reason, key_of) if reason is not None else "",
        act=act,
        lesson=about.lesson,
        journal=about.journal,
        class_title=about.class_title,
        subject=about.subject,
        date=about.date,
        pupil=getattr(entry.event, "pupil", None),
        kind_title=kinds[kind].title if kind in kinds else kind,
        absent=entry.stamp.on_behalf_of,
        comment=_comment(entry.event, key_of),
    )


def _comment(event: object, key_of: KeyOf) -> str:
    """What is said beside the value: how it was earned (R-134), that the pupil came late (K-45),
    why an «н» is disputed, what was decided."""
    match event:
        case attendance.AbsenceWithdrawn(came_late=True):
            return CAME_LATE
        case marks.MarkGiven(manner=manner) if manner:
            return EARNED[manner]
        case attendance.AbsenceDisputed(reason=reason):
            return unseal(reason, key_of)
        case attendance.AbsenceDisputeDecided(upheld=upheld, reason=reason):
            said = "«н» снимается" if upheld else "«н» остаётся"
            return f"{said}: {unseal(reason, key_of)}" if reason is not None else said
    return ""


def _value(event: object, key_of: KeyOf) -> str:
    """What an event set, as a person would read it; "" for what has no value."""
    match event:
        case marks.MarkGiven(value=value) | marks.LiteracyMarkGiven(value=value):
            return "/".join(map(str, value))
        case attendance.AbsenceNoted():
            return ABSENT
        case homework.IndividualHomeworkSet(text=text):
            return unseal(text, key_of)
        case homework.HomeworkNotSet():
            return "не задано"
    return str(getattr(event, "text", "") or getattr(event, "title", ""))
