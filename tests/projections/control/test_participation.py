"""C-01: teachers with a valid entry among those who gave a lesson (Perm 3.6)."""

from __future__ import annotations

from datetime import date

from commands.corrections import CorrectionItem
from commands.lessons import RecordTopic
from ledger.entry import Category
from tests.correction_cases import ALGEBRA, approves, asks, give, of_mark, voided
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import given_lesson, named

OF_7A = asked(MONDAY, MONDAY, class_id="7А")


def test_the_share_is_of_teachers_who_gave_a_lesson(paper: Paper) -> None:
    """Monday in 7А: Громова, Соколова, Лебедева (two), Ким, Петров; two of the five wrote."""
    story = Story()
    give(story, "Соколова", ALGEBRA, "Каляна Мария", "4")
    physics = given_lesson("7А Физика", "2026-10-12")
    story.do("Петров", "2026-10-12 13:40", RecordTopic(lesson=physics.id, text="Сила", confirmed=True))
    poured(paper, story)
    found = report(paper, "C-01", OF_7A)
    assert figures(found) == {"participation": (40.0, 2, 5)}
    said = {own["teacher"]: (own["held"], own["entries"], own["takes_part"]) for own in lines(found)}
    assert said == {
        "Громова": (1, 0, "нет"),
        "Ким": (1, 0, "нет"),
        "Лебедева": (2, 0, "нет"),
        "Петров": (1, 1, "да"),
        "Соколова": (1, 1, "да"),
    }
    assert [each.lesson for each in behind(paper, "C-01", OF_7A, str(named("Петров")))] == [physics.id]


def test_an_entry_of_another_class_is_none_of_this_one(paper: Paper) -> None:
    story = Story()
    lesson = given_lesson("6А Русский язык", "2026-10-12")
    give(story, "Лебедева", lesson, "Эттувги Роман", "4")
    poured(paper, story)
    assert line(report(paper, "C-01", OF_7A), teacher="Лебедева")["takes_part"] == "нет"
    school = report(paper, "C-01", asked(MONDAY, MONDAY))
    assert line(school, teacher="Лебедева")["takes_part"] == "да"
    assert figures(school) == {"participation": (16.7, 1, 6)}


def test_whoever_was_corrected_by_the_deputy_takes_part_all_the_same(paper: Paper) -> None:
    story = Story()
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    refs = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    approves(story, "Ефимова", "2026-10-14 15:00", *refs)
    poured(paper, story)
    own = line(report(paper, "C-01", OF_7A), teacher="Соколова")
    assert (own["entries"], own["takes_part"]) == (0, "да")


def test_a_deputy_who_teaches_keeps_no_journal_by_approving_a_correction(paper: Paper) -> None:
    """Ефимова gives geometry on Thursday and writes nothing; a mark and a topic of Соколова she corrects."""
    story, thursday = Story(), date(2026, 10, 15)
    topic = RecordTopic(lesson=ALGEBRA.id, text="Дробы", confirmed=True)
    story.do("Соколова", "2026-10-12 10:05", topic)
    seen = story.sheet(ALGEBRA).topic
    assert seen is not None
    item = CorrectionItem(target="topic", lesson=ALGEBRA.id, new="Дроби", seen=seen.position)
    mark = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    refs = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", mark), item)
    approves(story, "Ефимова", "2026-10-14 15:00", *refs)
    poured(paper, story)
    own = line(report(paper, "C-01", asked(MONDAY, thursday, class_id="7А")), teacher="Ефимова")
    assert (own["held"], own["entries"], own["takes_part"]) == (1, 0, "нет")


def test_a_void_takes_part_away_and_before_it_there_was(paper: Paper) -> None:
    story = Story()
    position = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    voided(story, "2026-10-20 12:00", Category.LESSON, ALGEBRA.id, position)
    poured(paper, story)
    before, after = (report(paper, "C-01", OF_7A, f"2026-10-20 {at}") for at in ("11:59", "12:01"))
    assert figures(before) == {"participation": (20.0, 1, 5)}
    assert figures(after) == {"participation": (0.0, 0, 5)}


def test_one_teacher_is_asked_for_alone(paper: Paper) -> None:
    poured(paper, Story())
    found = report(paper, "C-01", asked(MONDAY, MONDAY, teacher="Ким"))
    assert figures(found) == {"participation": (0.0, 0, 1)}


def test_a_week_without_lessons_has_no_share(paper: Paper) -> None:
    """The autumn holidays."""
    poured(paper, Story())
    found = report(paper, "C-01", asked(date(2026, 11, 23), date(2026, 11, 27)), "2026-11-30 08:00")
    assert (found.lines, figures(found)) == ((), {"participation": (None, 0, 0)})
