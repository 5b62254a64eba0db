"""Substitutions as commands: one append for many lessons, what cannot be, a return, a long substitution (7.12)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from commands.appointments import GrantRole, WithdrawRole
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from commands.long_substitutions import EndLongSubstitution, GrantPeriodMarks, RecordLongSubstitution
from commands.order_numbers import NumberOrder
from commands.staff_absences import RecordStaffAbsence, ReturnTeacher, StaffAbsenceItem
from commands.substitutions import CancelSubstitution, RecordSubstitutions, SubstitutionItem
from commands.workload import EndWorkload
from ledger import streams
from ledger.appending import Append, Appended
from ledger.events.days import LessonCancelled, SubstitutionRecorded
from ledger.events.journals import WorkloadAssigned
from ledger.school import School
from ledger.timetable import Lesson
from tests.acceptance.test_guards import meanwhile
from tests.story import Story
from tests.world import FIRST, SCHOOL_ID, given_lesson, named

WEDNESDAY = given_lesson("7А Физика", "2026-10-14")  # third, 10:25–11:05
FRIDAY = given_lesson("7А Физика", "2026-10-16")
MONDAY = given_lesson("7А Физика", "2026-10-12")
PE = given_lesson("7А Физкультура", "2026-10-14")  # fifth


def now_known(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def item(
    lesson: Lesson, by: str | None = "Соколова", manner: str = "same_subject", **more: UUID
) -> SubstitutionItem:
    return SubstitutionItem(lesson=lesson.id, manner=manner, substitute=named(by) if by else None, **more)


def cover(*items: SubstitutionItem, **more: object) -> RecordSubstitutions:
    return RecordSubstitutions(items=items, **more)  # type: ignore[arg-type]


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        story.do(by, when, command)
    return found.value


def away(story: Story, *items: tuple[str, str, str], when: str = "2026-10-14 07:40") -> None:
    absences = tuple(
        StaffAbsenceItem(
            person=named(who),
            kind="illness",
            first=date.fromisoformat(first),
            until=date.fromisoformat(until),
        )
        for who, first, until in items
    )
    story.do("Кеулькут", when, RecordStaffAbsence(absences=absences))


def test_lessons_of_several_teachers_are_one_append_with_an_order_that_has_no_number_yet() -> None:
    story = Story()
    command = cover(
        item(WEDNESDAY), item(FRIDAY, "Ефимова"), item(PE, None, "independent"), order=OrderNamed()
    )
    answer = story.do("Кеулькут", "2026-10-14 07:50", command)
    assert answer.last is not None
    assert answer.first is not None
    assert answer.last - answer.first == 4  # the order, three substitutions and the turn
    school = now_known(story)
    (order,) = (each for each in school.orders.values() if each.kind == "substitution")
    assert (order.number, order.date) == (None, date(2026, 10, 14))
    for lesson, substitute in ((WEDNESDAY, "Соколова"), (FRIDAY, "Ефимова"), (PE, None)):
        standing = school.substitution(lesson.id)
        assert standing is not None
        assert standing.order == order.id
        assert standing.substitute == (named(substitute) if substitute else None)
    story.do("Кеулькут", "2026-10-14 15:00", NumberOrder(order=order.id, number="91-ОД"))
    assert now_known(story).orders[order.id].number == "91-ОД"
    assert (
        refused(story, "Кеулькут", "2026-10-14 15:01", NumberOrder(order=order.id, number="92")).status == 409
    )


def test_nothing_is_written_when_one_of_the_lessons_cannot_be_covered() -> None:
    story = Story()
    refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY), item(PE, "Ким")))
    assert now_known(story).substitution(WEDNESDAY.id) is None


def test_nobody_stands_in_for_himself() -> None:
    found = refused(Story(), "Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, "Петров")))
    assert found.code == "substitution-self"


def test_nobody_is_in_two_rooms_at_once() -> None:
    algebra = given_lesson("7А Алгебра", "2026-10-14")
    russian = given_lesson("6А Русский язык", "2026-10-14")  # fifth, as physical education in 7А
    story = Story()
    clash = refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(PE, "Лебедева")))
    assert clash.code == "substitution-clash"
    assert "6А" in clash.sentence
    together = refused(
        story, "Кеулькут", "2026-10-14 07:50", cover(item(PE, "Соколова"), item(russian, "Соколова"))
    )
    assert together.code == "substitution-clash"
    assert "6А" in together.sentence
    assert "7А" in together.sentence
    story.do("Кеулькут", "2026-10-14 07:51", cover(item(PE, "Соколова"), item(algebra, "Ким")))
    recorded = refused(story, "Кеулькут", "2026-10-14 07:52", cover(item(russian, "Соколова")))
    assert recorded.code == "substitution-clash"


def test_joined_groups_sit_with_a_teacher_who_has_a_lesson_of_her_own() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(PE, "Лебедева", "joined")))
    assert now_known(story).writes(named("Лебедева"), PE)
    alone = refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, "Соколова", "joined")))
    assert alone.code == "substitution-alone"


def test_another_subject_stands_on_its_own_page_and_the_replaced_hour_is_not_held() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, manner="another_subject")))
    school = now_known(story)
    assert WEDNESDAY.id not in school.timetable.by_id
    (put,) = school.extras.values()
    assert (put.journal, put.number, put.replaces) == (named("7А Алгебра"), 3, WEDNESDAY.id)
    lesson = next(each for each in school.timetable.by_day[date(2026, 10, 14)] if each.slot == put.slot)
    story.do("Соколова", "2026-10-14 10:40", RecordTopic(lesson=lesson.id, text="Степень", seen=0))
    assert story.sheet(lesson).topic is not None
    standing = school.substitution(WEDNESDAY.id)
    assert standing is not None
    held = refused(
        story,
        "Кеулькут",
        "2026-10-14 10:50",
        CancelSubstitution(substitution=standing.id, lesson=WEDNESDAY.id),
    )
    assert held.code == "substitution-held"


def test_cancelling_another_subject_gives_the_hour_back() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, manner="another_subject")))
    standing = now_known(story).substitution(WEDNESDAY.id)
    assert standing is not None
    story.do(
        "Кеулькут", "2026-10-14 08:00", CancelSubstitution(substitution=standing.id, lesson=WEDNESDAY.id)
    )
    school = now_known(story)
    assert school.extras == {}
    assert school.timetable.by_id[WEDNESDAY.id] == WEDNESDAY
    assert school.writes(named("Петров"), WEDNESDAY)


def test_a_dropped_lesson_may_still_be_given_to_somebody() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, None, "dropped")))
    assert WEDNESDAY.id in now_known(story).timetable.dropped
    story.do("Кеулькут", "2026-10-14 08:50", cover(item(WEDNESDAY)))
    school = now_known(story)
    assert school.writes(named("Соколова"), school.timetable.by_id[WEDNESDAY.id])


def test_a_lesson_with_records_is_neither_dropped_nor_replaced() -> None:
    story = Story()
    story.do("Петров", "2026-10-14 10:30", RecordTopic(lesson=WEDNESDAY.id, text="Сила", seen=0))
    for manner, by in (("dropped", None), ("another_subject", "Соколова")):
        found = refused(story, "Кеулькут", "2026-10-14 10:40", cover(item(WEDNESDAY, by, manner)))
        assert found.code == "substitution-held"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (SubstitutionItem(lesson=uuid4(), manner="dropped"), "lesson-exists"),
        (item(WEDNESDAY, manner="swapped"), "substitution-manner"),
        (item(WEDNESDAY, None), "substitution-nobody"),
        (item(WEDNESDAY, manner="dropped"), "substitution-dropped"),
        (item(WEDNESDAY, "Каляна Мария"), "teacher-exists"),
        (item(WEDNESDAY, absent=named("Ким")), "substitution-absent"),
        (item(WEDNESDAY, manner="another_subject", journal=named("6А Русский язык")), "substitution-page"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong: SubstitutionItem, code: str) -> None:
    found = refused(Story(), "Кеулькут", "2026-10-14 07:50", cover(wrong))
    assert found.code == code
    assert found.sentence.endswith(".")


def test_an_empty_list_and_a_lesson_named_twice_are_refused() -> None:
    assert refused(Story(), "Кеулькут", "2026-10-14 07:50", cover()).code == "substitution-empty"
    twice = cover(item(WEDNESDAY), item(WEDNESDAY, "Ефимова"))
    assert refused(Story(), "Кеулькут", "2026-10-14 07:50", twice).code == "substitution-twice"


def test_a_cancelled_lesson_needs_no_substitute() -> None:
    stream = streams.day(SCHOOL_ID, named("7А"), WEDNESDAY.planned)
    story = Story((stream, LessonCancelled(lesson=WEDNESDAY.id, reason="карантин", order=None)))
    found = refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY)))
    assert found.code == "substitution-cancelled"


def test_whoever_is_away_stands_in_for_nobody() -> None:
    story = Story()
    away(story, ("Соколова", "2026-10-14", "2026-10-14"))
    assert refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY))).code == "substitution-away"
    story.do("Кеулькут", "2026-10-14 07:51", cover(item(FRIDAY)))


def test_of_two_teachers_of_a_page_the_one_who_is_away_is_stood_in_for() -> None:
    more = WorkloadAssigned(teacher=named("Ким"), first=FIRST, until=None, hours=100)
    story = Story((named("7А Физика"), more))
    who = refused(story, "Кеулькут", "2026-10-14 07:30", cover(item(WEDNESDAY)))
    assert "двое" in who.sentence
    away(story, ("Петров", "2026-10-14", "2026-10-16"))
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY)))
    standing = now_known(story).substitution(WEDNESDAY.id)
    assert standing is not None
    assert standing.absent == named("Петров")


def test_a_teacher_is_not_away_twice_on_one_day() -> None:
    story = Story()
    away(story, ("Петров", "2026-10-14", "2026-10-16"), ("Ким", "2026-10-14", "2026-10-14"))
    again = RecordStaffAbsence(
        absences=(
            StaffAbsenceItem(
                person=named("Петров"), kind="trip", first=date(2026, 10, 16), until=date(2026, 10, 17)
            ),
        )
    )
    found = refused(story, "Кеулькут", "2026-10-14 07:50", again)
    assert (found.code, found.status) == ("absence-twice", 409)
    assert "14.10.2026" in found.sentence


def test_a_return_undoes_what_is_still_ahead_in_the_same_append() -> None:
    story = Story()
    away(story, ("Петров", "2026-10-14", "2026-10-16"))
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY), item(FRIDAY, manner="another_subject")))
    (absence,) = now_known(story).away
    answer = story.do("Кеулькут", "2026-10-15 16:00", ReturnTeacher(absence=absence, last=date(2026, 10, 15)))
    assert answer.first is not None
    assert answer.last == answer.first + 3  # back, no substitution, no other subject, the turn
    school = now_known(story)
    assert school.writes(named("Соколова"), WEDNESDAY)
    assert school.writes(named("Петров"), school.timetable.by_id[FRIDAY.id])
    assert school.away[absence].span.last == date(2026, 10, 15)
    assert refused(story, "Кеулькут", "2026-10-15 16:01", ReturnTeacher(absence=uuid4())).status == 404


def test_a_long_substitution_carries_the_workload_for_its_days() -> None:
    story, page = Story(), named("7А Физика")
    command = RecordLongSubstitution(
        journals=(page,),
        absent=named("Петров"),
        substitute=named("Соколова"),
        first=date(2026, 10, 14),
        until=date(2026, 10, 30),
        order=OrderNamed(number="17-К"),
    )
    story.do("Кеулькут", "2026-10-13 09:00", command)
    school = now_known(story)
    for on, teacher in ((13, "Петров"), (14, "Соколова"), (30, "Соколова"), (31, "Петров")):
        assert school.teachers_of(page, date(2026, 10, on)) == (named(teacher),)
    assert refused(story, "Кеулькут", "2026-10-13 09:01", command).code == "substitution-twice"
    (long,) = school.journals[page].long
    assert (
        refused(story, "Кеулькут", "2026-10-13 09:02", GrantPeriodMarks(substitution=long.id)).status == 403
    )
    story.do("Дьячкова", "2026-10-13 09:03", GrantPeriodMarks(substitution=long.id))
    assert now_known(story).journals[page].long[0].period_marks
    early = EndLongSubstitution(substitution=long.id, last=date(2026, 10, 18))
    assert refused(story, "Кеулькут", "2026-10-20 09:00", early).code == "substitution-past"
    story.do(
        "Кеулькут", "2026-10-20 09:01", EndLongSubstitution(substitution=long.id, last=date(2026, 10, 19))
    )
    assert now_known(story).teachers_of(page, date(2026, 10, 20)) == (named("Петров"),)


def test_a_long_substitute_is_not_in_two_rooms_at_once_either() -> None:
    command = RecordLongSubstitution(
        journals=(named("7А Физкультура"),),
        absent=named("Ким"),
        substitute=named("Лебедева"),
        first=date(2026, 10, 14),
    )
    found = refused(Story(), "Кеулькут", "2026-10-13 09:00", command)
    assert found.code == "substitution-clash"
    assert "6А" in found.sentence


def test_a_workload_is_carried_over_for_days_gone_by_only_by_the_deputy() -> None:
    story = Story()
    command = RecordLongSubstitution(
        journals=(named("7А Физика"),),
        absent=named("Петров"),
        substitute=named("Соколова"),
        first=date(2026, 10, 12),
    )
    assert refused(story, "Кеулькут", "2026-10-13 09:00", command).code == "W-18"
    (finding,) = story.do("Дьячкова", "2026-10-13 09:00", command).findings
    assert finding["code"] == "W-18"


def test_a_teacher_records_no_substitution() -> None:
    assert refused(Story(), "Соколова", "2026-10-14 07:50", cover(item(WEDNESDAY))).status == 403


def test_two_methodists_do_not_send_one_teacher_to_two_rooms() -> None:
    story, russian = Story(), given_lesson("6А Русский язык", "2026-10-14")  # fifth, as PE in 7А
    first = SubstitutionRecorded(
        substitution=uuid4(),
        lesson=russian.id,
        absent=named("Лебедева"),
        substitute=named("Соколова"),
        manner="same_subject",
        order=None,
    )
    story.at("2026-10-14 07:50")
    meanwhile(story, streams.day(SCHOOL_ID, named("6А"), russian.planned), first)
    found = refused(story, "Кеулькут", "2026-10-14 07:50", cover(item(PE, "Соколова")))
    assert found.code == "substitution-clash"


def test_a_lesson_is_not_dropped_while_its_first_record_is_being_written() -> None:
    story = Story()
    real = story.store.append

    def append(batch: Append) -> Appended:
        story.store.append = real  # type: ignore[method-assign]
        story.do("Петров", "2026-10-14 10:40", RecordTopic(lesson=WEDNESDAY.id, text="Сила", seen=0))
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]
    found = refused(story, "Кеулькут", "2026-10-14 10:40", cover(item(WEDNESDAY, None, "dropped")))
    assert found.code == "substitution-held"


def test_a_colleague_who_teaches_the_page_too_keeps_it_when_the_other_is_away() -> None:
    story = Story(
        (
            named("7А Физика"),
            WorkloadAssigned(teacher=named("Громова"), first=FIRST, until=None, hours=100),
        )
    )
    story.do("Кеулькут", "2026-10-14 07:50", cover(item(WEDNESDAY, absent=named("Петров"))))
    school = now_known(story)
    writing = {who for who in ("Громова", "Соколова", "Петров") if school.writes(named(who), WEDNESDAY)}
    assert writing == {"Громова", "Соколова"}


def test_an_inspector_stands_in_for_nobody() -> None:
    story, inspector = Story(), uuid4()
    granted = GrantRole(person=inspector, role="inspector", first=date(2026, 10, 1))
    story.do("Носов", "2026-10-01 08:00", granted)
    sent = SubstitutionItem(lesson=WEDNESDAY.id, manner="same_subject", substitute=inspector)
    assert refused(story, "Кеулькут", "2026-10-14 07:50", cover(sent)).code == "teacher-exists"
    taught = GrantRole(person=inspector, role="teacher", first=WEDNESDAY.date)
    story.do("Носов", "2026-10-14 07:51", taught)
    story.do("Кеулькут", "2026-10-14 07:52", cover(sent))
    assert now_known(story).writes(inspector, WEDNESDAY)


@pytest.mark.parametrize(("last", "stands_in"), [(date(2026, 10, 14), True), (date(2026, 10, 13), False)])
def test_a_teacher_who_has_left_stands_in_to_the_last_day_and_not_after_it(
    last: date, stands_in: bool
) -> None:
    """Whatever they stood in for before."""
    story, early = Story(), given_lesson("7А Физика", "2026-10-12")
    story.do("Кеулькут", "2026-10-12 07:50", cover(item(early, "Ким")))
    story.do("Носов", "2026-10-12 08:00", WithdrawRole(person=named("Ким"), role="teacher", last=last))
    page = named("7А Физкультура")
    story.do("Носов", "2026-10-12 08:01", EndWorkload(journal=page, teacher=named("Ким"), last=last))
    for command in (cover(item(WEDNESDAY, "Ким")), _long(WEDNESDAY.date, "Ким")):
        if stands_in:
            story.do("Кеулькут", "2026-10-12 09:00", command)
        else:
            assert refused(story, "Кеулькут", "2026-10-12 09:00", command).code == "teacher-exists"


def _long(first: date, substitute: str) -> RecordLongSubstitution:
    return RecordLongSubstitution(
        journals=(named("7А Физика"),), absent=named("Петров"), substitute=named(substitute), first=first
    )
