"""The table of rules: which rules judge which event, the most basic first.

A refusal names the first rule that stops, so the order is part of the behaviour: what is no lesson, no own
page or no pupil of it comes before what is no mark, that before what is late, and advice comes last.
"""

from __future__ import annotations

from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn, AttendanceTaken
from ledger.events.homework import HomeworkNotSet, HomeworkSet, IndividualHomeworkSet
from ledger.events.late_entries import (
    LateEntryDeclined,
    LateEntryPermitted,
    LateEntryRequested,
    LateEntryWithdrawn,
)
from ledger.events.lessons import LessonHeld, TopicRecorded
from ledger.events.marks import MarkGiven, MarkWithdrawn, WorkAdded, WorkWithdrawn
from ledger.rules.attendance import absence_is_in_time, attendance_author_is_right, pupil_has_no_mark
from ledger.rules.homework import (
    grade_has_homework,
    homework_is_for_a_later_lesson,
    homework_is_in_time,
    manner_is_known,
)
from ledger.rules.late_entries import (
    another_person_decides,
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
from ledger.rules.marks import (
    adaptation_is_respected,
    fraction_is_allowed,
    mark_is_in_the_scale,
    mark_is_in_time,
    pupil_is_not_absent,
    pupil_is_spared,
    subject_is_marked,
)
from ledger.rules.state import Rule
from ledger.rules.texts import homework_is_plain, title_is_plain, topic_is_plain
from ledger.rules.topics import topic_is_in_time
from ledger.rules.unjudged import UNJUDGED
from ledger.rules.works import kind_is_known, period_leaves_time, work_has_no_marks, work_is_there

__all__ = ["RULES", "UNJUDGED"]

_OWN_PAGE = (lesson_is_planned, written_by_a_teacher, page_is_own)
_ATTENDANCE = (lesson_is_planned, attendance_author_is_right)

RULES: dict[type, tuple[Rule, ...]] = {
    # The first record of a lesson brings LessonHeld with it, whoever makes it: the record itself is judged.
    LessonHeld: (lesson_is_planned,),
    TopicRecorded: (*_OWN_PAGE, lesson_has_begun, topic_is_plain, topic_is_in_time),
    HomeworkSet: (
        *_OWN_PAGE,
        lesson_has_begun,
        homework_is_plain,
        manner_is_known,
        homework_is_for_a_later_lesson,
        homework_is_in_time,
        grade_has_homework,
    ),
    HomeworkNotSet: (*_OWN_PAGE, lesson_has_begun, homework_is_in_time),
    IndividualHomeworkSet: (
        *_OWN_PAGE,
        pupil_was_enrolled,
        lesson_has_begun,
        homework_is_for_a_later_lesson,
        homework_is_in_time,
        grade_has_homework,
    ),
    WorkAdded: (
        *_OWN_PAGE,
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
        subject_is_marked,
        lesson_has_begun,
        mark_is_in_the_scale,
        fraction_is_allowed,
        pupil_is_not_absent,
        adaptation_is_respected,
        mark_is_in_time,
        pupil_is_spared,
    ),
    MarkWithdrawn: (*_OWN_PAGE, work_is_there, mark_is_in_time),
    AttendanceTaken: (*_ATTENDANCE, lesson_has_begun, absence_is_in_time),
    AbsenceNoted: (
        *_ATTENDANCE,
        pupil_was_enrolled,
        lesson_has_begun,
        pupil_has_no_mark,
        absence_is_in_time,
    ),
    AbsenceWithdrawn: (*_ATTENDANCE, absence_is_in_time),
    LateEntryRequested: (*_OWN_PAGE, late_entry_is_possible, target_is_there),
    LateEntryPermitted: (another_person_decides, permission_is_short),
    LateEntryDeclined: (another_person_decides,),
    LateEntryWithdrawn: (withdrawn_by_asker_or_decider,),
}
