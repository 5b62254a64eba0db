"""C-22: breaches of access and Acts (Усть-Белая 10)."""

from __future__ import annotations

from datetime import date, datetime

from commands.compromise import ConfirmNotice, ReportCompromise
from ledger.entry import Category
from ledger.events.period_marks import PeriodMarkGiven
from tests.acceptance.test_at_19_compromise import ACCOUNT, DARIA, ILIA, INCIDENT, LESSON, MARIA, Theft
from tests.correction_cases import TRIMESTER, sheet_of, written
from tests.projections.control.reported import asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.world import named

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
PAGE = named("7А Алгебра")


def told(act: bool = True) -> Theft:
    """Found out at 10:20 and told at 10:50 (within P-60's hour); Носов has it at 10:55, Орлова at 11:02. The Act makes
    two entries void, and on one of them a mark for the trimester rests."""
    story = Theft()
    story.mark("09:40", MARIA, "3")
    story.mark("10:30", ILIA, "5")
    story.mark("10:58", DARIA, "5")
    dead = story.sheet(LESSON).marks[LESSON.id, DARIA].position
    story.mark("11:04", MARIA, "5")
    story.reported()
    story.received("Носов", "10:55")
    story.received("Орлова", "11:02")
    given = PeriodMarkGiven(
        journal=PAGE, period=TRIMESTER, kind="period", pupil=DARIA, value="5", proposed="5", rests_on=(dead,)
    )
    written(story, "Соколова", "2026-11-18 12:00", Category.PERIOD, sheet_of(PAGE, TRIMESTER), given)
    if act:
        story.act()
    return story


def test_a_breach_with_its_times_and_what_its_act_did(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-22", asked(*NOVEMBER), "2026-11-19 12:00")
    own = line(found, owner="Соколова")
    assert [f"{own[key]:%H:%M}" for key in ("detected", "reported", "support", "director")] == [
        "10:20",
        "10:50",
        "10:55",
        "11:02",
    ]
    kept = ("late", "status", "act", "void", "tainted", "reinstated")
    assert [own[key] for key in kept] == [0, "есть Акт", "Акт № 1 от 18.11.2026", 2, 1, 0]
    assert figures(found) == {"incidents": (1, None, None), "late": (0, 0, 1), "void": (2, None, None)}
    (place,) = behind(paper, "C-22", asked(*NOVEMBER), found.lines[0].key, "2026-11-19 12:00")
    assert place.incident == INCIDENT


def test_a_notice_that_was_received_in_time_was_told_in_time_however_late_it_was_registered(
    paper: Paper,
) -> None:
    """E-16: found out at 10:20, heard at 10:55, registered at 11:50."""
    story, day = Theft(), "2026-11-18"
    detected, heard = (datetime.fromisoformat(f"{day} {at}") for at in ("10:20", "10:55"))
    registered = ReportCompromise(incident=INCIDENT, account=ACCOUNT, detected_at=detected)
    story.do("Кеулькут", f"{day} 11:50", registered)
    story.do("Носов", f"{day} 12:00", ConfirmNotice(incident=INCIDENT, account=ACCOUNT, received_at=heard))
    poured(paper, story)
    late = [
        line(report(paper, "C-22", asked(*NOVEMBER), f"{day} {at}"), owner="Соколова")["late"]
        for at in ("11:55", "12:05")
    ]
    assert late == [30, 0], "before the receipt is declared nobody knows of it"


def test_before_the_act_there_is_a_breach_without_one(paper: Paper) -> None:
    poured(paper, told())
    own = line(report(paper, "C-22", asked(*NOVEMBER), "2026-11-18 13:05"), owner="Соколова")
    assert (own["status"], own["act"], own["void"], own["tainted"]) == ("получено", None, 0, 0)
    assert report(paper, "C-22", asked(*NOVEMBER), "2026-11-18 11:04").lines == ()


def test_breaches_are_those_of_the_days_and_people_asked_for(paper: Paper) -> None:
    poured(paper, told(act=False))

    def count(first: date, last: date, **filters: str) -> int:
        return len(lines(report(paper, "C-22", asked(first, last, **filters), "2026-11-19 12:00")))

    day = date(2026, 11, 18)
    assert [count(day, day), count(date(2026, 11, 19), date(2026, 11, 30))] == [1, 0]
    assert [count(day, day, teacher="Соколова"), count(day, day, teacher="Петров")] == [1, 0]
    assert [count(day, day, class_id="7А"), count(day, day, class_id="6А")] == [1, 0]
