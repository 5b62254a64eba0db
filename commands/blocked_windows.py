"""Windows that ended while an access was blocked after a notice, opened again in one decision (issue 5; R-175, W-40).

Nobody asks for them: whose access was blocked could not. Each is a permission of its own in the lesson's stream of late
entries, until the end of the next working day, and is used up like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from commands.compromise import incident_of
from commands.deciding import Refusal, Sight
from commands.late_entries import REASON_LENGTH
from commands.texts import plain
from ledger import streams, windows
from ledger.account import fold_account
from ledger.blocked_windows import Closed, closed, closed_by, lessons, waiting
from ledger.effective import effective
from ledger.entry import Category, Draft
from ledger.events.late_entries import BlockedWindowPermitted
from ledger.late_entry import LateEntries
from ledger.void_selection import closing
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class PermitBlockedWindows:
    """`account` is that of the incident, or one that was closed with it: an honest owner's whose password the intruder
    had issued (E-15)."""

    incident: UUID
    account: UUID
    reason: str = ""
    confirmed: bool = False


def lessons_read(command: PermitBlockedWindows, sight: Sight) -> tuple[UUID, ...]:
    """The owner's lessons whose windows may have ended meanwhile, and their late entries."""
    ids = tuple(lesson.id for lesson in lessons(_closed(command, sight), sight.school))
    return (*ids, *(streams.late_entries(sight.school.id, each) for each in ids))


def permit_blocked_windows(command: PermitBlockedWindows, sight: Sight) -> tuple[Draft, ...]:
    """Nothing for a window that stands open already."""
    shut = _closed(command, sight)
    until = windows.permission_until(sight.now, sight.school, sight.regulation)
    why = f"Доступ был закрыт с {spoken(shut.first)} по {spoken(shut.last)}."
    if command.reason.strip():
        why = f"{why} {plain(command.reason, REASON_LENGTH)}"
    found: list[Draft] = []
    for place in waiting(shut, sight.school, sight.regulation, sight.sheet, sight.late):
        event = BlockedWindowPermitted(
            case=uuid5(sight.stamp.command_id, f"{place.lesson} {place.target} {place.work}"),
            lesson=place.lesson,
            journal=place.journal,
            target=place.target,
            work=place.work,
            person=shut.owner,
            until=until,
            incident=command.incident,
            reason=sight.sealed(why, about=shut.owner, part=len(found)),
        )
        found.append(_next(place.lesson, event, sight.late(place.lesson), found, sight))
    return tuple(found)


def _closed(command: PermitBlockedWindows, sight: Sight) -> Closed:
    """Raises Refusal where the incident did not close the access, or it still is."""
    incident, own = incident_of(command, sight), sight.loaded.get(command.account, ())
    if command.account != incident.report.account and not closed_by(incident, own):
        raise Refusal("incident-account", "Сообщение — о другой учётной записи.", status=409)
    account = fold_account(command.account, own)
    if account.person is None:
        raise Refusal("account-exists", "Такой учётной записи нет.", status=404)
    if (found := closed(incident, account, own, sight.school)) is not None:
        return found
    if closing(incident, effective(own), sight.school.zone) is None:
        raise Refusal("account-blocked", "Доступ по этому сообщению не закрывали.", status=409)
    raise Refusal("account-blocked", "Доступ ещё закрыт: сначала его открывает администратор.", status=409)


def _next(
    lesson: UUID, event: BlockedWindowPermitted, late: LateEntries, found: list[Draft], sight: Sight
) -> Draft:
    stream = streams.late_entries(sight.school.id, lesson)
    version = late.version + sum(draft.stream == stream for draft in found) + 1
    return Draft(category=Category.CASE, stream=stream, version=version, event=event)
