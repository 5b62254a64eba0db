"""C-04 and C-07: what of the lessons is recorded, and whether in time (Perm 3.6, Усть-Белая 9.2, 9.5)."""

from __future__ import annotations

import pytest

from commands.attendance import TakeAttendance
from commands.corrections import CorrectionItem
from commands.homework import SetHomework, SetNoHomework
from commands.lessons import RecordTopic
from ledger.entry import Category
from tests.correction_cases import approves, asks, voided
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import given_lesson, named

ALGEBRA, RUSSIAN, LITERATURE = (
    given_lesson(f"7А {page}", "2026-10-12") for page in ("Алгебра", "Русский язык", "Литература")
)
OF_7A = asked(MONDAY, MONDAY, class_id="7А")


def told() -> Story:
    """Monday in 7А: six lessons, the last ends at 14:05. Algebra is full and in time; Russian full, the homework at
    20:00; literature has «не задано» and a topic, no presence; nothing in the other three."""
    story = Story()
    for lesson, by, at in ((ALGEBRA, "Соколова", "09:30"), (RUSSIAN, "Лебедева", "10:30")):
        story.do(by, f"2026-10-12 {at}", TakeAttendance(lesson=lesson.id, absent=()))
        story.do(by, f"2026-10-12 {at}:30", RecordTopic(lesson=lesson.id, text="Степень", confirmed=True))
    story.do("Лебедева", "2026-10-12 12:00", SetNoHomework(lesson=LITERATURE.id))
    story.do("Лебедева", "2026-10-12 12:01", RecordTopic(lesson=LITERATURE.id, text="Былины", confirmed=True))
    story.do("Соколова", "2026-10-12 15:04", SetHomework(lesson=ALGEBRA.id, text="№ 5"))
    story.do("Лебедева", "2026-10-12 20:00", SetHomework(lesson=RUSSIAN.id, text="упр. 7"))
    return story


def test_homework_in_time_is_a_share_of_the_lessons_that_ask_for_it(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-04", OF_7A)
    assert figures(found) == {"share": (20.0, 1, 5), "late": (1, None, None), "empty": (3, None, None)}
    kept = ("held", "in_time", "late", "not_set", "empty", "free", "share")
    assert [line(found, subject="Алгебра")[key] for key in kept] == [1, 1, 0, 0, 0, 0, 100.0]
    assert [line(found, subject="Русский язык")[key] for key in kept] == [1, 0, 1, 0, 0, 0, 0.0]
    assert [line(found, subject="Литература")[key] for key in kept] == [1, 0, 0, 1, 0, 0, None]


def test_the_first_grade_has_no_homework(paper: Paper) -> None:
    poured(paper, told())
    own = line(report(paper, "C-04", asked(MONDAY, MONDAY, class_id="1А")), subject="Математика")
    assert (own["held"], own["free"], own["empty"], own["share"]) == (1, 1, 0, None)


@pytest.mark.parametrize(("when", "share"), [("2026-10-12 15:05:59", 100.0), ("2026-10-12 15:06", 0.0)])
def test_homework_is_in_time_within_an_hour_after_all_lessons(paper: Paper, when: str, share: float) -> None:
    """W-04: the last lesson of 7А ends at 14:05 on Mondays."""
    story = Story()
    story.do("Соколова", "2026-10-12 15:05" if share else when, SetHomework(lesson=ALGEBRA.id, text="№ 5"))
    poured(paper, story)
    own = line(report(paper, "C-04", OF_7A), subject="Алгебра")
    assert own["share"] == share


def test_a_lesson_counts_when_it_is_over(paper: Paper) -> None:
    """Algebra, the second lesson, ends at 10:05."""
    poured(paper, told())
    only = asked(MONDAY, MONDAY, class_id="7А", subject="Алгебра")
    assert report(paper, "C-04", only, "2026-10-12 10:04:59").lines == ()
    assert figures(report(paper, "C-04", only, "2026-10-12 10:05"))["empty"] == (1, None, None)


def test_a_corrected_homework_keeps_the_time_of_the_first(paper: Paper) -> None:
    story = told()
    for lesson, by, day in ((ALGEBRA, "Соколова", 14), (RUSSIAN, "Лебедева", 15)):
        seen = story.sheet(lesson).homework
        assert seen is not None
        item = CorrectionItem(target="homework", lesson=lesson.id, new="№ 6", seen=seen.position)
        refs = asks(story, by, f"2026-10-{day} 12:00", item)
        approves(story, "Ефимова", f"2026-10-{day} 15:00", *refs)
    poured(paper, story)
    assert figures(report(paper, "C-04", OF_7A))["share"] == (20.0, 1, 5)
    assert line(report(paper, "C-07", OF_7A), teacher="Соколова")["timeliness"] == 100.0


def test_completeness_and_timeliness_of_each_teacher(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-07", OF_7A)
    kept = ("held", "topic", "homework", "attendance", "completeness", "timeliness", "late")
    assert [line(found, teacher="Соколова")[key] for key in kept] == [1, 1, 1, 1, 100.0, 100.0, 0]
    assert [line(found, teacher="Лебедева")[key] for key in kept] == [2, 2, 2, 1, 50.0, 0.0, 1]
    assert [line(found, teacher="Петров")[key] for key in kept] == [1, 0, 0, 0, 0.0, None, 0]
    assert figures(found) == {"completeness": (33.3, 2, 6), "timeliness": (50.0, 1, 2)}


def test_presence_taken_again_late_was_confirmed_in_time(paper: Paper) -> None:
    story = told()
    story.do("Соколова", "2026-10-12 21:00", TakeAttendance(lesson=ALGEBRA.id, absent=()))
    story.do(
        "Петров",
        "2026-10-12 21:00",
        TakeAttendance(lesson=given_lesson("7А Физика", "2026-10-12").id, absent=()),
    )
    poured(paper, story)
    found = report(paper, "C-07", OF_7A)
    assert line(found, teacher="Соколова")["timeliness"] == 100.0
    said = behind(paper, "C-07", OF_7A, str(named("Петров")))
    assert [each.words for each in said] == ["нет: тема, домашнее задание; позже срока: присутствие"]


def test_what_was_declared_void_is_neither_there_nor_late(paper: Paper) -> None:
    story = told()
    late = story.sheet(RUSSIAN).homework
    assert late is not None
    voided(story, "2026-10-20 12:00", Category.LESSON, RUSSIAN.id, late.position)
    poured(paper, story)
    before, after = (report(paper, "C-07", OF_7A, f"2026-10-20 {at}") for at in ("11:59", "12:01"))
    kept = ("homework", "completeness", "late")
    assert [line(before, teacher="Лебедева")[key] for key in kept] == [2, 50.0, 1]
    assert [line(after, teacher="Лебедева")[key] for key in kept] == [1, 0.0, 0]
    assert figures(report(paper, "C-04", OF_7A, "2026-10-20 12:01"))["empty"] == (4, None, None)


def test_one_teacher_is_asked_for_alone(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-07", asked(MONDAY, MONDAY, teacher="Соколова"))
    assert [own.key for own in found.lines] == [str(named("Соколова"))]
    assert (
        line(report(paper, "C-04", asked(MONDAY, MONDAY, teacher="Соколова")), subject="Алгебра")["held"] == 1
    )


def test_behind_homework_stand_the_lessons(paper: Paper) -> None:
    poured(paper, told())
    (only,) = behind(paper, "C-04", OF_7A, f"{named('7А')}/{named('Русский язык')}")
    assert (only.words, only.lesson) == ("записано позже срока", RUSSIAN.id)
