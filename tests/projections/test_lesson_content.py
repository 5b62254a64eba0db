"""What the lesson page asks and offers by 7.15: prefixes, the pair of an essay, the task, the briefing, materials."""

from __future__ import annotations

from commands.completion import CompleteLesson, RecordBriefing
from commands.lessons import RecordTopic
from commands.materials import AttachLink
from ledger import streams
from ledger.events.calendar import DistanceDeclared
from ledger.events.orders import OrderIssued
from ledger.timetable import Lesson
from projections import journal, lesson
from projections.lesson import LessonPage
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
ENGLISH = given_lesson("7А Иностранный язык", "2026-10-15")
PHYSICS = given_lesson("7А Физика", "2026-10-14")
FIRST, SECOND = (
    given_lesson("10А Литература", "2026-10-12", 1),
    given_lesson("10А Литература", "2026-10-12", 2),
)
RUSSIAN = given_lesson("7А Русский язык", "2026-10-12")


def shown(paper: Paper, story: Story, of: Lesson, when: str = "2026-10-20 12:00") -> LessonPage:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading(when) as reading:
        return lesson.page(reading, of.id, KEY_OF)


def test_prefixes_are_offered_where_the_act_prescribes_them(paper: Paper) -> None:
    story = Story()
    assert shown(paper, story, FIRST).content.prefixes == ("Вн.чт.", "Выр.чт.", "Р.р.")
    assert shown(paper, story, RUSSIAN).content.prefixes != ()
    assert shown(paper, story, ALGEBRA).content.prefixes == ()


def test_the_second_lesson_of_an_essay_takes_its_words_from_the_first(paper: Paper) -> None:
    story = Story()
    before = dict(shown(paper, story, SECOND).content.pair)
    assert before["1-й урок: подготовка к сочинению"] == "1-й урок. Р.р. Подготовка к сочинению "
    assert before["2-й урок: сочинение"] == "2-й урок. Р.р. Сочинение "
    said = "1-й урок. Р.р. Подготовка к сочинению по творчеству поэтов «серебряного века»"
    story.do("Лебедева", "2026-10-12 09:00", RecordTopic(lesson=FIRST.id, text=said))
    after = dict(shown(paper, story, SECOND).content.pair)
    assert after["2-й урок: сочинение"] == "2-й урок. Р.р. Сочинение по творчеству поэтов «серебряного века»"


def test_in_russian_the_pair_is_an_exposition(paper: Paper) -> None:
    titles = [title for title, _ in shown(paper, Story(), RUSSIAN).content.pair]
    assert titles == ["1-й урок: подготовка к изложению", "2-й урок: изложение"]


def test_the_task_of_a_foreign_language_is_asked_and_shown_beside_the_topic(paper: Paper) -> None:
    story = Story()
    assert shown(paper, story, ALGEBRA).content.task is None
    assert shown(paper, story, ENGLISH).content.task == ""
    said = RecordTopic(lesson=ENGLISH.id, text="Моя семья", task="Ознакомление с артиклем")
    story.do("Громова", "2026-10-15 09:50", said)
    assert shown(paper, story, ENGLISH).content.task == "Ознакомление с артиклем"
    with paper.reading("2026-10-20 12:00") as reading:
        page = journal.page(reading, ENGLISH.journal)
    (line,) = (each for each in page.lines if each.lesson == ENGLISH.id)
    assert (line.topic, line.task) == ("Моя семья", "Ознакомление с артиклем")


def test_the_briefing_and_the_completion_of_a_lesson(paper: Paper) -> None:
    story = Story()
    assert shown(paper, story, ALGEBRA).content.briefing is None
    assert shown(paper, story, PHYSICS).content.briefing == ""
    told = story.do("Петров", "2026-10-14 10:30", RecordBriefing(lesson=PHYSICS.id, text="ТБ, инструкция 4"))
    story.do("Петров", "2026-10-14 11:00", CompleteLesson(lesson=PHYSICS.id, confirmed=True))
    content = shown(paper, story, PHYSICS).content
    assert (content.briefing, content.briefing_seen) == ("ТБ, инструкция 4", told.last)
    assert content.completed
    again = story.do("Петров", "2026-10-14 11:01", CompleteLesson(lesson=PHYSICS.id, confirmed=True))
    assert again.first is None


def test_a_material_is_shown_as_of_its_moment(paper: Paper) -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:40", AttachLink(lesson=ALGEBRA.id, url="https://resh.edu.ru/7/"))
    (material,) = shown(paper, story, ALGEBRA).materials
    assert (material.to, material.address, material.host) == (
        "lesson",
        "https://resh.edu.ru/7/",
        "resh.edu.ru",
    )
    assert shown(paper, story, ALGEBRA, "2026-10-12 09:39").materials == ()


def test_on_a_distance_day_materials_are_wanted(paper: Paper) -> None:
    order = named("приказ о карантине")
    issued = OrderIssued(kind="distance", number="45", date=ALGEBRA.date)
    declared = DistanceDeclared(
        distance=named("карантин"),
        mode="quarantine",
        first=ALGEBRA.date,
        last=ALGEBRA.date,
        classes=(named("7А"),),
        order=order,
    )
    story = Story((order, issued), (streams.calendar(SCHOOL_ID), declared))
    assert shown(paper, story, ALGEBRA).content.materials_wanted
    assert not shown(paper, story, PHYSICS).content.materials_wanted
