"""The lesson sheet's own rules: prefixes and tasks, works for all and for some, make-up works (7.15, K-31, K-32)."""

from uuid import UUID

import pytest

from commands.attendance import NoteAbsence
from commands.deciding import Conflict, Refusal
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events import calendar, journals, orders, plans
from ledger.events.lessons import TopicRecorded
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named, stamp

ALGEBRA = given_lesson("7А Алгебра", "2026-10-16")
ENGLISH = given_lesson("7А Иностранный язык", "2026-10-15")
PLAN = named("КТП по алгебре, 7")
TOPICS = ("Степень и её свойства", "Одночлены", "Р.р. Повторение")


def topic(lesson: Lesson, text: str = "Одночлены", **more: object) -> RecordTopic:
    return RecordTopic(lesson=lesson.id, text=text, **more)  # type: ignore[arg-type]


def recorded(story: Story, lesson: Lesson) -> TopicRecorded:
    entry = story.sheet(lesson).topic
    assert entry is not None
    return entry.event  # type: ignore[return-value]


def with_plan() -> Story:
    """7А's algebra is bound to a plan of three lines."""
    head = plans_head()
    bound = (named("7А Алгебра"), journals.PlanBound(plan=PLAN))
    story = Story(head, bound)
    items = plans.PlanItemsSet(
        numbers=(1, 2, 3),
        sections=("", "", ""),
        topics=TOPICS,
        hours=(100, 100, 100),
        dates=(None, None, None),
        kinds=("", "", ""),
        controls=(False, False, False),
        homeworks=("", "", ""),
        reason="",
    )
    draft = Draft(category=Category.PLAN, stream=PLAN, version=None, event=items)
    story.at("2026-09-01 15:00")
    written = Append(
        stamp=stamp("Соколова", "2026-09-01 15:00"), body_sha256=bytes(32), answer="{}", drafts=(draft,)
    )
    story.store.append(written)
    return story


def plans_head() -> tuple[UUID, object]:
    opened = journals.PlanOpened(
        plan=PLAN, subject=named("Алгебра"), grade=7, year=2026, title="Алгебра, 7 класс"
    )
    return streams.plan_head(PLAN), opened


def test_a_lesson_of_a_foreign_language_names_its_task() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-15 09:50", topic(ENGLISH, "Моя семья"))
    assert (refused.value.code, refused.value.clause) == ("P-76", "7.15 (иностранный язык)")
    task = "Ознакомление с определённым артиклем"
    story.do("Громова", "2026-10-15 09:50", topic(ENGLISH, "Моя семья", task=task))
    assert recorded(story, ENGLISH).task == task


def test_other_subjects_name_no_task() -> None:
    story = Story()
    story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA))
    assert recorded(story, ALGEBRA) == TopicRecorded(text="Одночлены")


def test_a_changed_task_is_a_change_of_the_topic() -> None:
    story = Story()
    story.do("Громова", "2026-10-15 09:50", topic(ENGLISH, "Моя семья", task="Чтение"))
    with pytest.raises(Conflict):
        story.do("Громова", "2026-10-15 09:51", topic(ENGLISH, "Моя семья", task="Письмо"))


def test_a_topic_in_the_words_of_the_plan_is_its_line() -> None:
    story = with_plan()
    story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "одночлены."))
    assert (recorded(story, ALGEBRA).plan, recorded(story, ALGEBRA).item) == (PLAN, 2)


def test_a_line_that_was_chosen_may_be_said_with_more_words() -> None:
    story = with_plan()
    story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Одночлены (продолжение)", item=2))
    assert recorded(story, ALGEBRA).item == 2


def test_a_topic_the_plan_does_not_have_is_asked_about() -> None:
    story = with_plan()
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Игра «Брейн-ринг»", item=2))
    assert (refused.value.code, refused.value.mode) == ("R-079", "confirm")
    story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Игра «Брейн-ринг»", confirmed=True))
    (finding,) = [f for e in story.entries(ALGEBRA.id) for f in e.findings]
    assert finding.code == "R-079"


def test_a_departure_that_is_called_one_is_no_finding() -> None:
    story = with_plan()
    answer = story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Игра «Брейн-ринг»", deviation=True))
    assert answer.findings == ()
    assert recorded(story, ALGEBRA).deviation


def test_a_line_the_plan_does_not_have_is_refused() -> None:
    story = with_plan()
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Одночлены", item=4))
    assert "КТП" in refused.value.sentence


def test_without_a_plan_any_topic_is_taken() -> None:
    story = Story()
    assert story.do("Соколова", "2026-10-16 09:50", topic(ALGEBRA, "Что угодно")).findings == ()


def test_a_laboratory_work_may_be_assessed_individually_and_a_control_work_not() -> None:
    story, lesson = Story(), given_lesson("7А Физика", "2026-10-14")
    story.do("Петров", "2026-10-14 10:30", AddWork(lesson=lesson.id, kind="laboratory", assess="individual"))
    assert [work.assess for work in story.sheet(lesson).works.values()] == ["all", "individual"]
    for kind, assess in (("control", "individual"), ("laboratory", "никого")):
        with pytest.raises(Refusal) as refused:
            story.do("Петров", "2026-10-14 10:31", AddWork(lesson=lesson.id, kind=kind, assess=assess))
        assert refused.value.code == "R-109"


@pytest.mark.case("E-11")
def test_a_missed_work_is_written_later_with_a_link_and_a_deadline_of_its_own() -> None:
    story, later = Story(), given_lesson("7А Алгебра", "2026-10-19")
    pupil = named("Рультытегин Артём")
    added = story.do("Соколова", "2026-10-16 09:30", AddWork(lesson=ALGEBRA.id, kind="control"))
    missed = UUID(added.parts[-1]["work"])
    story.do("Соколова", "2026-10-16 09:31", NoteAbsence(lesson=ALGEBRA.id, pupil=pupil))
    again = AddWork(lesson=later.id, kind="control", makes_up=missed, makes_up_lesson=ALGEBRA.id)
    work = UUID(story.do("Соколова", "2026-10-19 09:30", again).parts[-1]["work"])
    story.do("Соколова", "2026-10-19 10:00", GiveMark(lesson=later.id, work=work, pupil=pupil, value="4"))
    made = story.sheet(later).works[work]
    assert (made.makes_up, made.due.isoformat()) == (missed, "2026-10-21T09:24:59")
    assert story.sheet(ALGEBRA).mark(missed, pupil) is None


@pytest.mark.parametrize("page", ["7А Русский язык", "7А Алгебра"])
def test_only_an_earlier_work_of_the_same_page_is_made_up(page: str) -> None:
    story, earlier = Story(), given_lesson("7А Алгебра", "2026-10-14")
    added = story.do("Соколова", "2026-10-16 09:30", AddWork(lesson=ALGEBRA.id, kind="control"))
    missed = UUID(added.parts[-1]["work"])
    lesson = earlier if page == "7А Алгебра" else given_lesson(page, "2026-10-19")
    by = "Соколова" if page == "7А Алгебра" else "Лебедева"
    again = AddWork(lesson=lesson.id, kind="control", makes_up=missed, makes_up_lesson=ALGEBRA.id)
    with pytest.raises(Refusal) as refused:
        story.do(by, "2026-10-19 11:30", again)
    assert refused.value.code == "K-32"


def distance_day() -> Story:
    order = named("приказ о карантине")
    issued = orders.OrderIssued(kind="distance", number="45", date=ALGEBRA.date)
    declared = calendar.DistanceDeclared(
        distance=named("карантин"),
        mode="quarantine",
        first=ALGEBRA.date,
        last=ALGEBRA.date,
        classes=(named("7А"),),
        order=order,
    )
    return Story((order, issued), (streams.calendar(SCHOOL_ID), declared))


def test_a_mark_of_a_distance_day_says_how_it_was_earned() -> None:
    story, pupil = distance_day(), named("Каляна Мария")
    give = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=pupil, value="5", manner="online")
    story.do("Соколова", "2026-10-16 09:50", give)
    (entry,) = story.sheet(ALGEBRA).marks.values()
    assert entry.event.manner == "online"  # type: ignore[attr-defined]
    plain = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=pupil, value="5")
    assert story.do("Соколова", "2026-10-16 09:51", plain).first is None


def test_a_mark_of_an_ordinary_day_says_nothing_of_it() -> None:
    story, pupil = Story(), named("Каляна Мария")
    give = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=pupil, value="5", manner="online")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-16 09:50", give)
    assert refused.value.code == "R-134"


def test_a_mark_is_earned_in_no_third_way() -> None:
    story, pupil = distance_day(), named("Каляна Мария")
    give = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=pupil, value="5", manner="по телефону")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-16 09:50", give)
    assert refused.value.code == "R-134"
