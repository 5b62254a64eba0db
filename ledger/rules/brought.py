"""What a correction case brings (R-165): it opens exactly its cell, and some things never yield to it, the scale among
them and the adaptation period. The same is said already of what is asked for, before anybody decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from ledger.correction import CorrectionCase
from ledger.correction_cell import covers, holds, wanted
from ledger.entry import Entry, Finding
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn
from ledger.events.corrections import CorrectionRequested
from ledger.events.days import LessonMoved
from ledger.events.homework import HomeworkNotSet, HomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import (
    LiteracyMarkGiven,
    LiteracyMarkWithdrawn,
    MarkGiven,
    MarkWithdrawn,
    WorkKindChanged,
)
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkWithdrawn
from ledger.regulation import Regulation
from ledger.rules.attendance import pupil_has_no_mark
from ledger.rules.attestation import enough_was_attended, exemption_covers_the_period, marks_are_enough
from ledger.rules.extracurricular import lesson_has_attendance, lesson_has_homework, lesson_is_marked
from ledger.rules.health import exempt_pupil_is_not_absent
from ledger.rules.lessons import pupil_was_enrolled
from ledger.rules.literacy import literacy_stands_on_the_russian_page
from ledger.rules.marks import (
    adaptation_is_respected,
    fraction_is_allowed,
    mark_is_in_the_scale,
    pupil_is_not_absent,
    subject_is_marked,
)
from ledger.rules.period_marks import (
    period_pupil_is_on_the_list,
    period_subject_is_marked,
    period_value_is_in_the_scale,
)
from ledger.rules.state import Rule, State
from ledger.rules.texts import homework_is_plain, topic_is_plain
from ledger.rules.works import kind_is_known, work_is_there
from ledger.school import School


def wanted_is_possible(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """What never yields to a case is said when it is asked for, before anybody decides. An «н» beside the mark may
    go by another case."""
    event = wanted(cast(CorrectionRequested, entry.event))
    proposed = replace(entry, event=event)
    found = (rule(proposed, state, school, regulation) for rule in _ALWAYS.get(type(event), ()))
    return next((finding for finding in found if finding is not None), None)


def case_opens_the_cell(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """R-165: an approved case, in the same action, exactly its cell, its value, and what it was asked over."""
    event, case = entry.event, _approved_here(entry, state)
    if case is None:
        return Finding(code="correction-case")
    # The part on the page of Russian follows the mark it was asked with.
    second = isinstance(event, LiteracyMarkGiven | LiteracyMarkWithdrawn)
    marks = None if state.period is None else state.period.sheet
    opened = covers(case.asked, event) and (second or holds(case.asked, state.sheet, marks))
    return None if opened else Finding(code="correction-case")


def _approved_here(entry: Entry, state: State) -> CorrectionCase | None:
    """The case that names the entry, settled by the same command."""
    case = state.corrections.cases.get(entry.event.correction)  # type: ignore[attr-defined]
    if case is None or case.settled is None or case.status != "approved":
        return None
    return case if case.settled.stamp.command_id == entry.stamp.command_id else None


def case_moves_the_lesson(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """E-10: this lesson, to the day and the number that were asked for, in the action that approved it."""
    event = cast(LessonMoved, entry.event)
    case = _approved_here(entry, state)
    there = (event.lesson, event.date, event.number)
    asked = None if case is None else (case.asked.lesson, case.asked.to_date, case.asked.to_number)
    return None if asked == there else Finding(code="correction-case")


def new_mark_is_where_the_pupil_learns(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """E-06: whoever has left gets no mark; the one that stands is corrected and taken away."""
    event = cast(PeriodMarkGiven, entry.event)
    if state.period is not None and (event.kind, event.pupil) in state.period.sheet.marks:
        return None
    return period_pupil_is_on_the_list(entry, state, school, regulation)


def brought_by_a_case(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """Of what only a case changes (R-164), and of what no case brings."""
    return Finding(code="correction-case")


def marks_fit_the_kind(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-25: a column with fractions stays of a kind that is marked by them."""
    event = cast(WorkKindChanged, entry.event)
    kind = regulation.work_kinds.get(event.kind)
    cells = state.sheet.marks.items()
    fractions = any(work == event.work and len(_mark(mark).value) > 1 for (work, _), mark in cells)
    if kind is None or kind.fraction or not fractions:
        return None
    return Finding(code="P-25", details={"kind": kind.title})


def _mark(entry: Entry) -> MarkGiven:
    return cast(MarkGiven, entry.event)


# What never yields to a case, said already of what is asked for.
_ALWAYS: dict[type, tuple[Rule, ...]] = {
    MarkGiven: (
        pupil_was_enrolled,
        work_is_there,
        lesson_is_marked,
        subject_is_marked,
        mark_is_in_the_scale,
        fraction_is_allowed,
        adaptation_is_respected,
    ),
    MarkWithdrawn: (work_is_there,),
    AbsenceNoted: (pupil_was_enrolled, lesson_has_attendance, exempt_pupil_is_not_absent),
    TopicRecorded: (topic_is_plain,),
    HomeworkSet: (lesson_has_homework, homework_is_plain),
    WorkKindChanged: (work_is_there, kind_is_known, marks_fit_the_kind),
    PeriodMarkGiven: (
        period_subject_is_marked,
        period_value_is_in_the_scale,
        new_mark_is_where_the_pupil_learns,
    ),
}

# By the kind of entry a case brings: ledger.rules.APPLIED.
BROUGHT: dict[type, tuple[Rule, ...]] = {
    MarkGiven: (case_opens_the_cell, *_ALWAYS[MarkGiven], pupil_is_not_absent),
    MarkWithdrawn: (case_opens_the_cell,),
    LiteracyMarkGiven: (
        case_opens_the_cell,
        literacy_stands_on_the_russian_page,
        mark_is_in_the_scale,
        pupil_is_not_absent,
        adaptation_is_respected,
    ),
    LiteracyMarkWithdrawn: (case_opens_the_cell,),
    AbsenceNoted: (case_opens_the_cell, *_ALWAYS[AbsenceNoted], pupil_has_no_mark),
    AbsenceWithdrawn: (case_opens_the_cell,),
    TopicRecorded: (case_opens_the_cell, *_ALWAYS[TopicRecorded]),
    HomeworkSet: (case_opens_the_cell, *_ALWAYS[HomeworkSet]),
    HomeworkNotSet: (case_opens_the_cell,),
    WorkKindChanged: (case_opens_the_cell, *_ALWAYS[WorkKindChanged]),
    PeriodMarkGiven: (
        case_opens_the_cell,
        *_ALWAYS[PeriodMarkGiven],
        exemption_covers_the_period,
        enough_was_attended,
        marks_are_enough,
    ),
    PeriodMarkWithdrawn: (case_opens_the_cell,),
    LessonMoved: (case_moves_the_lesson,),
}
