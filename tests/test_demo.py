"""The demonstration tells six weeks of a school through the same commands, on whatever day it is started."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from commands.importing import ids
from commands.tuition import home_pages
from ledger import accounts, people, streams
from ledger.entry import Entry, Origin
from ledger.events.attendance import (
    AbsenceDisputed,
    AbsenceDisputeDecided,
    AbsenceNoted,
    AbsencesExplained,
    AttendanceTaken,
)
from ledger.events.corrections import (
    CorrectionApproved,
    CorrectionConcluded,
    CorrectionDeclined,
    CorrectionRequested,
)
from ledger.events.error_reports import ErrorReportClosed, ErrorReported
from ledger.events.homework import HomeworkSet
from ledger.events.late_entries import LateEntryPermitted, LateEntryRequested, LateEntryUsed
from ledger.events.lessons import LessonHeld, TopicRecorded
from ledger.events.marks import MarkGiven, WorkAdded
from ledger.events.period_marks import (
    ExceptionGranted,
    ExceptionRequested,
    PeriodClosed,
    PeriodMarkGiven,
)
from ledger.events.promotion import PromotionProposed
from ledger.late_entry import fold_late_entries
from ledger.lesson import fold_lesson
from ledger.regulation import Regulation
from ledger.rules.corrections import REINSTATEMENT
from ledger.school import School
from tests.databases import Database
from tests.importing import SCHOOL, ZONE, Ground
from tests.small_school import sign_in
from web import passwords
from web.app import create_app
from web.cli_demo import make_if_empty
from web.cluster import Dsns
from web.config import Config
from web.demo import founding, story, thematic_plan
from web.demo.foreseen import foresee
from web.demo.make import begun, make
from web.demo.steps import run
from web.keyfile import create_key, read_key
from web.premises import Premises, Settings, open_premises

SATURDAY_IN_JULY = datetime.fromisoformat("2027-07-10 12:00")


@dataclass(frozen=True)
class Told:
    """A demonstration and the local time it was made at."""

    now: datetime
    school: School
    regulation: Regulation
    entries: tuple[Entry, ...]
    ground: Ground

    def lesson_entries(self, day: date) -> dict[object, list[Entry]]:
        """By the lessons of the day, empty ones too."""
        found: dict[object, list[Entry]] = {
            lesson.id: [] for lesson in self.school.timetable.by_day.get(day, ())
        }
        for entry in self.entries:
            if entry.stream in found:
                found[entry.stream].append(entry)
        return found


def tell(now: datetime) -> Told:
    ground, laid = Ground(), founding.plan(now.date())

    def clock() -> datetime:
        return now.replace(tzinfo=ZONE)

    run(founding.founding_steps(laid), SCHOOL, ZONE, ground.house, clock)
    foreseen = foresee(laid, SCHOOL, ZONE, now)
    steps = (*foreseen.affairs, *story.steps(foreseen.school, foreseen.regulation, now))
    run(steps, SCHOOL, ZONE, ground.house, clock)
    return Told(now, ground.school, foreseen.regulation, ground.entries(), ground)


@pytest.fixture(scope="module")
def told() -> Told:
    return tell(SATURDAY_IN_JULY)


def test_every_entry_says_it_was_imported_and_they_stand_in_the_order_of_their_own_time(told: Told) -> None:
    assert {entry.stamp.origin for entry in told.entries} == {Origin.IMPORT}
    times = [entry.at for entry in told.entries]
    assert times == sorted(times)
    assert times[-1] <= told.now.replace(tzinfo=ZONE)
    assert not told.ground.store.refusals(SCHOOL)


def test_six_weeks_are_taught_with_topics_presence_marks_and_written_works(told: Told) -> None:
    counts = Counter(type(entry.event).__name__ for entry in told.entries)
    assert counts["LessonHeld"] > 2_000
    assert (
        counts["TopicRecorded"] == counts["AttendanceTaken"] + 1
    )  # one departed from the plan in the evening
    # A work may stand on a lesson of yesterday that is not filled yet.
    assert counts["LessonHeld"] - counts["TopicRecorded"] <= 3
    assert counts["HomeworkSet"] > counts["HomeworkNotSet"] > 100
    assert counts["MarkGiven"] > 10_000
    assert counts["WorkAdded"] > 200
    assert counts["IndividualHomeworkSet"] > 0
    fractions = [e for e in told.entries if isinstance(e.event, MarkGiven) and len(e.event.value) == 2]
    assert len(fractions) > 20


def test_how_a_homework_is_done_agrees_with_its_text(told: Told) -> None:
    tasks = [entry.event for entry in told.entries if isinstance(entry.event, HomeworkSet)]
    said = {task.text: task.manner for task in tasks}
    assert all(manner == () for text, manner in said.items() if "письменно" in text)
    assert all(manner == ("written",) for text, manner in said.items() if text.startswith("№ 1"))
    assert {way for task in tasks for way in task.manner} >= {"written", "oral", "reading"}
    assert {way for task in tasks for way in task.manner} <= told.regulation.manners.keys()


def test_no_unsatisfactory_mark_stands_in_the_adaptation_period_that_moved_with_the_calendar(
    told: Told,
) -> None:
    dates = {lesson.id: lesson.date for lesson in told.school.timetable.lessons}
    low = [
        dates[entry.stream]
        for entry in told.entries
        if isinstance(entry.event, MarkGiven) and min(entry.event.value) <= 2
    ]
    assert low
    assert not any(on in told.regulation.adaptation for on in low)
    first = told.school.years[max(told.school.years)].first
    assert first in told.regulation.adaptation
    assert told.regulation.title.startswith("ДЕМОНСТРАЦИЯ")


def test_yesterday_is_partly_filled_and_of_today_only_what_is_first(told: Told) -> None:
    yesterday = told.lesson_entries(told.now.date() - timedelta(days=1)).values()
    filled = sum(any(isinstance(e.event, AttendanceTaken) for e in entries) for entries in yesterday)
    assert 0 < filled < len(yesterday)
    numbers = {lesson.id: lesson.number for lesson in told.school.timetable.lessons}
    today = told.lesson_entries(told.now.date())
    assert {numbers[lesson] for lesson, entries in today.items() if entries} == {1}  # type: ignore[index]


def test_some_columns_are_still_open_and_some_entries_came_late_with_permission(told: Told) -> None:
    works = {e.event.work: e for e in told.entries if isinstance(e.event, WorkAdded)}
    marks = Counter(e.event.work for e in told.entries if isinstance(e.event, MarkGiven))
    dates = {lesson.id: lesson for lesson in told.school.timetable.lessons}
    unfinished = {
        e.stamp.person
        for work, e in works.items()
        if e.event.due > told.now
        and marks[work] < len(told.school.pupils_of(dates[e.stream].journal, dates[e.stream].date)) * 0.6
    }
    assert {ids.person(SCHOOL, "sokolova"), ids.person(SCHOOL, "lebedeva")} <= unfinished
    kinds = Counter(type(entry.event) for entry in told.entries)
    assert kinds[LateEntryPermitted] >= 2
    assert kinds[LateEntryUsed] > 20
    assert {finding.code for entry in told.entries for finding in entry.findings} >= {"W-04", "W-05", "W-07"}


def test_two_requests_wait_for_the_deputy(told: Told) -> None:
    cases = [
        case
        for lesson in {e.event.lesson for e in told.entries if isinstance(e.event, LateEntryRequested)}
        for case in fold_late_entries(
            e for e in told.entries if e.stream == streams.late_entries(SCHOOL, lesson)
        ).cases.values()
        if case.status == "asked"
    ]
    askers = {case.requested.stamp.person for case in cases}
    assert askers == {ids.person(SCHOOL, "sokolova"), ids.person(SCHOOL, "petrov")}


def test_some_marks_were_replaced(told: Told) -> None:
    by_lesson: dict[object, list[Entry]] = {}
    for entry in told.entries:
        by_lesson.setdefault(entry.stream, []).append(entry)
    lessons = (lesson.id for lesson in told.school.timetable.lessons if lesson.id in by_lesson)
    rewritten = [sum(fold_lesson(lesson, by_lesson[lesson]).rewritten.values()) for lesson in lessons]
    assert sum(rewritten) >= 10


def test_a_teacher_is_away_today_and_the_methodist_has_still_lessons_to_cover(told: Told) -> None:
    school, today = told.school, told.now.date()
    gone = [each for each in school.away.values() if today in each.span]
    assert len(gone) == 1
    planned = {*school.timetable.by_day[today], *school.timetable.dropped.values()}
    own = [e for e in planned if e.date == today and school.teaches(gone[0].person, e.journal, today)]
    manners = Counter(s.manner if (s := school.substitution(lesson.id)) else "" for lesson in own)
    assert manners["joined"] == 1
    assert manners["dropped"] == 1
    assert manners["same_subject"] + manners["another_subject"] == 1
    assert manners[""] >= 1
    standing = [s for lesson in own if (s := school.substitution(lesson.id))]
    assert {school.orders[s.order].number for s in standing if s.order} == {None}


def test_yesterdays_substitutes_wrote_the_lessons_they_gave(told: Told) -> None:
    school, yesterday = told.school, told.now.date() - timedelta(days=1)
    given = [
        (lesson, entry.stamp.person, standing)
        for lesson in school.timetable.by_day[yesterday]
        if (standing := school.substitution(lesson.id)) is not None
        for entry in told.entries
        if entry.stream == lesson.id and isinstance(entry.event, LessonHeld)
    ]
    assert given
    assert all(person == standing.substitute for _, person, standing in given)


def test_a_day_was_at_a_distance_by_order_and_nobody_was_absent_from_it(told: Told) -> None:
    school = told.school
    (distance,) = school.distances.values()
    assert school.orders[distance.order].number == "84-ОД"
    streams_of_it = {
        lesson.id
        for lesson in school.timetable.by_day[distance.span.first]
        if school.journals[lesson.journal].class_id in distance.classes
    }
    events = [entry.event for entry in told.entries if entry.stream in streams_of_it]
    assert any(isinstance(event, AttendanceTaken) for event in events)
    assert not any(isinstance(event, AbsenceNoted) for event in events)


def test_topics_of_algebra_are_the_plans_and_one_departs_from_it(told: Told) -> None:
    topics = [e.event for e in told.entries if isinstance(e.event, TopicRecorded)]
    assert sum(topic.plan in told.school.plans for topic in topics) > 20
    assert [topic.text for topic in topics if topic.deviation] == [thematic_plan.INSTEAD]


def test_pupils_are_exempt_moved_and_taught_at_home_on_pages_with_marks(told: Told) -> None:
    school, today = told.school, told.now.date()
    assert [p.id for p in school.pupils.values() if p.exempt(today)] == [ids.pupil(SCHOOL, "p120")]
    (at_home,) = (pupil for pupil in school.pupils.values() if pupil.at_home(today))
    pages = home_pages(school, at_home.id)
    lessons = {e.id for page in pages for e in school.timetable.by_journal[page.id] if e.date < today}
    marks = [e for e in told.entries if e.stream in lessons and isinstance(e.event, MarkGiven)]
    assert len(pages) == 2
    assert {entry.event.pupil for entry in marks} == {at_home.id}  # type: ignore[attr-defined]
    moved = school.pupils[ids.pupil(SCHOOL, "p201")]
    assert [school.classes[place].title for place, _ in moved.classes] == ["9А", "9Б"]


def test_class_teachers_explained_absences_and_one_waits_for_a_decision(told: Told) -> None:
    counts = Counter(type(entry.event) for entry in told.entries)
    assert counts[AbsencesExplained] > 100
    assert (counts[AbsenceDisputed], counts[AbsenceDisputeDecided]) == (1, 0)


def test_the_same_day_tells_the_same_story(told: Told) -> None:
    again = story.steps(told.school, told.regulation, told.now)
    first = {step.key: step.at for step in story.steps(told.school, told.regulation, told.now)}
    assert {step.key: step.at for step in again} == first
    assert len(first) == len(again)


@pytest.mark.parametrize("local", ["2027-02-04 00:20", "2026-12-27 07:40", "2028-02-29 23:50"])
def test_the_plan_holds_in_the_night_on_sundays_and_over_new_year(local: str) -> None:
    """Everything the steps need is there and nothing lies in the future."""
    now = datetime.fromisoformat(local)
    foreseen = foresee(founding.plan(now.date()), SCHOOL, ZONE, now)
    steps = (*foreseen.affairs, *story.steps(foreseen.school, foreseen.regulation, now))
    assert len(steps) > 2_000
    assert max(step.at for step in steps) <= now
    assert any(
        step.key.startswith("request/") and step.at.date() >= now.date() - timedelta(days=1) for step in steps
    )


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Iterator[Premises]:
    create_key(tmp_path / "master.key")
    opened = open_premises(database.app_dsn, read_key(tmp_path / "master.key"), Settings())
    yield opened
    opened.pool.close()


@pytest.mark.slow
def test_a_demonstration_that_was_cut_off_is_completed_once(
    here: Premises, database: Database, tmp_path: Path
) -> None:
    school, today = uuid4(), datetime.now(UTC).astimezone(ZONE).date()
    founded = founding.founding_steps(founding.plan(today))
    run(founded, school, ZONE, here.house(school))
    assert begun(here) == school
    assert make(here) > 2_000
    assert begun(here) is None
    assert here.school_ids() == (school,)
    with here.pool.connection() as connection:
        account = accounts.by_login(connection, school, "teacher")
        assert account is not None
        assert passwords.matches(account.password_hash, passwords.DEMONSTRATION)
        assert not account.must_change
        assert people.names_at(connection, school, [account.person_id])[account.person_id].last == "Соколова"
        assert here.runner.position(connection, school) > 20_000  # the pages are there
    config = _config(database, tmp_path)
    assert make_if_empty(config, Dsns(app=database.app_dsn, migrator=None, superuser=None)) is False
    _every_step_of_the_tour_opens(config)


TOURED = {
    "class-teacher": {"/families", "/slips?week=", "/handed"},
    "deputy": {"/control", "/certificates", "/handed", "/archive"},
    "director": {"/control/director", "/control", "/archive"},
    "admin": {"/jobs", "/exchange"},
    "inspector": {"/control", "/certificates"},
    "working-group": {"/control", "/certificates"},
    "parent": {"/feeds"},
}


def _every_step_of_the_tour_opens(config: Config) -> None:
    app = create_app(config)
    for login, wanted in TOURED.items():
        client = app.test_client()
        sign_in(client, login, passwords.DEMONSTRATION)
        links = _tour(client, "/")
        assert all(any(part in link for link in links) for part in wanted), (login, links)
        closed = [link for link in links if client.get(link, follow_redirects=True).status_code != 200]
        assert not closed, (login, closed)


def _tour(client: FlaskClient, first: str) -> list[str]:
    """Where the tour's links lead; the tour of a family stands under its week."""
    page = client.get(first, follow_redirects=True).text
    if 'class="tour"' not in page:
        page = client.get(re.findall(r'href="(/diary/[0-9a-f-]{36})"', page)[0]).text
    tour = page.split('class="tour"')[1].split("</section>")[0]
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', tour)]


def _config(database: Database, folder: Path) -> Config:
    return Config(
        home=folder,
        host="127.0.0.1",
        port=8080,
        master_key_file=folder / "master.key",
        log_format="console",
        database_url=database.app_dsn,
        migrator_url=None,
    )


def of_type(told: Told, kind: type) -> list[Entry]:
    return [entry for entry in told.entries if isinstance(entry.event, kind)]


def test_the_middle_school_ends_its_period_today_with_marks_set_and_some_missing(told: Told) -> None:
    periods = [p for p in told.school.periods.values() if p.span.last == told.now.date()]
    assert {period.level for period in periods} == {"ООО"}
    marks = [entry.event for entry in of_type(told, PeriodMarkGiven)]
    pages = {mark.journal for mark in marks}  # type: ignore[attr-defined]
    level = {p for p in told.school.journals if told.school.klass_of(p).level == "ООО"}
    assert 40 < len(pages) < len(level)
    assert not pages & set(thematic_plan.pages(told.school)[:1]), "7А algebra is left for the teacher"
    values = {mark.value for mark in marks}  # type: ignore[attr-defined]
    assert {"5", "4", "3", "н/а"} <= values
    assert sum(mark.reason is not None for mark in marks) == 1  # type: ignore[attr-defined]


def test_corrections_wait_were_approved_and_declined_and_final_ones_wait_for_their_papers(told: Told) -> None:
    asked = {
        entry.event.case: entry.event  # type: ignore[attr-defined]
        for entry in of_type(told, CorrectionRequested)
        if entry.event.ground != REINSTATEMENT  # type: ignore[attr-defined]
    }
    agreed = (entry for entry in of_type(told, CorrectionApproved) if entry.event.case in asked)  # type: ignore[attr-defined]
    (approved,), (declined,) = agreed, of_type(told, CorrectionDeclined)
    (concluded,) = of_type(told, CorrectionConcluded)
    waiting = asked.keys() - {approved.event.case, declined.event.case}  # type: ignore[attr-defined]
    assert sorted(asked[case].target for case in waiting) == ["mark", "period_mark", "period_mark", "topic"]
    assert asked[concluded.event.case].target == "period_mark"  # type: ignore[attr-defined]
    assert of_type(told, PeriodClosed)
    right = asked[approved.event.case]  # type: ignore[attr-defined]
    rests = {mark.event.pupil for mark in of_type(told, PeriodMarkGiven) if right.seen in mark.event.rests_on}  # type: ignore[attr-defined]
    assert rests == {right.pupil}, "its period mark is to be looked at again"


def test_exceptions_reports_and_a_promotion_wait(told: Told) -> None:
    counts = Counter(type(entry.event) for entry in told.entries)
    assert (counts[ExceptionRequested], counts[ExceptionGranted]) == (2, 1)
    assert (counts[ErrorReported], counts[ErrorReportClosed], counts[PromotionProposed]) == (2, 1, 1)
    report = of_type(told, ErrorReported)[-1].event
    left = report.due - told.now  # type: ignore[attr-defined]
    assert timedelta(0) < left < timedelta(hours=3)
