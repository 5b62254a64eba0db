"""Windows that ended while an access was blocked after a notice, opened again in one decision (issue 5; R-175, W-40).

Nobody asks for them: whose access was blocked could not. Each is a permission of its own in the lesson's stream of late
entries, until the end of the next working day, and is used up like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from commands.compromise import incident_of
from commands.deciding import Refusal, Sight
from ledger import streams, windows
from ledger.effective import effective
from ledger.entry import Category, Draft
from ledger.events.accounts import AccountUnblocked
from ledger.events.late_entries import BlockedWindowPermitted
from ledger.late_entry import LateEntries
from ledger.span import Span
from ledger.timetable import Lesson
from ledger.void_selection import closing
from ledger.windows import spoken

# Further back no window of a lesson or of a work reaches: P-45 counts in days, the longest of them in two weeks.
REACH = timedelta(days=31)
Ended = tuple[str, UUID | None]  # target and, of a column, its work


@dataclass(frozen=True, kw_only=True, slots=True)
class PermitBlockedWindows:
    """`account` is that of the incident."""

    incident: UUID
    account: UUID
    confirmed: bool = False


def lessons_read(command: PermitBlockedWindows, sight: Sight) -> tuple[UUID, ...]:
    """The owner's lessons whose windows may have ended meanwhile, and their late entries."""
    ids = tuple(lesson.id for lesson in _lessons(command, sight))
    return (*ids, *(streams.late_entries(sight.school.id, each) for each in ids))


def permit_blocked_windows(command: PermitBlockedWindows, sight: Sight) -> tuple[Draft, ...]:
    """Nothing for a window that stands open already."""
    owner, (first, last) = incident_of(command, sight).report.owner, _blocked(command, sight)
    until = windows.permission_until(sight.now, sight.school, sight.regulation)
    why = f"Доступ был закрыт с {spoken(first)} по {spoken(last)}."
    found: list[Draft] = []
    for lesson in _lessons(command, sight):
        late = sight.late(lesson.id)
        for target, work in _ended(lesson, first, last, sight):
            if _is_open(late, command.incident, target, work):
                continue
            event = BlockedWindowPermitted(
                case=uuid5(sight.stamp.command_id, f"{lesson.id} {target} {work}"),
                lesson=lesson.id,
                journal=lesson.journal,
                target=target,
                work=work,
                person=owner,
                until=until,
                incident=command.incident,
                reason=sight.sealed(why, about=owner, part=len(found)),
            )
            found.append(_next(lesson.id, event, late, found, sight))
    return tuple(found)


def _blocked(command: PermitBlockedWindows, sight: Sight) -> tuple[datetime, datetime]:
    """From when until when, local. Raises Refusal where it was not, or still is."""
    incident = incident_of(command, sight)
    if command.account != incident.report.account:
        raise Refusal("incident-account", "Сообщение — о другой учётной записи.", status=409)
    own = effective(sight.loaded.get(command.account, ()))
    closed = closing(incident, own, sight.school.zone)
    if closed is None:
        raise Refusal("account-blocked", "Доступ по этому сообщению не закрывали.", status=409)
    opened = (e for e in own if isinstance(e.event, AccountUnblocked) and e.position > closed.position)
    open_again = next(opened, None)
    if open_again is None:
        raise Refusal(
            "account-blocked", "Доступ ещё закрыт: сначала его открывает администратор.", status=409
        )
    local = sight.school.local
    return local(closed.stamp.judged_at), local(open_again.stamp.judged_at)


def _lessons(command: PermitBlockedWindows, sight: Sight) -> tuple[Lesson, ...]:
    owner, (first, last) = incident_of(command, sight).report.owner, _blocked(command, sight)
    span = Span(first=(first - REACH).date(), last=last.date())
    days = sorted(day for day in sight.school.timetable.by_day if day in span)
    planned = (lesson for day in days for lesson in sight.school.timetable.by_day[day])
    return tuple(lesson for lesson in planned if sight.school.writes(owner, lesson))


def _ended(lesson: Lesson, first: datetime, last: datetime, sight: Sight) -> Iterator[Ended]:
    """What is not recorded and whose hard end lies in the time the access was blocked; a column may always lack one."""
    school, act, sheet = sight.school, sight.regulation, sight.sheet(lesson.id)
    ends: list[tuple[Ended, datetime]] = [
        (("column", lesson.id), windows.answer_window(lesson, school, act).hard)
    ]
    if sheet.topic is None:
        ends.append((("topic", None), windows.topic_window(lesson, school, act).hard))
    if sheet.taken is None:
        ends.append((("attendance", None), windows.absence_window(lesson, school, act).hard))
    if sheet.homework is None:
        ends.append((("homework", None), windows.homework_window(lesson, school, act).hard))
    for work in sheet.works.values():
        if work.id != lesson.id:
            ends.append((("column", work.id), windows.extended(work.due, lesson.starts, school, act)))
    yield from (what for what, end in ends if first <= end < last)


def _is_open(late: LateEntries, incident: UUID, target: str, work: UUID | None) -> bool:
    """It was opened for this incident before, and not taken back since."""
    return any(
        isinstance(said := case.requested.event, BlockedWindowPermitted)
        and (said.incident, said.target, said.work) == (incident, target, work)
        and case.withdrawn is None
        for case in late.cases.values()
    )


def _next(
    lesson: UUID, event: BlockedWindowPermitted, late: LateEntries, found: list[Draft], sight: Sight
) -> Draft:
    stream = streams.late_entries(sight.school.id, lesson)
    version = late.version + sum(draft.stream == stream for draft in found) + 1
    return Draft(category=Category.CASE, stream=stream, version=version, event=event)
