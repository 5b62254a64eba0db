"""C-18: late entries and refused attempts (Усть-Белая 7.14, Perm 3.7), and the refusals of C-07."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commands.attendance import TakeAttendance
from commands.deciding import Refusal
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from ledger.appending import Append
from ledger.entry import Category
from projections.control import REPORTS
from projections.control.report import Asked
from tests.correction_cases import ALGEBRA, voided
from tests.projections.control.reported import (
    FRIDAY,
    MONDAY,
    asked,
    behind,
    figures,
    line,
    lines,
    poured,
    report,
)
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named, stamp

PHYSICS = given_lesson("7А Физика", "2026-10-12")
OF_MONDAY = asked(MONDAY, MONDAY)


def told() -> Story:
    """Homework 54 minutes late at 16:00 (due till 15:05:59), presence at 14:36, half an hour after the lesson."""
    story = Story()
    story.do("Петров", "2026-10-12 14:36", TakeAttendance(lesson=PHYSICS.id, absent=()))
    story.do("Соколова", "2026-10-12 16:00", SetHomework(lesson=ALGEBRA.id, text="№ 5"))
    return story


def test_what_was_late_says_when_who_which_term_and_how_long(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-18", OF_MONDAY)
    homework, presence = line(found, person="Соколова"), line(found, person="Петров")
    assert str(homework["at"]) == "2026-10-12 16:00:00"
    kept = ("what", "where", "delay", "outcome")
    assert [homework[key] for key in kept] == [
        "домашнее задание",
        "7А, Алгебра",
        55,
        "принято с опозданием",
    ]
    assert [presence[key] for key in kept] == ["присутствие", "7А, Физика", 31, "принято с опозданием"]
    assert [homework["window"][:4], presence["window"][:4]] == ["W-04", "W-05"]
    assert figures(found) == {
        "late": (2, None, None),
        "permitted": (0, None, None),
        "refused": (0, None, None),
    }
    (place,) = behind(paper, "C-18", OF_MONDAY, found.lines[1].key)
    assert (place.lesson, place.journal) == (ALGEBRA.id, named("7А Алгебра"))


def test_late_entries_are_those_of_the_page_and_the_person_asked_for(paper: Paper) -> None:
    poured(paper, told())

    def who(**filters: str) -> list[str]:
        return [own["person"] for own in lines(report(paper, "C-18", asked(MONDAY, MONDAY, **filters)))]

    assert who() == ["Петров", "Соколова"]
    assert (who(subject="Алгебра"), who(teacher="Петров")) == (["Соколова"], ["Петров"])
    assert (who(class_id="6А"), who(level="ООО")) == ([], ["Петров", "Соколова"])


def test_a_void_takes_a_late_entry_away_and_voiding_the_void_gives_it_back(paper: Paper) -> None:
    story = told()
    late = story.sheet(ALGEBRA).homework
    assert late is not None
    voided(story, "2026-10-20 12:00", Category.LESSON, ALGEBRA.id, late.position)
    act = story.entries(ALGEBRA.id)[-1].position
    voided(story, "2026-10-21 12:00", Category.LESSON, ALGEBRA.id, act)
    poured(paper, story)
    counts = [
        figures(report(paper, "C-18", OF_MONDAY, when))["late"][0]
        for when in ("2026-10-12 15:59", "2026-10-20 11:59", "2026-10-20 12:01", "2026-10-21 12:01")
    ]
    assert counts == [1, 2, 1, 2]


def refused(paper: Paper) -> Asked:
    """Петров enters Monday's topic on Tuesday and is refused; the attempt kept in the database as of now, and the day
    it is of there."""
    story = told()
    with pytest.raises(Refusal):
        story.do("Петров", "2026-10-13 08:00", RecordTopic(lesson=PHYSICS.id, text="Сила", confirmed=True))
    (attempt,) = story.store.refusals(SCHOOL_ID)
    poured(paper, story)
    made = replace(stamp("Петров", "2026-10-13 08:00"), received_at=datetime.now(UTC))
    paper.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", refused=attempt.refused))
    with paper.reading(None) as reading:
        return Asked(first=reading.today, last=reading.today)


def test_a_refused_attempt_is_kept_with_its_term(paper: Paper) -> None:
    today = refused(paper)
    found = report(paper, "C-18", today, None)
    own = line(found, person="Петров")
    assert [own[key] for key in ("what", "where", "delay", "outcome")] == [
        "тема урока",
        "7А, Физика",
        None,
        "отказано",
    ]
    assert own["window"].startswith("W-03")
    assert figures(found)["refused"] == (1, None, None)
    (place,) = behind(paper, "C-18", today, found.lines[0].key, None)
    assert place.lesson == PHYSICS.id
    assert report(paper, "C-18", today, "2026-10-18 12:00").lines == (), "at that moment there was none"


def test_refused_attempts_stand_beside_the_lessons_of_the_teacher(paper: Paper) -> None:
    """C-07 counts the attempts of its days: of a class those about its lessons."""
    today = refused(paper)
    days = Asked(first=MONDAY, last=max(FRIDAY, today.last))
    with paper.reading(None) as reading:
        everywhere = REPORTS["C-07"].report(reading, days)
        elsewhere = REPORTS["C-07"].report(reading, replace(days, class_id=named("10А")))
    assert line(everywhere, teacher="Петров")["refused"] == 1
    assert {own["refused"] for own in lines(elsewhere)} <= {0}
