"""What the class teacher says of absences, and who may say that a pupil was there after all (R-143, R-144)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.absences import (
    AbsenceStretch,
    DecideDispute,
    DisputeAbsence,
    ExplainAbsences,
    WithdrawExplanation,
)
from commands.attendance import TakeAttendance, WithdrawAbsence
from commands.deciding import Refusal
from commands.movement import DepartPupil, MovePupil
from commands.substitutions import CancelSubstitution, RecordSubstitutions, SubstitutionItem
from ledger import streams
from ledger.dispute import fold_disputes
from ledger.entry import Role
from ledger.events.attendance import AbsencesExplained, AbsenceWithdrawn, ExplanationWithdrawn
from ledger.events.roster import ClassTeacherAppointed
from ledger.personal import unseal
from tests.acceptance.test_guards import meanwhile
from tests.story import KEY, Story
from tests.world import SCHOOL_ID, given_lesson, named
from web.door import way_out

ARTYOM, MARIYA = named("Рультытегин Артём"), named("Каляна Мария")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
TALKS = given_lesson("7А Разговоры о важном", "2026-10-12")
MONDAY, WEDNESDAY = date(2026, 10, 12), date(2026, 10, 14)
THERE = DisputeAbsence(
    lesson=ALGEBRA.id, pupil=ARTYOM, reason="Был на олимпиаде по алгебре, список у завуча."
)


def away(story: Story, lesson=ALGEBRA, by="Соколова") -> None:
    during = lesson.starts.replace(minute=lesson.starts.minute + 5).isoformat(" ")
    story.do(by, during, TakeAttendance(lesson=lesson.id, absent=(ARTYOM,)))


def disputed(story: Story, dispute: DisputeAbsence = THERE, when: str = "2026-10-16 15:00"):
    answer = story.do("Громова", when, dispute)
    return answer.parts[-1]["case"]


def decide(story: Story, by: str, *, upheld: bool, reason: str = "", lesson=ALGEBRA) -> None:
    (case,) = fold_disputes(story.entries(streams.disputes(SCHOOL_ID, lesson.id)))
    story.do(by, "2026-10-20 09:00", DecideDispute(case=case, lesson=lesson.id, upheld=upheld, reason=reason))


def stretch(pupil=ARTYOM, first=MONDAY, last=WEDNESDAY, category="по болезни", document="справка № 45"):
    return AbsenceStretch(pupil=pupil, first=first, last=last, category=category, document=document)


def said_of(story: Story, pupil) -> list[object]:
    return [each.event for each in story.entries(streams.excuses(SCHOOL_ID, pupil))]


def test_several_pupils_and_stretches_are_one_command():
    story = Story()
    command = ExplainAbsences(stretches=(stretch(), stretch(MARIYA, document=""), stretch(last=MONDAY)))
    answer = story.do("Громова", "2026-10-16 15:00", command)
    assert answer.last - answer.first == 2
    first, second = said_of(story, ARTYOM)
    assert isinstance(first, AbsencesExplained)
    assert first.document is not None
    assert unseal(first.document, lambda person: KEY) == "справка № 45"
    assert (first.first, first.last, second.last) == (MONDAY, WEDNESDAY, MONDAY)
    (hers,) = said_of(story, MARIYA)
    assert hers.document is None
    assert story.entries(streams.excuses(SCHOOL_ID, MARIYA))[0].stamp.role == Role.CLASS_TEACHER


def test_a_reason_given_by_mistake_is_taken_back_once():
    story = Story()
    story.do("Громова", "2026-10-16 15:00", ExplainAbsences(stretches=(stretch(),)))
    (given,) = said_of(story, ARTYOM)
    back = WithdrawExplanation(pupil=ARTYOM, explanation=given.explanation)
    story.do("Громова", "2026-10-16 15:01", back)
    assert story.do("Громова", "2026-10-16 15:02", back).first is None
    assert said_of(story, ARTYOM)[1:] == [ExplanationWithdrawn(explanation=given.explanation)]
    with pytest.raises(Refusal) as refused:
        story.do(
            "Громова", "2026-10-16 15:03", WithdrawExplanation(pupil=MARIYA, explanation=back.explanation)
        )
    assert refused.value.code == "no-explanation"


@pytest.mark.parametrize(
    ("by", "command", "code"),
    [
        ("Соколова", ExplainAbsences(stretches=(stretch(),)), "not-allowed"),
        ("Ефимова", ExplainAbsences(stretches=(stretch(),)), "not-allowed"),
        ("Громова", ExplainAbsences(stretches=(stretch(named("Эттувги Роман")),)), "not-allowed"),
        ("Громова", ExplainAbsences(stretches=(stretch(), stretch(named("никто")))), "not-allowed"),
        ("Громова", ExplainAbsences(stretches=()), "not-allowed"),
        ("Громова", ExplainAbsences(stretches=(stretch(category="прогул"),)), "P-51"),
        ("Громова", ExplainAbsences(stretches=(stretch(first=WEDNESDAY, last=MONDAY),)), "absence-dates"),
        ("Громова", ExplainAbsences(stretches=(stretch(last=date(2027, 10, 14)),)), "absence-dates"),
        ("Громова", ExplainAbsences(stretches=(stretch(document="с" * 201),)), "plain-text"),
    ],
)
def test_what_cannot_be_said_is_refused_with_a_sentence(by, command, code):
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do(by, "2026-10-16 15:00", command)
    assert refused.value.code == code
    assert refused.value.sentence
    assert said_of(story, ARTYOM) == []


def test_the_class_teacher_does_not_take_an_absence_away_but_may_dispute_it():
    story = Story()
    away(story)
    command = WithdrawAbsence(
        lesson=ALGEBRA.id, pupil=ARTYOM, seen=story.sheet(ALGEBRA).absences[ARTYOM].position
    )
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-12 10:00", command)
    assert refused.value.code == "P-58"
    assert way_out(refused.value, command) == "dispute_absence"
    disputed(story)
    assert ARTYOM in story.sheet(ALGEBRA).absences


@pytest.mark.parametrize("by", ["Соколова", "Ефимова"])
def test_an_upheld_dispute_withdraws_the_absence_a_week_later(by):
    story = Story()
    away(story)
    disputed(story)
    decide(story, by, upheld=True)
    assert ARTYOM not in story.sheet(ALGEBRA).absences
    gone = story.entries(ALGEBRA.id)[-1]
    (asked, decided) = story.entries(streams.disputes(SCHOOL_ID, ALGEBRA.id))
    assert gone.event == AbsenceWithdrawn(pupil=ARTYOM, came_late=False)
    assert (gone.causation, gone.stamp.command_id) == (asked.position, decided.stamp.command_id)
    assert gone.findings == ()


def test_without_a_dispute_the_teacher_needs_a_permission_by_then():
    story = Story()
    away(story)
    seen = story.sheet(ALGEBRA).absences[ARTYOM].position
    with pytest.raises(Refusal) as refused:
        command = WithdrawAbsence(lesson=ALGEBRA.id, pupil=ARTYOM, seen=seen)
        story.do("Соколова", "2026-10-20 09:00", command)
    assert (refused.value.code, refused.value.mode) == ("W-05", "permit")
    assert way_out(refused.value, command) == "request_late_entry"


def test_a_declined_dispute_says_why_and_the_absence_stays():
    story = Story()
    away(story)
    disputed(story)
    with pytest.raises(Refusal) as refused:
        decide(story, "Соколова", upheld=False)
    assert refused.value.code == "dispute-reason"
    decide(story, "Соколова", upheld=False, reason="В списке олимпиады его нет.")
    assert ARTYOM in story.sheet(ALGEBRA).absences
    with pytest.raises(Refusal) as again:
        decide(story, "Ефимова", upheld=True)
    assert again.value.code == "dispute-decided"
    disputed(story, when="2026-10-20 10:00")  # she may bring another reason


def test_four_eyes_are_of_two_persons_though_she_teaches_the_lesson_herself():
    story = Story()
    away(story, TALKS, "Громова")
    disputed(story, DisputeAbsence(lesson=TALKS.id, pupil=ARTYOM, reason="Опоздал, был с пятой минуты."))
    with pytest.raises(Refusal) as refused:
        decide(story, "Громова", upheld=True, lesson=TALKS)
    assert refused.value.code == "P-57"
    decide(story, "Дьячкова", upheld=True, lesson=TALKS)
    assert ARTYOM not in story.sheet(TALKS).absences


@pytest.mark.parametrize(
    ("by", "dispute", "code"),
    [
        ("Громова", DisputeAbsence(lesson=ALGEBRA.id, pupil=MARIYA, reason="была"), "no-absence"),
        ("Громова", DisputeAbsence(lesson=ALGEBRA.id, pupil=ARTYOM, reason=" "), "plain-text"),
        ("Соколова", THERE, "not-allowed"),
        ("Громова", DisputeAbsence(lesson=named("нет урока"), pupil=ARTYOM, reason="был"), "lesson-exists"),
    ],
)
def test_only_a_standing_absence_of_the_own_class_is_disputed(by, dispute, code):
    story = Story()
    away(story)
    with pytest.raises(Refusal) as refused:
        story.do(by, "2026-10-16 15:00", dispute)
    assert refused.value.code == code


@pytest.mark.parametrize("last", [date(2026, 10, 14), date(2026, 10, 16)], ids=["before", "and after"])
def test_whoever_has_left_the_school_has_the_last_days_explained_by_the_class_teacher(last):
    story = Story()
    story.do("Носов", "2026-10-15 12:00", DepartPupil(pupil=ARTYOM, last=date(2026, 10, 15)))
    story.do("Громова", "2026-10-19 09:00", ExplainAbsences(stretches=(stretch(last=last),)))
    (given,) = said_of(story, ARTYOM)
    back = WithdrawExplanation(pupil=ARTYOM, explanation=given.explanation)
    assert story.do("Громова", "2026-10-19 09:01", back).first is not None
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", "2026-10-19 09:02", ExplainAbsences(stretches=(stretch(last=last),)))
    assert refused.value.code == "not-allowed"


def test_a_class_teacher_who_has_just_handed_the_class_over_explains_nobody_who_left_it():
    story = Story()
    story.do("Носов", "2026-10-15 12:00", DepartPupil(pupil=ARTYOM, last=date(2026, 10, 15)))
    another = ClassTeacherAppointed(person=named("Петров"), first=date(2026, 10, 19), until=None)
    meanwhile(story, named("7А"), another)
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-19 09:00", ExplainAbsences(stretches=(stretch(),)))
    assert refused.value.code == "not-allowed"


def test_whoever_moved_is_explained_by_the_class_teacher_of_those_days():
    story = Story()
    story.do("Носов", "2026-10-12 12:00", MovePupil(pupil=ARTYOM, class_id=named("10А"), first=WEDNESDAY))
    story.do("Громова", "2026-10-16 09:00", ExplainAbsences(stretches=(stretch(last=date(2026, 10, 13)),)))
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-16 09:01", ExplainAbsences(stretches=(stretch(last=WEDNESDAY),)))
    assert refused.value.code == "not-allowed"


def test_an_absence_is_disputed_once_at_a_time():
    story = Story()
    away(story)
    disputed(story)
    with pytest.raises(Refusal) as refused:
        disputed(story)
    assert refused.value.code == "dispute-waits"


@pytest.mark.parametrize("by", ["Петров", "Орлова", "Громова"])
def test_a_stranger_to_the_lesson_decides_nothing(by):
    story = Story()
    away(story)
    disputed(story)
    with pytest.raises(Refusal) as refused:
        decide(story, by, upheld=True)
    assert refused.value.code == "not-allowed"
    assert ARTYOM in story.sheet(ALGEBRA).absences


def test_a_dispute_of_an_absence_withdrawn_meanwhile_is_only_decided():
    story = Story()
    away(story)
    seen = story.sheet(ALGEBRA).absences[ARTYOM].position
    story.do("Громова", "2026-10-12 10:01", THERE)
    gone = WithdrawAbsence(lesson=ALGEBRA.id, pupil=ARTYOM, came_late=True, seen=seen)
    story.do("Соколова", "2026-10-12 10:02", gone)
    assert ARTYOM in story.sheet(ALGEBRA).late
    decide(story, "Соколова", upheld=True)
    assert ARTYOM in story.sheet(ALGEBRA).late


def test_a_substitute_whose_substitution_was_cancelled_decides_no_dispute():
    """W-19: he got as far as E-02 lets him complete his works, and no «н» goes by his word."""
    story = Story()
    given = SubstitutionItem(lesson=ALGEBRA.id, manner="same_subject", substitute=named("Петров"))
    story.do("Кеулькут", "2026-10-12 08:00", RecordSubstitutions(items=(given,)))
    (standing,) = story.house.schools.current(SCHOOL_ID).substitutions[ALGEBRA.id]
    cancel = CancelSubstitution(lesson=ALGEBRA.id, substitution=standing.id)
    story.do("Кеулькут", "2026-10-12 08:05", cancel)
    away(story)
    disputed(story)
    with pytest.raises(Refusal) as refused:
        decide(story, "Петров", upheld=True)
    assert refused.value.code == "W-19"
    assert ARTYOM in story.sheet(ALGEBRA).absences
    decide(story, "Соколова", upheld=True)
    assert ARTYOM not in story.sheet(ALGEBRA).absences


def test_a_standing_substitute_decides_and_so_does_a_deputy_who_once_was_one():
    story = Story()
    given = SubstitutionItem(lesson=ALGEBRA.id, manner="same_subject", substitute=named("Петров"))
    story.do("Кеулькут", "2026-10-12 08:00", RecordSubstitutions(items=(given,)))
    away(story, by="Петров")
    disputed(story)
    decide(story, "Петров", upheld=True)
    assert ARTYOM not in story.sheet(ALGEBRA).absences
    story = Story()
    given = SubstitutionItem(lesson=ALGEBRA.id, manner="same_subject", substitute=named("Ефимова"))
    story.do("Кеулькут", "2026-10-12 08:00", RecordSubstitutions(items=(given,)))
    (standing,) = story.house.schools.current(SCHOOL_ID).substitutions[ALGEBRA.id]
    cancel = CancelSubstitution(lesson=ALGEBRA.id, substitution=standing.id)
    story.do("Кеулькут", "2026-10-12 08:05", cancel)
    away(story)
    disputed(story)
    decide(story, "Ефимова", upheld=True)
    assert ARTYOM not in story.sheet(ALGEBRA).absences
