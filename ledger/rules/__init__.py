"""The table of rules: which rules judge which event, the most basic first.

A refusal names the first rule that stops, so the order is part of the behaviour: what is no lesson, no own
page or no pupil of it comes before what is no mark, that before what is late, and advice comes last.
"""

from __future__ import annotations

from ledger.events.attendance import (
    AbsenceDisputeDecided,
    AbsenceNoted,
    AbsencesExplained,
    AbsenceWithdrawn,
    AttendanceTaken,
    ExplanationWithdrawn,
)
from ledger.events.calendar import DistanceEnded
from ledger.events.compromise import CompromiseReported
from ledger.events.days import SubstitutionCancelled, SubstitutionRecorded
from ledger.events.error_reports import ErrorReportClosed, ErrorReportForwarded
from ledger.events.homework import HomeworkNotSet, HomeworkSet, IndividualHomeworkSet
from ledger.events.journals import (
    LongSubstitutionEnded,
    LongSubstitutionRecorded,
    PlanBound,
    PlanOpened,
    WorkloadAssigned,
    WorkloadEnded,
)
from ledger.events.late_entries import (
    BlockedWindowPermitted,
    LateEntryDeclined,
    LateEntryPermitted,
    LateEntryRequested,
    LateEntryWithdrawn,
)
from ledger.events.lessons import (
    BriefingRecorded,
    LessonCompleted,
    LessonHeld,
    MaterialAttached,
    MaterialWithdrawn,
    TopicRecorded,
)
from ledger.events.marks import (
    LiteracyMarkGiven,
    LiteracyMarkWithdrawn,
    MarkGiven,
    MarkWithdrawn,
    WorkAdded,
    WorkKindChanged,
    WorkWithdrawn,
)
from ledger.events.period_marks import (
    ExceptionDeclined,
    ExceptionGranted,
    ExceptionRequested,
    PeriodClosed,
    PeriodMarkGiven,
    PeriodMarkRechecked,
    PeriodMarkWithdrawn,
)
from ledger.events.plans import PlanItemsSet
from ledger.events.timetable import SlotEnded, SlotJoined, SlotScheduled
from ledger.rules.absences import (
    category_author_is_right,
    category_is_in_time,
    category_is_known,
    dispute_is_decided_by_another,
    dispute_is_decided_on_the_own_page,
)
from ledger.rules.attendance import absence_is_in_time, attendance_author_is_right, pupil_has_no_mark
from ledger.rules.attestation import (
    deviation_has_a_reason,
    deviation_is_small,
    enough_was_attended,
    exemption_covers_the_period,
    marks_are_enough,
    marks_are_full,
)
from ledger.rules.breaches import breach_is_reported_in_time
from ledger.rules.brought import BROUGHT, brought_by_a_case
from ledger.rules.completion import briefing_is_recorded, control_is_complete, nothing_is_missing
from ledger.rules.corrections import CASES
from ledger.rules.distance import class_is_not_at_a_distance, distance_days_are_ahead
from ledger.rules.error_reports import report_is_acted_on_in_time
from ledger.rules.exceptions import (
    exception_is_decided_by_another,
    exception_is_decided_by_the_competent,
    parents_agree,
)
from ledger.rules.extracurricular import lesson_has_attendance, lesson_has_homework, lesson_is_marked
from ledger.rules.health import exempt_pupil_is_not_absent
from ledger.rules.homework import (
    grade_has_homework,
    homework_is_for_a_later_lesson,
    homework_is_in_time,
    manner_is_known,
)
from ledger.rules.late_entries import (
    another_person_decides,
    another_person_opens,
    late_entry_is_possible,
    permission_is_short,
    target_is_there,
    withdrawn_by_asker_or_decider,
)
from ledger.rules.lessons import (
    lesson_has_begun,
    lesson_is_planned,
    page_is_own,
    pupil_was_enrolled,
    written_by_a_teacher,
)
from ledger.rules.literacy import literacy_stands_on_the_russian_page
from ledger.rules.marks import (
    adaptation_is_respected,
    fraction_is_allowed,
    mark_is_in_the_scale,
    mark_is_in_time,
    pupil_is_not_absent,
    pupil_is_spared,
    subject_is_marked,
)
from ledger.rules.materials import (
    material_is_for_a_grade_with_homework,
    material_of_homework_is_in_time,
    material_of_lesson_is_in_time,
    material_title_is_plain,
)
from ledger.rules.outages import held_open
from ledger.rules.period_close import closed_sheet_is_complete
from ledger.rules.period_marks import (
    period_page_is_own,
    period_pupil_is_on_the_list,
    period_subject_is_marked,
    period_value_is_in_the_scale,
)
from ledger.rules.period_windows import (
    mark_has_its_time,
    mark_of_the_year_has_its_time,
    mark_precedes_the_last_days,
    outage_held_the_period_open,
    sheet_is_open,
    year_mark_is_the_last,
)
from ledger.rules.plans import plan_author_is_right
from ledger.rules.self_correction import record_is_replaced_in_time
from ledger.rules.state import Rule
from ledger.rules.substitutions import (
    cancelled_in_time,
    long_substitute_is_free,
    long_substitution_is_ahead,
    recorder_is_right,
    substitute_is_another,
    substitute_is_free,
    substitution_is_in_time,
)
from ledger.rules.taint import taint_is_reviewed_by_another
from ledger.rules.texts import briefing_is_plain, homework_is_plain, title_is_plain, topic_is_plain
from ledger.rules.timetable import timetable_editor_is_right
from ledger.rules.topics import language_lesson_names_its_task, topic_is_in_time, topic_is_of_the_plan
from ledger.rules.unjudged import UNJUDGED
from ledger.rules.workload import workload_is_ahead, workload_is_for_another
from ledger.rules.works import kind_is_known, period_leaves_time, work_has_no_marks, work_is_there

__all__ = ["APPLIED", "RULES", "UNJUDGED"]

_OWN_PAGE = (lesson_is_planned, written_by_a_teacher, page_is_own)
_ATTENDANCE = (lesson_is_planned, attendance_author_is_right)

RULES: dict[type, tuple[Rule, ...]] = {
    # The first record of a lesson brings LessonHeld with it, whoever makes it: the record itself is judged.
    LessonHeld: (lesson_is_planned,),
    TopicRecorded: (
        *_OWN_PAGE,
        lesson_has_begun,
        topic_is_plain,
        language_lesson_names_its_task,
        topic_is_in_time,
        held_open(topic_is_in_time),
        record_is_replaced_in_time,
        topic_is_of_the_plan,
    ),
    BriefingRecorded: (
        *_OWN_PAGE,
        lesson_has_begun,
        briefing_is_plain,
        topic_is_in_time,
        held_open(topic_is_in_time),
    ),
    LessonCompleted: (
        *_OWN_PAGE,
        lesson_has_begun,
        briefing_is_recorded,
        nothing_is_missing,
        control_is_complete,
    ),
    MaterialAttached: (
        *_OWN_PAGE,
        material_title_is_plain,
        material_is_for_a_grade_with_homework,
        material_of_homework_is_in_time,
        held_open(material_of_homework_is_in_time),
        material_of_lesson_is_in_time,
        held_open(material_of_lesson_is_in_time),
    ),
    MaterialWithdrawn: _OWN_PAGE,  # at any time: what should not have been put there goes at once
    HomeworkSet: (
        *_OWN_PAGE,
        lesson_has_homework,
        lesson_has_begun,
        homework_is_plain,
        manner_is_known,
        homework_is_for_a_later_lesson,
        homework_is_in_time,
        held_open(homework_is_in_time),
        record_is_replaced_in_time,
        grade_has_homework,
    ),
    HomeworkNotSet: (
        *_OWN_PAGE,
        lesson_has_begun,
        homework_is_in_time,
        held_open(homework_is_in_time),
        record_is_replaced_in_time,
    ),
    IndividualHomeworkSet: (
        *_OWN_PAGE,
        pupil_was_enrolled,
        lesson_has_homework,
        lesson_has_begun,
        homework_is_for_a_later_lesson,
        homework_is_in_time,
        held_open(homework_is_in_time),
        grade_has_homework,
    ),
    WorkAdded: (
        *_OWN_PAGE,
        lesson_is_marked,
        subject_is_marked,
        kind_is_known,
        title_is_plain,
        period_leaves_time,
    ),
    WorkWithdrawn: (*_OWN_PAGE, work_is_there, work_has_no_marks),
    MarkGiven: (
        *_OWN_PAGE,
        pupil_was_enrolled,
        work_is_there,
        lesson_is_marked,
        subject_is_marked,
        lesson_has_begun,
        mark_is_in_the_scale,
        fraction_is_allowed,
        pupil_is_not_absent,
        adaptation_is_respected,
        mark_is_in_time,
        held_open(mark_is_in_time),
        record_is_replaced_in_time,
        pupil_is_spared,
    ),
    MarkWithdrawn: (
        *_OWN_PAGE,
        work_is_there,
        mark_is_in_time,
        held_open(mark_is_in_time),
        record_is_replaced_in_time,
    ),
    WorkKindChanged: (brought_by_a_case,),
    LiteracyMarkGiven: (
        *_OWN_PAGE,
        pupil_was_enrolled,
        work_is_there,
        lesson_is_marked,
        subject_is_marked,
        lesson_has_begun,
        literacy_stands_on_the_russian_page,
        mark_is_in_the_scale,
        pupil_is_not_absent,
        adaptation_is_respected,
        mark_is_in_time,
        held_open(mark_is_in_time),
        record_is_replaced_in_time,
        pupil_is_spared,
    ),
    LiteracyMarkWithdrawn: (
        *_OWN_PAGE,
        work_is_there,
        mark_is_in_time,
        held_open(mark_is_in_time),
        record_is_replaced_in_time,
    ),
    AttendanceTaken: (
        *_ATTENDANCE,
        lesson_has_attendance,
        lesson_has_begun,
        absence_is_in_time,
        held_open(absence_is_in_time),
    ),
    AbsenceNoted: (
        *_ATTENDANCE,
        pupil_was_enrolled,
        lesson_has_attendance,
        class_is_not_at_a_distance,
        lesson_has_begun,
        exempt_pupil_is_not_absent,
        pupil_has_no_mark,
        absence_is_in_time,
        held_open(absence_is_in_time),
        record_is_replaced_in_time,
    ),
    AbsenceWithdrawn: (
        *_ATTENDANCE,
        absence_is_in_time,
        held_open(absence_is_in_time),
        record_is_replaced_in_time,
    ),
    AbsencesExplained: (
        category_author_is_right,
        category_is_known,
        category_is_in_time,
        held_open(category_is_in_time),
    ),
    ExplanationWithdrawn: (category_author_is_right,),
    AbsenceDisputeDecided: (dispute_is_decided_on_the_own_page, dispute_is_decided_by_another),
    LateEntryRequested: (*_OWN_PAGE, late_entry_is_possible, target_is_there),
    LateEntryPermitted: (another_person_decides, permission_is_short),
    BlockedWindowPermitted: (another_person_opens, permission_is_short),
    LateEntryDeclined: (another_person_decides,),
    LateEntryWithdrawn: (withdrawn_by_asker_or_decider,),
    **CASES,
    SlotScheduled: (timetable_editor_is_right,),
    SlotEnded: (timetable_editor_is_right,),
    SlotJoined: (timetable_editor_is_right,),
    PlanOpened: (plan_author_is_right,),
    PlanItemsSet: (plan_author_is_right,),
    PlanBound: (plan_author_is_right,),
    SubstitutionRecorded: (
        recorder_is_right,
        substitute_is_another,
        substitute_is_free,
        substitution_is_in_time,
    ),
    SubstitutionCancelled: (recorder_is_right, cancelled_in_time),
    LongSubstitutionRecorded: (
        recorder_is_right,
        substitute_is_another,
        long_substitute_is_free,
        long_substitution_is_ahead,
    ),
    LongSubstitutionEnded: (recorder_is_right,),
    WorkloadAssigned: (workload_is_for_another, workload_is_ahead),
    WorkloadEnded: (workload_is_ahead,),
    DistanceEnded: (distance_days_are_ahead,),
    PeriodMarkGiven: (
        written_by_a_teacher,
        period_page_is_own,
        period_pupil_is_on_the_list,
        period_subject_is_marked,
        period_value_is_in_the_scale,
        sheet_is_open,
        mark_has_its_time,
        mark_precedes_the_last_days,
        outage_held_the_period_open,
        mark_of_the_year_has_its_time,
        year_mark_is_the_last,
        exemption_covers_the_period,
        enough_was_attended,
        marks_are_enough,
        marks_are_full,
        deviation_has_a_reason,
        deviation_is_small,
    ),
    PeriodMarkWithdrawn: (
        written_by_a_teacher,
        period_page_is_own,
        sheet_is_open,
        mark_has_its_time,
        mark_precedes_the_last_days,
        outage_held_the_period_open,
        mark_of_the_year_has_its_time,
    ),
    PeriodMarkRechecked: (taint_is_reviewed_by_another,),
    ExceptionRequested: (period_pupil_is_on_the_list,),
    ExceptionGranted: (
        exception_is_decided_by_the_competent,
        exception_is_decided_by_another,
        period_pupil_is_on_the_list,
        parents_agree,
    ),
    ExceptionDeclined: (exception_is_decided_by_the_competent, exception_is_decided_by_another),
    PeriodClosed: (closed_sheet_is_complete,),
    CompromiseReported: (breach_is_reported_in_time,),
    ErrorReportForwarded: (report_is_acted_on_in_time,),
    ErrorReportClosed: (report_is_acted_on_in_time,),
}

# What a case brings, by the same append as the word that settled it: the case opens exactly its cells.
APPLIED: dict[type, tuple[Rule, ...]] = {**BROUGHT}
