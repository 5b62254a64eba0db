"""Late entry: request, permit, decline, withdraw (W-40, P-47, P-57)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.texts import plain
from ledger import streams, windows
from ledger.entry import Category, Draft
from ledger.events.late_entries import (
    LateEntryDeclined,
    LateEntryPermitted,
    LateEntryRequested,
    LateEntryWithdrawn,
)
from ledger.late_entry import LateEntryCase

REASON_LENGTH = 500  # characters
TARGETS = ("mark", "column", "attendance", "topic", "homework", "lesson")


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryItem:
    """`target`: mark (needs work and pupil), column (needs work), attendance, topic, homework, lesson."""

    lesson: UUID
    target: str
    work: UUID | None = None
    pupil: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestLateEntry:
    items: tuple[LateEntryItem, ...]
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRef:
    """A case and the lesson it is about."""

    case: UUID
    lesson: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class PermitLateEntries:
    cases: tuple[CaseRef, ...]
    reason: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineLateEntries:
    cases: tuple[CaseRef, ...]
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawLateEntry:
    """The deputy takes a permission back; the requester may take back a request that waits."""

    case: UUID
    lesson: UUID
    reason: str = ""
    confirmed: bool = False


def request_late_entry(command: RequestLateEntry, sight: Sight) -> tuple[Draft, ...]:
    reason = _reason(command.reason)
    found: list[Draft] = []
    for n, item in enumerate(dict.fromkeys(command.items)):
        _check(item)
        lesson = sight.lesson(item.lesson)
        event = LateEntryRequested(
            case=uuid5(sight.stamp.command_id, str(n)),
            lesson=item.lesson,
            journal=lesson.journal,
            target=item.target,
            work=item.work,
            pupil=item.pupil,
            reason=sight.sealed(reason, about=sight.stamp.person, part=n),
        )
        found.append(_next(item.lesson, event, sight, found))
    if not found:
        raise Refusal("late-entry-items", "Укажите, что нужно внести: урок, столбец или клетку.")
    return tuple(found)


def permit_late_entries(command: PermitLateEntries, sight: Sight) -> tuple[Draft, ...]:
    until = windows.permission_until(sight.now, sight.school, sight.regulation)
    reason = command.reason.strip()
    found: list[Draft] = []
    for n, ref in enumerate(dict.fromkeys(command.cases)):
        asker = _waiting(ref, sight).person
        sealed = sight.sealed(_reason(reason), about=asker, part=n) if reason else None
        event = LateEntryPermitted(case=ref.case, until=until, reason=sealed)
        found.append(_next(ref.lesson, event, sight, found))
    return tuple(found)


def decline_late_entries(command: DeclineLateEntries, sight: Sight) -> tuple[Draft, ...]:
    reason = _reason(command.reason)
    found: list[Draft] = []
    for n, ref in enumerate(dict.fromkeys(command.cases)):
        asker = _waiting(ref, sight).person
        event = LateEntryDeclined(case=ref.case, reason=sight.sealed(reason, about=asker, part=n))
        found.append(_next(ref.lesson, event, sight, found))
    return tuple(found)


def withdraw_late_entry(command: WithdrawLateEntry, sight: Sight) -> tuple[Draft, ...]:
    case = _case(CaseRef(case=command.case, lesson=command.lesson), sight)
    if case.status in ("withdrawn", "declined"):
        return ()
    asker = case.person
    text = command.reason.strip()
    reason = sight.sealed(_reason(text), about=asker) if text else None
    return (_next(command.lesson, LateEntryWithdrawn(case=command.case, reason=reason), sight, []),)


def _reason(text: str) -> str:
    return plain(text, REASON_LENGTH)


def _check(item: LateEntryItem) -> None:
    needs = {"mark": (True, True), "column": (True, False)}.get(item.target, (False, False))
    if item.target not in TARGETS or needs != (item.work is not None, item.pupil is not None):
        raise Refusal("late-entry-items", "Запрос назван неполно: не хватает клетки, столбца или урока.")


def _case(ref: CaseRef, sight: Sight) -> LateEntryCase:
    case = sight.late(ref.lesson).cases.get(ref.case)
    if case is None:
        raise Refusal("late-entry-case", "Такого запроса нет.", status=404)
    return case


def _waiting(ref: CaseRef, sight: Sight) -> LateEntryCase:
    case = _case(ref, sight)
    if case.status != "asked":
        raise Refusal(
            "late-entry-decided", "По этому запросу уже есть решение — обновите страницу.", status=409
        )
    return case


def _next(lesson: UUID, event: object, sight: Sight, found: list[Draft]) -> Draft:
    stream = streams.late_entries(sight.school.id, lesson)
    taken = sum(d.stream == stream for d in found)
    return drafts(Category.CASE, stream, sight.late(lesson).version + taken, event)[0]
