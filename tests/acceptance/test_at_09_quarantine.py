"""AT-09 (8.1): order № 87 of 16.10.2026, quarantine of 7А from 19 to 23 October."""

from datetime import date

import pytest

from commands.attendance import NoteAbsence, TakeAttendance
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.distance import DeclareDistance
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.order_numbers import NumberOrder
from ledger.school import School
from projections.topic_words import shown_topic
from tests.story import Story
from tests.world import SCHOOL_ID, UST_BELAYA, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-19")
TOPIC = "Степень с натуральным показателем"


def declare(order: OrderNamed | None, *classes: str) -> DeclareDistance:
    return DeclareDistance(
        mode="quarantine",
        first=date(2026, 10, 19),
        last=date(2026, 10, 23),
        classes=tuple(map(named, classes)),
        order=order,
    )


def quarantined() -> Story:
    story = Story()
    order = OrderNamed(number="87", on=date(2026, 10, 16))
    story.do("Дьячкова", "2026-10-16 15:00", declare(order, "7А"))
    return story


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def topic(story: Story) -> str | None:
    recorded = story.sheet(LESSON).topic
    assert recorded is not None
    return shown_topic(
        recorded.event.text,  # type: ignore[attr-defined]
        lesson=LESSON.id,
        journal=LESSON.journal,
        on=LESSON.date,
        school=school_of(story),
        regulation=UST_BELAYA,
    )


def mark(pupil: str, value: str, manner: str) -> GiveMark:
    return GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named(pupil), value=value, manner=manner)


@pytest.mark.case("AT-09")
def test_the_order_follows_the_topic_on_the_page_and_never_in_the_entry() -> None:
    story = quarantined()
    story.do("Соколова", "2026-10-19 09:40", RecordTopic(lesson=LESSON.id, text=TOPIC))
    assert topic(story) == f"{TOPIC}. Дистанционное обучение, приказ № 87"
    assert story.sheet(LESSON).topic.event.text == TOPIC  # type: ignore[union-attr]


@pytest.mark.case("AT-09")
def test_no_absence_is_noted_on_a_distance_day_nor_by_permission() -> None:
    story = quarantined()
    for command in (
        NoteAbsence(lesson=LESSON.id, pupil=named("Вуквукай Илья")),
        TakeAttendance(lesson=LESSON.id, absent=(named("Вуквукай Илья"),)),
    ):
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", "2026-10-19 09:30", command)
        assert (refused.value.code, refused.value.mode) == ("R-141", "refuse")
        assert "приказ № 87" in refused.value.sentence
        assert "8.1" in refused.value.clause
    assert story.sheet(LESSON).absences == {}
    story.do("Соколова", "2026-10-19 09:30", TakeAttendance(lesson=LESSON.id, absent=()))
    assert story.sheet(LESSON).taken is not None


@pytest.mark.case("AT-09")
def test_marks_say_online_or_independent_work() -> None:
    story = quarantined()
    story.do("Соколова", "2026-10-19 09:50", mark("Каляна Мария", "5", "online"))
    story.do("Соколова", "2026-10-19 20:10", mark("Антипина Дарья", "4", "independent"))
    given = {entry.event.manner for entry in story.sheet(LESSON).marks.values()}  # type: ignore[attr-defined]
    assert given == {"online", "independent"}


@pytest.mark.case("AT-09")
def test_homework_is_set_as_usual() -> None:
    story = quarantined()
    due = given_lesson("7А Алгебра", "2026-10-21")
    command = SetHomework(lesson=LESSON.id, text="§ 7, № 121–124", manner=("written",), due_lesson=due.id)
    story.do("Соколова", "2026-10-19 09:55", command)
    assert story.sheet(LESSON).homework is not None


@pytest.mark.case("AT-09")
@pytest.mark.parametrize(
    ("page", "day", "distant"),
    [
        ("7А Алгебра", "2026-10-16", False),
        ("7А Алгебра", "2026-10-19", True),
        ("7А Алгебра", "2026-10-23", True),
        ("7А Алгебра", "2026-10-26", False),
        ("6А Русский язык", "2026-10-19", False),
    ],
)
def test_the_days_and_the_classes_of_the_order_and_no_others(page: str, day: str, distant: bool) -> None:
    lesson = given_lesson(page, day)
    school = school_of(quarantined())
    assert (school.distance(named(page[:2]), lesson.date) is not None) is distant


@pytest.mark.case("AT-09")
def test_at_seven_in_the_morning_the_number_is_still_to_come_and_follows_the_same_day() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-19 07:00", declare(None, "7А"))
    story.do("Соколова", "2026-10-19 09:40", RecordTopic(lesson=LESSON.id, text=TOPIC))
    assert topic(story) == f"{TOPIC}. Дистанционное обучение, приказ (номер позже)"
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-19 09:41", NoteAbsence(lesson=LESSON.id, pupil=named("Вуквукай Илья")))
    assert refused.value.code == "R-141"
    (order,) = school_of(story).orders.values()
    assert (order.number, order.date) == (None, date(2026, 10, 19))
    story.do("Дьячкова", "2026-10-19 16:00", NumberOrder(order=order.id, number="87"))
    assert topic(story) == f"{TOPIC}. Дистанционное обучение, приказ № 87"


@pytest.mark.case("E-12")
def test_a_quarantine_declared_afterwards_erases_no_absence_and_reopens_no_window() -> None:
    story = Story()
    story.do("Соколова", "2026-10-19 09:30", NoteAbsence(lesson=LESSON.id, pupil=named("Вуквукай Илья")))
    story.do("Соколова", "2026-10-19 09:40", RecordTopic(lesson=LESSON.id, text=TOPIC))
    order = OrderNamed(number="87", on=date(2026, 10, 20))
    story.do("Дьячкова", "2026-10-20 09:00", declare(order, "7А"))
    assert list(story.sheet(LESSON).absences) == [named("Вуквукай Илья")]
    assert topic(story) == f"{TOPIC}. Дистанционное обучение, приказ № 87"
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-20 10:00", mark("Каляна Мария", "5", "online"))
    assert refused.value.code == "W-01"
