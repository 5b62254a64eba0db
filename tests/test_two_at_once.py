"""What rests on something that is not there, a free hour or a free title, holds when two decide at one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from commands.appointments import GrantRole, WithdrawRole
from commands.bells import Bell, SetBells, SetDayBells
from commands.deciding import Refusal
from commands.extra_lessons import ScheduleExtraLesson
from commands.roster import FormClass
from commands.single_lessons import MoveLesson
from commands.substitutions import RecordSubstitutions, SubstitutionItem
from commands.timetable_slots import NewSlot, ScheduleSlots
from ledger import streams
from ledger.appending import Append, Appended
from ledger.entry import Role
from ledger.school import School
from tests.story import Story
from tests.world import BELLS, SCHOOL_ID, given_lesson, named

ON = "2026-10-12 08:00"  # a Monday
PHYSICS = given_lesson("7А Физика", "2026-10-14")  # Wednesday, third lesson
WEDNESDAY = date(2026, 10, 14)


def meanwhile(story: Story, done: Callable[[], object]) -> None:
    """Somebody else's whole command comes between the decision on the next one and its append."""
    real = story.store.append

    def append(batch: Append) -> Appended:
        story.store.append = real  # type: ignore[method-assign]
        done()
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def slot(page: str, weekday: int, number: int) -> ScheduleSlots:
    return ScheduleSlots(slots=(NewSlot(journal=named(page), weekday=weekday, number=number),))


def stands_in(page: str, who: str) -> RecordSubstitutions:
    lesson = given_lesson(page, "2026-10-14")
    item = SubstitutionItem(lesson=lesson.id, manner="same_subject", substitute=named(who))
    return RecordSubstitutions(items=(item,))


def extra(page: str, number: int) -> ScheduleExtraLesson:
    return ScheduleExtraLesson(journal=named(page), on=WEDNESDAY, number=number)


TO_THE_FOURTH = MoveLesson(lesson=PHYSICS.id, on=WEDNESDAY, number=4)
CLASHES = [
    (slot("7А Физика", 2, 5), slot("7А Алгебра", 2, 5), "timetable-clash"),
    (slot("7А Алгебра", 3, 4), TO_THE_FOURTH, "timetable-clash"),
    (TO_THE_FOURTH, slot("7А Алгебра", 3, 4), "timetable-clash"),
    (extra("7А Алгебра", 4), slot("7А Физика", 3, 4), "timetable-clash"),
    (slot("6А Русский язык", 3, 3), stands_in("7А Физика", "Лебедева"), "substitution-clash"),
    (stands_in("7А Физика", "Лебедева"), slot("6А Русский язык", 3, 3), "timetable-clash"),
]


@pytest.mark.parametrize(("first", "second", "code"), CLASHES)
def test_of_two_who_take_one_hour_at_one_moment_the_second_is_told(
    first: object, second: object, code: str
) -> None:
    story = Story()
    meanwhile(story, lambda: story.do("Кеулькут", ON, first))
    with pytest.raises(Refusal) as refused:
        story.do("Дьячкова" if isinstance(second, MoveLesson) else "Кеулькут", ON, second)
    assert refused.value.code == code


def test_of_two_who_take_two_hours_at_one_moment_both_succeed() -> None:
    story = Story()
    meanwhile(story, lambda: story.do("Кеулькут", ON, slot("7А Алгебра", 3, 4)))
    story.do("Кеулькут", ON, slot("7А Физика", 2, 5))
    both = {(each.date, each.journal, each.number) for each in school(story).timetable.lessons}
    assert {(date(2026, 10, 13), named("7А Физика"), 5), (WEDNESDAY, named("7А Алгебра"), 4)} <= both
    assert [entry.version for entry in story.entries(streams.timetable(SCHOOL_ID))] == [1, 2]


def test_bells_notice_the_lesson_that_was_put_meanwhile_where_they_ring_it() -> None:
    """On that Wednesday the third lesson of 7А, physics, begins at three; nobody was there, and then algebra was."""
    story = Story()
    hours = {n: (time(12 + n), time(12 + n, 40)) if n > 2 else BELLS[n] for n in BELLS}
    rung = tuple(Bell(number=n, starts=starts, ends=ends) for n, (starts, ends) in hours.items())
    story.do("Носов", ON, SetBells(title="Встреча с шефами", bells=rung))
    met = next(each.id for each in school(story).bells.values() if each.title == "Встреча с шефами")
    ring = SetDayBells(on=WEDNESDAY, schedule=met, classes=(named("7А"),))
    put = ScheduleExtraLesson(
        journal=named("7А Алгебра"), on=WEDNESDAY, number=6, starts=time(15), ends=time(15, 40)
    )
    meanwhile(story, lambda: story.do("Кеулькут", ON, put))
    with pytest.raises(Refusal) as refused:
        story.do("Носов", ON, ring)
    assert refused.value.code == "bells-ask"
    assert "7А Физика, 14.10.2026" in refused.value.sentence


def form(title: str) -> FormClass:
    return FormClass(class_id=named(f"новый {title}"), year=2026, title=title, grade=7)


def test_one_title_is_given_to_one_class_though_two_form_it_at_once() -> None:
    story = Story()
    meanwhile(story, lambda: story.do("Носов", ON, form("7Б")))
    other = FormClass(class_id=named("ещё один"), year=2026, title="7 б", grade=7)
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", ON, other)
    assert refused.value.code == "class-title"


def test_two_classes_may_be_formed_at_once() -> None:
    story = Story()
    meanwhile(story, lambda: story.do("Носов", ON, form("7Б")))
    story.do("Ефимова", ON, form("7В"))
    assert {"7Б", "7В"} <= {klass.title for klass in school(story).classes.values()}


def withdrawn(who: str) -> WithdrawRole:
    return WithdrawRole(person=named(who), role="administrator", last=date(2026, 10, 12))


def test_two_administrators_who_leave_at_once_do_not_leave_nobody() -> None:
    story = Story()
    granted = GrantRole(person=named("Ким"), role="administrator", first=date(2026, 10, 1))
    story.do("Носов", "2026-10-01 08:00", granted)
    meanwhile(story, lambda: story.do("Ким", ON, withdrawn("Ким")))
    with pytest.raises(Refusal) as refused:
        story.do("Носов", ON, withdrawn("Носов"))
    assert refused.value.code == "administrator-last"
    assert Role.ADMINISTRATOR in school(story).roles_of(named("Носов"), date(2026, 10, 13))


def test_one_of_two_administrators_may_leave() -> None:
    story = Story()
    granted = GrantRole(person=named("Ким"), role="administrator", first=date(2026, 10, 1))
    story.do("Носов", "2026-10-01 08:00", granted)
    story.do("Носов", ON, withdrawn("Носов"))
    assert Role.ADMINISTRATOR not in school(story).roles_of(named("Носов"), date(2026, 10, 13))
