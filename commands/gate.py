"""The gate: every proposed entry is judged, in order, on the state the ones before it would leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger import dispute, late_entry, lesson, streams, windows
from ledger.dispute import Disputes
from ledger.entry import Category, Draft, Entry, Stamp
from ledger.events.attendance import AbsenceDisputed, AbsenceDisputeDecided
from ledger.events.late_entries import LateEntryUsed
from ledger.judging import Judged, LessonState, gate, judge
from ledger.late_entry import LateEntries, LateEntryCase, permission_for, use_of
from ledger.lesson import Sheet, known_lesson
from ledger.regulation import Mode
from ledger.rules import UNJUDGED
from ledger.timetable import Lesson
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """The drafts with their findings, uses of permissions added; `findings` as the answer tells them."""

    drafts: tuple[Draft, ...]
    findings: tuple[dict[str, Any], ...]


@dataclass(kw_only=True, slots=True)
class _Around:
    """The running state of one lesson while its drafts pass."""

    sheet: Sheet
    late: LateEntries
    disputes: Disputes
    lesson: Lesson | None
    previous: tuple[Sheet, ...]


def pass_gate(command: object, drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...]) -> Passed:
    """Raises Refusal at the first entry that may not be written."""
    about = _lessons_of_cases(sight, lessons)
    around = {each: _around(each, sight) for each in {about.get(d.stream, d.stream) for d in drafts}}
    passed: list[Draft] = []
    told: list[dict[str, Any]] = []
    asked: list[Judged] = []
    for draft in drafts:
        state = around[about.get(draft.stream, draft.stream)]
        entry = propose(draft, sight.stamp)
        judged = _judged(entry, state, sight)
        permission = _permission(draft, judged, state.late, sight)
        stop = gate(judged, permitted=permission is not None, confirmed=True)
        if stop is not None:
            raise _refusal(stop, _elsewhere(command, state, sight))
        asked += [each for each in judged if each.mode is Mode.CONFIRM]
        told += [_told(j) for j in judged]
        draft = replace(draft, findings=tuple(j.finding for j in judged))
        if permission is not None and permission.decided is not None:
            draft = replace(draft, causation=permission.decided.position)
            used = _used(permission, draft, state.late, sight)
            late_entry.step(state.late, propose(used, sight.stamp))
            passed += [draft, used]
        else:
            passed.append(draft)
        _advance(state, entry)
    if asked and not getattr(command, "confirmed", False):
        raise _question(asked)
    return Passed(drafts=tuple(passed), findings=tuple(told))


def _question(asked: list[Judged]) -> Refusal:
    """Everything there is to confirm, once: nobody confirms what they were not told."""
    sentences = dict.fromkeys(each.sentence for each in asked)
    return Refusal(
        asked[0].finding.code, "\n".join(sentences), clause=asked[0].clause, mode=Mode.CONFIRM.value
    )


def _judged(entry: Entry, state: _Around, sight: Sight) -> tuple[Judged, ...]:
    if type(entry.event) in UNJUDGED:
        return ()
    if sight.adopted is None and entry.category is Category.SCHOOL:
        return ()  # a school is set up before it adopts the act that would judge it
    before = LessonState(
        sheet=state.sheet,
        lesson=state.lesson,
        previous=state.previous,
        late=state.late,
        disputes=state.disputes,
    )
    return judge(entry, before, sight.school, sight.regulation)


def propose(draft: Draft, stamp: Stamp) -> Entry:
    """The entry a draft would become, at position 0: rules judge entries, not commands."""
    return Entry(
        position=0,
        category=draft.category,
        stream=draft.stream,
        version=draft.version or 0,
        event=draft.event,
        stamp=stamp,
        recorded_at=stamp.received_at,
        causation=draft.causation,
    )


def _lessons_of_cases(sight: Sight, lessons: tuple[UUID, ...]) -> dict[UUID, UUID]:
    """The lesson each stream of late entries or disputes is about: one state for it and its lesson."""
    school = sight.school.id
    late = {streams.late_entries(school, each): each for each in lessons}
    return late | {streams.disputes(school, each): each for each in lessons}


def _around(about: UUID, sight: Sight) -> _Around:
    sheet = sight.sheet(about)
    known = known_lesson(sheet, sight.school)
    before = () if known is None else sight.school.timetable.before(known.journal, known.date)
    return _Around(
        sheet=sheet,
        late=sight.late(about),
        disputes=sight.disputes(about),
        lesson=known,
        previous=_previous(before, sight),
    )


def _previous(before: tuple[Lesson, ...], sight: Sight) -> tuple[Sheet, ...]:
    """As many of the lessons with records as the rules look back on; none were read for most commands."""
    read = [sight.sheet(each.id) for each in before if sight.loaded.get(each.id)]
    return tuple(read[: sight.regulation.soft_unsatisfactory.lookback]) if read else ()


def _advance(state: _Around, entry: Entry) -> None:
    if entry.category is Category.LESSON:
        lesson.step(state.sheet, entry)
    elif isinstance(entry.event, AbsenceDisputed | AbsenceDisputeDecided):
        dispute.step(state.disputes, entry)
    elif entry.category is Category.CASE:
        late_entry.step(state.late, entry)


def _permission(
    draft: Draft, judged: tuple[Judged, ...], late: LateEntries, sight: Sight
) -> LateEntryCase | None:
    if not any(j.mode is Mode.PERMIT for j in judged):
        return None
    return permission_for(late, draft.event, sight.stamp.person, sight.now, lambda case: _ends(case, sight))


def _ends(case: LateEntryCase, sight: Sight) -> datetime | None:
    """A permission is a window, which outages hold open (W-39)."""
    until = case.open_until()
    if until is None or case.decided is None:
        return None
    given = sight.school.local(case.decided.stamp.judged_at)
    return windows.extended(until, given, sight.school, sight.regulation)


def _used(permission: LateEntryCase, draft: Draft, late: LateEntries, sight: Sight) -> Draft:
    return Draft(
        category=Category.CASE,
        stream=streams.late_entries(sight.school.id, draft.stream),
        version=late.version + 1,
        event=LateEntryUsed(case=permission.case, use=use_of(draft.event) or ""),
    )


def _elsewhere(command: object, state: _Around, sight: Sight) -> str:
    """«7А, 21.11.2026: » of a lesson of the parallel, which the person does not have before them."""
    lesson = state.lesson
    if lesson is None or lesson.id not in getattr(command, "also", ()):
        return ""
    return f"{sight.school.klass_of(lesson.journal).title}, {spoken(lesson.date)}: "


def _refusal(stop: Judged, where: str) -> Refusal:
    return Refusal(stop.finding.code, where + stop.sentence, clause=stop.clause, mode=stop.mode.value)


def _told(judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    return {
        "code": finding.code,
        "delay": finding.delay,
        "sentence": judged.sentence,
        "clause": judged.clause,
    }
