"""C-16, C-17, C-25: corrections, hours for pay, weekly slips."""

from __future__ import annotations

from datetime import date

from commands.lessons import RecordTopic
from ledger import streams
from ledger.entry import Category, Role
from ledger.events.families import PaperInformingDeclared, SlipHandedOut, SlipsPrepared
from ledger.personal import PersonalText
from projections.control.report import opened
from tests.correction_cases import (
    ALGEBRA,
    KALYANA,
    OLGA,
    approves,
    three,
    voided,
    written,
)
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import KEY_OF, Paper
from tests.projections.test_substitutions import WEDNESDAY, covered, item
from tests.story import Story
from tests.world import SCHOOL_ID, named

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def test_the_register_of_corrections_says_who_what_why_and_how_soon(paper: Paper) -> None:
    """Asked on 19.10 at 12:00, decided at 15:00."""
    story = Story()
    approves(story, "Ефимова", "2026-10-19 15:00", three(story))
    poured(paper, story)
    found = report(paper, "C-16", asked(*OCTOBER), "2026-10-20 12:00")
    own = line(found, number=1)
    assert isinstance(own["reason"], PersonalText)
    assert line(opened(found, KEY_OF), number=1)["reason"] == "Отметка поставлена не той ученице"
    assert {key: str(value) for key, value in own.items() if key != "reason"} == {
        "number": "1",
        "asked": "2026-10-19 12:00:00",
        "cell": "7А, Алгебра, Каляна Мария, 12.10.2026, 2-й урок, ответ на уроке",
        "old": "3",
        "new": "4",
        "kind": "текущая",
        "requester": "Соколова",
        "status": "исправлено",
        "approver": "Ефимова",
        "basis": "ошибочная запись",
        "hours": "3.0",
    }
    assert figures(found)["hours"] == (3.0, None, None)
    (place,) = behind(paper, "C-16", asked(*OCTOBER), found.lines[0].key, "2026-10-20 12:00")
    assert (place.lesson, place.pupil, place.date) == (ALGEBRA.id, KALYANA, ALGEBRA.date)


def test_a_correction_waits_until_it_is_decided_and_a_void_takes_it_away(paper: Paper) -> None:
    story = Story()
    three(story)
    (asking,) = story.entries(streams.corrections(SCHOOL_ID, ALGEBRA.id))
    voided(story, "2026-10-20 12:00", Category.CASE, asking.stream, asking.position)
    poured(paper, story)
    waiting = line(report(paper, "C-16", asked(*OCTOBER), "2026-10-20 11:59"), number=1)
    assert (waiting["status"], waiting["approver"], waiting["hours"]) == ("ждёт решения", None, None)
    assert report(paper, "C-16", asked(*OCTOBER), "2026-10-20 12:01").lines == ()


def test_corrections_are_those_of_the_pages_and_people_asked_for(paper: Paper) -> None:
    story = Story()
    three(story)
    poured(paper, story)

    def count(**filters: str) -> int:
        return len(report(paper, "C-16", asked(*OCTOBER, **filters), "2026-10-20 12:00").lines)

    assert [count(), count(class_id="7А"), count(class_id="6А"), count(subject="Физика")] == [1, 1, 0, 0]
    assert [count(teacher="Соколова"), count(teacher="Петров")] == [1, 0]
    assert report(paper, "C-16", asked(MONDAY, MONDAY), "2026-10-20 12:00").lines == ()


def test_hours_are_counted_by_teacher_and_month(paper: Paper) -> None:
    """On Wednesday Соколова stands in for Петров, whose Monday has a topic."""
    story = covered(item(WEDNESDAY, "Соколова"))
    story.do("Соколова", "2026-10-14 10:40", RecordTopic(lesson=WEDNESDAY.id, text="Вес тела"))
    poured(paper, story)
    week = asked(MONDAY, date(2026, 10, 14), class_id="7А", subject="Физика")
    found = report(paper, "C-17", week, "2026-10-14 11:10")
    own, other = line(found, teacher="Петров"), line(found, teacher="Соколова")
    kept = ("month", "own", "stood_in", "for_whom", "given_away", "by_whom", "missing")
    assert [own[key] for key in kept] == ["10.2026", 1, 0, "", 1, "Соколова", 0]
    assert [other[key] for key in kept] == ["10.2026", 0, 1, "Петров", 0, "", 0]
    assert figures(found) == {
        "held": (2, None, None),
        "stood_in": (1, None, None),
        "missing": (0, None, None),
    }
    said = behind(paper, "C-17", week, f"{named('Петров')}/2026-10-01", "2026-10-14 11:10")
    assert [each.words for each in said] == ["7А, Физика: по нагрузке", "7А, Физика: замещён(а), Соколова"]
    assert report(paper, "C-17", week, "2026-10-12 08:00").lines == ()


def test_hours_of_two_months_are_two_lines(paper: Paper) -> None:
    poured(paper, Story())
    weeks = asked(date(2026, 9, 28), date(2026, 10, 2), teacher="Соколова")
    found = report(paper, "C-17", weeks)
    assert [(own["month"], own["own"], own["missing"]) for own in lines(found)] == [
        ("09.2026", 0, 2),
        ("10.2026", 0, 1),
    ]


SLIPS = streams.slips(SCHOOL_ID, named("7А"), MONDAY)
MOTHER = named("Каляна Анна")


def on_paper() -> Story:
    """Two families on paper since 1.10; in the week of 12.10 slips of both, one handed out on Friday."""
    story = Story()
    declared = PaperInformingDeclared(first=date(2026, 10, 1))
    for pupil in (KALYANA, OLGA):
        written(story, "Громова", "2026-09-30 12:00", Category.SCHOOL, pupil, declared)
    prepared = SlipsPrepared(class_id=named("7А"), week=MONDAY, position=100, pupils=(KALYANA, OLGA))
    written(story, "Громова", "2026-10-16 15:00", Category.CASE, SLIPS, prepared)
    handed = SlipHandedOut(pupil=KALYANA, receiver=MOTHER)
    written(story, "Громова", "2026-10-16 15:30", Category.CASE, SLIPS, handed, role=Role.CLASS_TEACHER)
    return story


def test_slips_of_families_on_paper_are_prepared_and_handed_out(paper: Paper) -> None:
    poured(paper, on_paper())
    found = report(paper, "C-25", asked(), "2026-10-17 12:00")
    assert figures(found) == {"handed": (50.0, 1, 2)}
    own = line(found, pupil="Каляна Мария")
    assert (str(own["week"]), str(own["prepared"]), str(own["handed"])) == (
        "2026-10-12",
        "2026-10-16 15:00:00",
        "2026-10-16 15:30:00",
    )
    assert (own["by"], line(found, pupil="Ященко Ольга")["handed"]) == ("Громова", None)
    assert figures(report(paper, "C-25", asked(), "2026-10-16 15:29")) == {"handed": (0.0, 0, 2)}
    assert figures(report(paper, "C-25", asked(class_id="6А"), "2026-10-17 12:00")) == {
        "handed": (None, 0, 0)
    }
    assert figures(report(paper, "C-25", asked(teacher="Громова"), "2026-10-17 12:00"))["handed"][2] == 2
    assert report(paper, "C-25", asked(teacher="Соколова"), "2026-10-17 12:00").lines == ()


def test_a_week_that_is_over_without_a_slip_is_missing_one(paper: Paper) -> None:
    """The week of 5.10; that of 19.10 is not over on its Sunday, and over on the Monday after."""
    poured(paper, on_paper())
    weeks = asked(date(2026, 10, 5), date(2026, 10, 25))
    sunday, monday = (report(paper, "C-25", weeks, f"2026-10-{at}") for at in ("25 23:59", "26 00:01"))
    assert figures(sunday) == {"handed": (25.0, 1, 4)}
    assert figures(monday) == {"handed": (16.7, 1, 6)}
    assert [own["prepared"] for own in lines(sunday)][:2] == [None, None]
