"""Reports of errors: from the very cell, answered in a day, in words (R-168, W-22, P-59)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

import pytest

from commands.deciding import Refusal
from commands.error_reports import CloseErrorReport, ForwardErrorReports, ReportError, ReportRef
from commands.handle import Answer
from commands.marks import GiveMark
from ledger import streams
from ledger.error_report import ErrorTickets, fold_error_reports
from ledger.events import roster
from ledger.personal import unseal
from tests.story import KEY, Story
from tests.world import SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
PAGE, MARIA, ILYA = named("7А Алгебра"), named("Каляна Мария"), named("Вуквукай Илья")
MOTHER = "мать Каляны"
PERIOD = named("ООО I триместр")
SHEET = streams.period_sheet(SCHOOL_ID, PAGE, PERIOD)
HERE = {"journal": PAGE, "lesson": LESSON.id}


def reported(**fields: object) -> ReportError:
    given: dict[str, object] = {
        **HERE,
        "target": "mark",
        "work": LESSON.id,
        "pupil": MARIA,
        "text": "В тетради стоит 5",
        **fields,
    }
    return ReportError(**given)  # type: ignore[arg-type]


@pytest.fixture
def story() -> Story:
    made = Story((MARIA, roster.GuardianLinked(guardian=named(MOTHER), kinship="мать")))
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="4")
    made.do("Соколова", "2026-10-12 09:40", give)
    return made


def tickets(story: Story, about: UUID = LESSON.id) -> ErrorTickets:
    return fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, about)))


def the_report(story: Story) -> UUID:
    (report,) = tickets(story).tickets
    return report


def ref(story: Story) -> ReportRef:
    return ReportRef(report=the_report(story), **HERE)  # type: ignore[arg-type]


def close(story: Story, **fields: object) -> CloseErrorReport:
    given: dict[str, object] = {
        **HERE,
        "report": the_report(story),
        "corrected": False,
        "answer": "Отметка верна",
        **fields,
    }
    return CloseErrorReport(**given)  # type: ignore[arg-type]


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def codes(answer: Answer) -> list[tuple[str, int | None]]:
    return [(finding["code"], finding["delay"]) for finding in answer.findings]


def test_a_mother_reports_an_error_from_the_cell_and_the_day_to_answer_is_fixed(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    (ticket,) = tickets(story).tickets.values()
    said = ticket.reported.event
    assert (ticket.status, ticket.reported.stamp.role) == ("reported", "guardian")
    assert said.due == datetime.fromisoformat("2026-10-13 20:15")  # type: ignore[attr-defined]
    assert unseal(said.text, {named(MOTHER): KEY}.get) == "В тетради стоит 5"  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["Каляна Мария", "Громова", "Дьячкова", "Орлова"])
def test_the_pupil_the_class_teacher_the_deputy_and_the_director_report_too(story: Story, who: str) -> None:
    story.do(who, "2026-10-12 20:15", reported())
    assert [t.status for t in tickets(story).tickets.values()] == ["reported"]


@pytest.mark.parametrize("who", [MOTHER, "Вуквукай Илья", "Ким", "Кеулькут", "Носов"])
def test_a_family_reports_of_its_own_child_only_and_others_not_at_all(story: Story, who: str) -> None:
    command = reported() if who != MOTHER else reported(pupil=ILYA)
    assert refused(story, who, "2026-10-12 20:15", command).code == "not-allowed"


def test_a_family_reports_of_a_topic_in_the_name_of_its_child(story: Story) -> None:
    topic = reported(target="topic", work=None)
    story.do(MOTHER, "2026-10-12 20:15", topic)
    assert (
        refused(story, MOTHER, "2026-10-12 20:16", reported(target="topic", work=None, pupil=None)).status
        == 403
    )
    story.do("Громова", "2026-10-12 20:17", reported(target="topic", work=None, pupil=None))
    assert len(tickets(story).tickets) == 2


@pytest.mark.parametrize(
    "place",
    [
        {"work": None},
        {"work": named("такой работы нет")},
        {"target": "topic"},  # a topic has no column
        {"target": "everything"},
        {"journal": named("7А Физика")},
        {"target": "absence", "work": None, "pupil": None},
        {"lesson": None, "work": None},
        {"lesson": None, "work": None, "target": "period_mark", "period": PERIOD},
        {"lesson": None, "work": None, "target": "period_mark", "period": PERIOD, "kind": "year"},
        {"pupil": named("Кергитваль Олег")},  # of another class
        {"period": PERIOD},
    ],
)
def test_a_report_about_a_place_that_is_not_there_is_refused(story: Story, place: dict[str, object]) -> None:
    said = refused(story, "Дьячкова", "2026-10-12 20:15", reported(**place))
    assert (said.code, said.status) == ("report-place", 422)
    assert tickets(story).tickets == {}


def test_a_report_about_a_lesson_or_a_period_that_never_was_is_refused(story: Story) -> None:
    said = refused(story, "Дьячкова", "2026-10-12 20:15", reported(lesson=named("нет такого урока")))
    assert (said.code, said.status) == ("lesson-exists", 404)
    sheet = {"lesson": None, "work": None, "target": "period_mark", "kind": "period"}
    said = refused(story, "Дьячкова", "2026-10-12 20:16", reported(**sheet, period=named("нет")))
    assert (said.code, said.status) == ("no-period", 404)


@pytest.mark.parametrize("text", ["", "   ", "а" * 501, "плохо\x00"])
def test_the_text_is_plain_and_not_too_long(story: Story, text: str) -> None:
    assert refused(story, MOTHER, "2026-10-12 20:15", reported(text=text)).code == "plain-text"


def test_five_hundred_characters_are_not_too_long(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported(text="а" * 500))
    assert len(tickets(story).tickets) == 1


def test_the_same_person_says_the_same_once_while_it_waits(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    assert refused(story, MOTHER, "2026-10-12 20:16", reported(text="ещё раз")).code == "report-waits"
    story.do("Каляна Мария", "2026-10-12 20:17", reported())  # another reader
    first = next(t.report for t in tickets(story).tickets.values() if t.reported.stamp.role == "guardian")
    story.do("Дьячкова", "2026-10-13 09:00", close_of(first))
    story.do(MOTHER, "2026-10-13 20:15", reported(text="и всё-таки"))
    assert len(tickets(story).tickets) == 3


def close_of(report: UUID) -> CloseErrorReport:
    return CloseErrorReport(report=report, corrected=True, answer="Исправлено", **HERE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2026-10-13 20:15:00", []),
        ("2026-10-13 20:15:00.999", []),
        ("2026-10-13 20:15:01", [("W-22", 1)]),
        ("2026-10-14 20:15:00", [("W-22", 86400)]),
    ],
)
@pytest.mark.parametrize("act", ["forward", "close"])
def test_after_twenty_four_hours_acting_on_a_report_is_reported(
    story: Story, when: str, found: list[tuple[str, int]], act: str
) -> None:
    story.do(MOTHER, "2026-10-12 20:15:00", reported())
    command = close(story) if act == "close" else ForwardErrorReports(reports=(ref(story),))
    answer = story.do("Дьячкова", when, command)
    assert codes(answer) == found
    if found:
        assert "13.10.2026 20:15" in answer.findings[0]["sentence"]


def test_an_answer_after_the_forwarding_in_time_is_not_late(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    note = "посмотрите, пожалуйста"
    story.do("Дьячкова", "2026-10-13 09:00", ForwardErrorReports(reports=(ref(story),), note=note))
    assert [t.status for t in tickets(story).tickets.values()] == ["forwarded"]
    assert codes(story.do("Дьячкова", "2026-10-16 09:00", close(story))) == []
    assert [t.status for t in tickets(story).tickets.values()] == ["closed"]


def test_the_director_answers_what_waited_too_long(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    assert codes(story.do("Орлова", "2026-10-13 20:16", close(story))) == [("W-22", 60)]


def test_a_report_is_forwarded_once_and_answered_once(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    forward = ForwardErrorReports(reports=(ref(story),))
    story.do("Дьячкова", "2026-10-13 09:00", forward)
    assert refused(story, "Ефимова", "2026-10-13 09:01", forward).code == "report-decided"
    story.do("Дьячкова", "2026-10-13 09:02", close(story))
    assert refused(story, "Ефимова", "2026-10-13 09:03", close(story)).code == "report-decided"
    assert refused(story, "Ефимова", "2026-10-13 09:04", forward).code == "report-decided"


def test_closing_needs_an_answer_and_a_report_that_is_there(story: Story) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    assert refused(story, "Дьячкова", "2026-10-13 09:00", close(story, answer=" ")).code == "plain-text"
    other = close(story, report=uuid5(SCHOOL_ID, "другое"))
    assert refused(story, "Дьячкова", "2026-10-13 09:01", other).code == "report-exists"
    nowhere = close(story, lesson=None)
    assert refused(story, "Дьячкова", "2026-10-13 09:02", nowhere).code == "report-exists"
    nobody = ForwardErrorReports(reports=())
    assert refused(story, "Дьячкова", "2026-10-13 09:03", nobody).code == "reports"


@pytest.mark.parametrize("who", [MOTHER, "Соколова", "Громова", "Носов"])
def test_only_the_deputy_and_the_director_decide(story: Story, who: str) -> None:
    story.do(MOTHER, "2026-10-12 20:15", reported())
    assert refused(story, who, "2026-10-13 09:00", close(story)).status == 403


def test_a_period_mark_is_reported_and_answered_from_its_sheet(story: Story) -> None:
    of_sheet = reported(target="period_mark", lesson=None, work=None, period=PERIOD, kind="period")
    story.do(MOTHER, "2026-11-20 18:00", of_sheet)
    (ticket,) = tickets(story, SHEET).tickets.values()
    answer = CloseErrorReport(
        report=ticket.report, journal=PAGE, period=PERIOD, corrected=True, answer="Исправлено по распоряжению"
    )
    assert codes(story.do("Дьячкова", "2026-11-21 18:00:01", answer)) == [("W-22", 1)]
    assert [t.status for t in tickets(story, SHEET).tickets.values()] == ["closed"]


def test_a_report_changes_nothing_of_the_record(story: Story) -> None:
    before = story.sheet(LESSON)
    story.do(MOTHER, "2026-10-12 20:15", reported())
    story.do("Дьячкова", "2026-10-13 09:00", close(story, corrected=True))
    assert story.sheet(LESSON) == before
