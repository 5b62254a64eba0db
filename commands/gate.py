"""The gate: every proposed entry is judged, in order, on the state the ones before it would leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from commands.deciding import Page, Refusal, Sight
from commands.period_facts import period_state
from ledger import correction, dispute, error_report, late_entry, lesson, period_sheet, streams, windows
from ledger.clause import point
from ledger.correction import Corrections
from ledger.dispute import Disputes
from ledger.entry import Category, Draft, Entry, Stamp
from ledger.error_report import ErrorTickets
from ledger.events.days import LessonMoved
from ledger.events.late_entries import LateEntryUsed
from ledger.events.voids import VOIDING
from ledger.incident import Incident, fold_incident
from ledger.judging import Judged, State, gate, judge
from ledger.late_entry import LateEntries, LateEntryCase, permission_for, use_of
from ledger.lesson import Sheet, known_lesson
from ledger.regulation import Mode
from ledger.rules import UNJUDGED
from ledger.rules.state import PeriodState
from ledger.timetable import Lesson
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """The drafts with their findings, uses of permissions added; `findings` as the answer tells them."""

    drafts: tuple[Draft, ...]
    findings: tuple[dict[str, Any], ...]


@dataclass(kw_only=True, slots=True)
class _Around:
    """The running state of one lesson, or of one period sheet, while its drafts pass; `cases` is what an entry of each
    of its streams of cases advances."""

    sheet: Sheet
    late: LateEntries
    disputes: Disputes
    lesson: Lesson | None
    previous: tuple[Sheet, ...]
    period: PeriodState | None
    corrections: Corrections
    tickets: ErrorTickets
    incident: Incident | None
    cases: dict[UUID, Callable[[Entry], None]]


def pass_gate(command: object, drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...]) -> Passed:
    """Raises Refusal at the first entry that may not be written."""
    about = _places_of_cases(sight, lessons)
    sheets = {streams.period_sheet(sight.school.id, *sheet): sheet for sheet in sight.sheets}
    incident = _incident(command, sight)
    around = {
        each: _around(each, sheets.get(each), incident, sight)
        for each in {_place(d, about) for d in drafts if not isinstance(d.event, VOIDING)}
    }
    passed: list[Draft] = []
    told: list[dict[str, Any]] = []
    asked: list[tuple[Draft, Judged]] = []
    for draft in drafts:
        if isinstance(draft.event, VOIDING):
            passed.append(draft)  # no rule speaks of a void; an Act has thousands
            continue
        state = around[_place(draft, about)]
        entry = propose(draft, sight.stamp)
        judged = _judged(entry, state, sight)
        permission = _permission(draft, judged, state.late, sight)
        stop = gate(judged, permitted=permission is not None, confirmed=True)
        if stop is not None:
            raise _refusal(draft, stop, _elsewhere(command, state, sight))
        asked += [(draft, each) for each in judged if each.mode is Mode.CONFIRM]
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


def _place(draft: Draft, about: dict[UUID, UUID]) -> UUID:
    """The lesson or the period sheet a draft is about; the day that learns of a move by a case (E-10) is the
    lesson's."""
    event = draft.event
    if isinstance(event, LessonMoved) and event.correction is not None:
        return event.lesson
    return about.get(draft.stream, draft.stream)


def _question(asked: list[tuple[Draft, Judged]]) -> Refusal:
    """Everything there is to confirm, once: nobody confirms what they were not told."""
    first = asked[0][1]
    sentences = dict.fromkeys(each.sentence for _, each in asked)
    about = tuple(said for draft, each in asked for said in _about(draft, each))
    return Refusal(
        first.finding.code,
        "\n".join(sentences),
        clause=first.clause,
        mode=Mode.CONFIRM.value,
        about=about,
    )


def _about(draft: Draft, judged: Judged) -> tuple[dict[str, str], ...]:
    """Of a sheet of thirty marks, whose it is that is spoken of."""
    pupil = getattr(draft.event, "pupil", None)
    if draft.category is not Category.PERIOD or pupil is None:
        return ()
    return (
        {
            "pupil": str(pupil),
            "code": judged.finding.code,
            "sentence": judged.sentence,
            "clause": point(judged.clause),
        },
    )


def _judged(entry: Entry, state: _Around, sight: Sight) -> tuple[Judged, ...]:
    if type(entry.event) in UNJUDGED and getattr(entry.event, "correction", None) is None:
        return ()
    if sight.adopted is None and entry.category is Category.SCHOOL:
        return ()  # a school is set up before it adopts the act that would judge it
    before = State(
        sheet=state.sheet,
        lesson=state.lesson,
        previous=state.previous,
        late=state.late,
        disputes=state.disputes,
        period=state.period,
        corrections=state.corrections,
        tickets=state.tickets,
        incident=state.incident,
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


def _places_of_cases(sight: Sight, lessons: tuple[UUID, ...]) -> dict[UUID, UUID]:
    """The lesson or the period sheet each stream of cases is about: one state for it and its place."""
    school = sight.school.id
    places = (*lessons, *(streams.period_sheet(school, *sheet) for sheet in sight.sheets))
    kinds = (streams.late_entries, streams.disputes, streams.corrections, streams.error_reports)
    return {stream(school, place): place for stream in kinds for place in places}


def _incident(command: object, sight: Sight) -> Incident | None:
    """The breach of access a command is about."""
    named: UUID | None = getattr(command, "incident", None)
    return None if named is None else fold_incident(named, sight.loaded.get(named, ()))


def _around(about: UUID, page: Page | None, incident: Incident | None, sight: Sight) -> _Around:
    """`page` of a period sheet of the command, None of what is none. Its own folds: what passes changes them."""
    sight = replace(sight)
    sheet = sight.sheet(about)
    known = known_lesson(sheet, sight.school)
    before = () if known is None else sight.school.timetable.before(known.journal, known.date)
    late, disputes = sight.late(about), sight.disputes(about)
    corrections, tickets = sight.corrections(about), sight.tickets(about)
    school = sight.school.id
    return _Around(
        sheet=sheet,
        late=late,
        disputes=disputes,
        lesson=known,
        previous=_previous(before, sight),
        period=None if page is None else period_state(*page, sight),
        corrections=corrections,
        tickets=tickets,
        incident=incident,
        cases={
            streams.late_entries(school, about): partial(late_entry.step, late),
            streams.disputes(school, about): partial(dispute.step, disputes),
            streams.corrections(school, about): partial(correction.step, corrections),
            streams.error_reports(school, about): partial(error_report.step, tickets),
        },
    )


def _previous(before: tuple[Lesson, ...], sight: Sight) -> tuple[Sheet, ...]:
    """As many of the lessons with records as the rules look back on; none were read for most commands."""
    read = [sight.sheet(each.id) for each in before if sight.loaded.get(each.id)]
    return tuple(read[: sight.regulation.soft_unsatisfactory.lookback]) if read else ()


def _advance(state: _Around, entry: Entry) -> None:
    if entry.category is Category.LESSON:
        lesson.step(state.sheet, entry)
    elif entry.category is Category.PERIOD and state.period is not None:
        period_sheet.step(state.period.sheet, entry)
    elif entry.stream in state.cases:
        state.cases[entry.stream](entry)


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


def _refusal(draft: Draft, stop: Judged, where: str) -> Refusal:
    return Refusal(
        stop.finding.code,
        where + stop.sentence,
        clause=stop.clause,
        mode=stop.mode.value,
        about=_about(draft, stop),
        case=stop.finding.details.get("case", ""),
    )


def _told(judged: Judged) -> dict[str, Any]:
    finding = judged.finding
    return {
        "code": finding.code,
        "delay": finding.delay,
        "sentence": judged.sentence,
        "clause": point(judged.clause),
    }
