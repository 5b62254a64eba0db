"""Which windows ended while an access was closed after a notice (issue 5; R-175, W-40): whoever permits them is told
of, and permits, what the same functions say. Pure: entries in, places out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ledger import windows
from ledger.account import Account
from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.accounts import AccountBlocked
from ledger.events.late_entries import BlockedWindowPermitted
from ledger.incident import Incident
from ledger.late_entry import LateEntries
from ledger.lesson import Sheet
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span
from ledger.timetable import Lesson
from ledger.void_selection import closing, reopening

# Further back no window of a lesson or of a work reaches: P-45 counts in days, the longest of them in two weeks.
REACH = timedelta(days=31)


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """The access of `owner` was closed for the incident, `first` to `last`, local."""

    incident: UUID
    owner: UUID
    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """A place nothing is recorded in: `target` and `work` as in LateEntryRequested; never one pupil's."""

    lesson: UUID
    journal: UUID
    target: str
    work: UUID | None = None
    pupil: None = None


def commands_of(incident: Incident) -> frozenset[UUID]:
    """Those that close accesses for it: the owner's own report and the receipts."""
    told = (*incident.received.values(), incident.reported)
    return frozenset(entry.stamp.command_id for entry in told if entry is not None)


def closed_by(incident: Incident, entries: Iterable[Entry]) -> bool:
    """Whether the incident closed the account whose stream this is: its own, or one that inherited the breach."""
    own = commands_of(incident)
    return any(isinstance(e.event, AccountBlocked) and e.stamp.command_id in own for e in entries)


def closed(incident: Incident, account: Account, entries: Iterable[Entry], school: School) -> Closed | None:
    """Of the account and its stream; None where the incident did not close it, or it still is."""
    own = effective(tuple(entries))
    shut = closing(incident, own, school.zone)
    opened = None if shut is None else reopening(shut, own)
    if shut is None or opened is None or account.person is None:
        return None
    first, last = (school.local(entry.stamp.judged_at) for entry in (shut, opened))
    return Closed(incident=incident.id, owner=account.person, first=first, last=last)


def lessons(closed: Closed, school: School) -> tuple[Lesson, ...]:
    """The owner's lessons whose windows may have ended meanwhile."""
    span = Span(first=(closed.first - REACH).date(), last=closed.last.date())
    days = sorted(day for day in school.timetable.by_day if day in span)
    planned = (lesson for day in days for lesson in school.timetable.by_day[day])
    return tuple(lesson for lesson in planned if school.writes(closed.owner, lesson))


def waiting(
    closed: Closed,
    school: School,
    act: Regulation,
    sheet: Callable[[UUID], Sheet],
    late: Callable[[UUID], LateEntries],
) -> Iterator[Ended]:
    """What one decision opens: all whose hard end lies in the time the access was closed, and nothing that stands open
    already."""
    for lesson in lessons(closed, school):
        for target, work, end in _ends(lesson, sheet(lesson.id), school, act):
            if closed.first <= end < closed.last and not _is_open(late(lesson.id), closed, target, work):
                yield Ended(lesson=lesson.id, journal=lesson.journal, target=target, work=work)


def _ends(
    lesson: Lesson, sheet: Sheet, school: School, act: Regulation
) -> Iterator[tuple[str, UUID | None, datetime]]:
    """Target, work and hard end of what is not recorded; a column may always lack a mark."""
    yield "column", lesson.id, windows.answer_window(lesson, school, act).hard
    if sheet.topic is None:
        yield "topic", None, windows.topic_window(lesson, school, act).hard
    if sheet.taken is None:
        yield "attendance", None, windows.absence_window(lesson, school, act).hard
    if sheet.homework is None:
        yield "homework", None, windows.homework_window(lesson, school, act).hard
    for work in sheet.works.values():
        if work.id != lesson.id:
            yield "column", work.id, windows.extended(work.due, lesson.starts, school, act)


def _is_open(late: LateEntries, closed: Closed, target: str, work: UUID | None) -> bool:
    """It was opened for this incident before, and not taken back since."""
    wanted = closed.incident, closed.owner, target, work
    return any(
        isinstance(said := case.requested.event, BlockedWindowPermitted)
        and (said.incident, said.person, said.target, said.work) == wanted
        and case.withdrawn is None
        for case in late.cases.values()
    )
