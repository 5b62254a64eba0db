"""Jobs: when they are due by the school's clock, that a missed run is made up, that a run that died is done again, and
that one scheduler at a time leads a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
import requests

from exports import emergency as emergency_paper
from ledger import contacts, job_runs, streams
from ledger import regulation as regulations
from ledger.entry import Category, Draft
from ledger.events.calendar import HolidayScheduled
from ledger.events.families import SlipsPrepared
from ledger.events.roster import GuardianLinked, PupilDeparted
from ledger.regulation import Regulation
from ledger.span import monday_of
from projections.as_of import AsOf
from projections.emergency import EmergencyClass
from tests.browser.school import SCHOOL, Site, named
from tests.papers import text_of
from tests.test_api import Caller
from web.jobs import clock, emergency, scheduler, slips
from web.jobs.job import Due, Job, When
from web.jobs.table import JOBS

ANADYR = ZoneInfo("Asia/Anadyr")
FRIDAY = When(hour=15, weekdays="fri")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ANADYR)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-10-16 14:59:59", None),
        ("2026-10-16 15:00:00", "2026-10-16 15:00"),
        ("2026-10-18 09:00:00", "2026-10-16 15:00"),
        ("2026-10-30 15:00:00", "2026-10-30 15:00"),
    ],
)
def test_the_slips_are_due_on_friday_at_three_of_the_school_and_of_several_missed_the_last(
    now: str, due: str | None
) -> None:
    found = clock.last_due(FRIDAY, ANADYR, local("2026-10-12 08:00"), local(now))
    assert found == (local(due) if due else None)


def test_what_was_done_is_not_due_again() -> None:
    assert clock.last_due(FRIDAY, ANADYR, local("2026-10-16 15:00"), local("2026-10-22 23:59")) is None


class Diary:
    """A job that says what it was asked, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.seen: list[Due] = []
        self.failures = failures

    def run(self, due: Due) -> str:
        self.seen.append(due)
        if len(self.seen) <= self.failures:
            raise OSError("диск полон")
        return "сделано"

    def job(self) -> Job:
        return Job(name="test", title="Проба", why="", when=lambda _: When(hour=2), run=self.run)


@pytest.fixture
def at(site: Site) -> Callable[[float], object]:
    """The school's premises at an hour of our own, with no runs recorded yet."""
    with site.here.pool.connection() as connection:
        connection.execute("DELETE FROM jobs.runs")

    def moved(hours: float) -> object:
        settings = replace(site.here.settings, clock=lambda: datetime.now(UTC) + timedelta(hours=hours))
        return replace(site.here, settings=settings)

    return moved


def test_a_job_first_seen_makes_up_for_nothing_and_is_due_the_next_night(at, tmp_path: Path) -> None:
    diary = Diary()
    assert scheduler.turn(at(0), [diary.job()], str(tmp_path)) == 0
    assert scheduler.turn(at(24), [diary.job()], str(tmp_path)) == 1
    assert scheduler.turn(at(24), [diary.job()], str(tmp_path)) == 0


def test_whoever_has_lost_the_lead_begins_no_other_run(at, tmp_path: Path) -> None:
    first, second = Diary(), Diary()
    jobs = [first.job(), replace(second.job(), name="other")]
    scheduler.turn(at(0), jobs, str(tmp_path))
    leads = iter([True, False])
    assert scheduler.turn(at(24), jobs, str(tmp_path), leads=lambda: next(leads)) == 1
    assert len(first.seen) + len(second.seen) == 1


def test_nights_nobody_served_are_made_up_by_one_run_that_knows_since_when(at, tmp_path: Path) -> None:
    diary = Diary()
    scheduler.turn(at(0), [diary.job()], str(tmp_path))
    scheduler.turn(at(5 * 24), [diary.job()], str(tmp_path))
    (due,) = diary.seen
    assert timedelta(days=3) < due.at - due.since < timedelta(days=5, hours=1)


def test_a_run_that_fails_is_tried_three_times_with_a_pause_and_its_words_are_kept(
    at, tmp_path: Path
) -> None:
    diary = Diary(failures=9)
    scheduler.turn(at(0), [diary.job()], str(tmp_path))
    for minutes in (0, 4, 5, 6, 11, 20, 40):
        scheduler.turn(at(24 + minutes / 60), [diary.job()], str(tmp_path))
    assert len(diary.seen) == scheduler.TRIES
    with at(24).pool.connection() as connection:
        assert [run.said for run in job_runs.latest(connection, SCHOOL)] == ["OSError: диск полон"] * 3


def test_a_run_that_died_in_the_middle_is_done_again_by_whoever_takes_over(
    at, site: Site, tmp_path: Path
) -> None:
    diary = Diary()
    scheduler.turn(at(0), [diary.job()], str(tmp_path))
    with site.here.pool.connection() as connection:
        since = job_runs.settled(connection, SCHOOL)["test"]
        zone = site.here.school(SCHOOL).zone
        due = clock.last_due(When(hour=2), zone, since, at(24).now())
        job_runs.begin(connection, SCHOOL, "test", due, at=at(24).now())
        assert job_runs.cut_off(connection, at=at(24).now()) == 1
    assert scheduler.turn(at(24.01), [diary.job()], str(tmp_path)) == 1
    assert diary.seen[0].at == due


def test_a_job_nobody_can_say_the_hour_of_stops_no_turn(at, tmp_path: Path) -> None:
    """Else one school with a defect would keep every school after it from its jobs."""

    def when(_: Regulation) -> When:
        raise ValueError("no such weekday")

    broken = Job(name="broken", title="Сломано", why="", when=when, run=Diary().run)
    assert scheduler.turn(at(0), [broken], str(tmp_path)) == 0


def test_a_run_that_takes_the_program_along_is_begun_three_times_and_no_more(
    at, site: Site, tmp_path: Path
) -> None:
    diary = Diary()
    scheduler.turn(at(0), [diary.job()], str(tmp_path))
    with site.here.pool.connection() as connection:
        since = job_runs.settled(connection, SCHOOL)["test"]
        due = clock.last_due(When(hour=2), site.here.school(SCHOOL).zone, since, at(24).now())
        for n in range(scheduler.TRIES):
            job_runs.begin(connection, SCHOOL, "test", due, at=at(24 + n).now())
            job_runs.cut_off(connection, at=at(24 + n).now())
    assert scheduler.turn(at(24 + scheduler.TRIES), [diary.job()], str(tmp_path)) == 0
    assert not diary.seen


def test_one_scheduler_leads_and_another_takes_over_when_it_dies(database) -> None:
    first, second = (scheduler.Leadership(database.app_dsn) for _ in range(2))
    assert first.hold()
    assert not second.hold()
    with psycopg.connect(database.superuser_dsn, autocommit=True) as admin:
        assert job_runs.somebody_leads(admin)
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'letopis_app'")
    assert not first.hold()  # its connection is gone, and the lock with it
    assert second.hold()
    assert not first.hold()
    second.leave()


@pytest.mark.parametrize("name", ["coming-of-age", "second-opinion", "deadlines"])
def test_every_nightly_job_does_its_work_at_a_real_school(site: Site, tmp_path: Path, name: str) -> None:
    job = next(each for each in JOBS if each.name == name)
    assert job.run(_due(site, tmp_path))


@pytest.mark.case("AT-24")
def test_a_pupil_is_of_age_from_the_eighteenth_birthday_on_and_is_told_so_once(
    site: Site, tmp_path: Path
) -> None:
    pupil, here = named("Тынетегин Павел"), site.here
    birth = site.today.replace(year=site.today.year - 18)
    eve = birth + timedelta(days=1)

    def born(day) -> None:
        with here.pool.connection() as connection:
            values = {"birth_date": day.isoformat()}
            contacts.put(connection, SCHOOL, pupil, values, at=here.now(), by=named("Громова"))

    job = next(each for each in JOBS if each.name == "coming-of-age")
    born(eve)
    assert job.run(_due(site, tmp_path)) == "Никому не исполнилось 18 лет."
    born(birth)
    assert job.run(_due(site, tmp_path)) == "Исполнилось 18 лет: 1."
    assert here.school(SCHOOL).pupils[pupil].of_age
    assert job.run(_due(site, tmp_path)) == "Никому не исполнилось 18 лет."


def test_who_turns_eighteen_after_leaving_is_of_age_too_and_who_never_was_in_a_class_stops_no_run(
    site: Site, tmp_path: Path
) -> None:
    """Gone before the birthday: the diary stays to be read, and is the graduate's own."""
    olga, stranger, here = named("Ященко Ольга"), named("Ничей Ученик"), site.here
    gone = PupilDeparted(last=site.today - timedelta(days=35), order="12-к")
    for pupil, event in ((olga, gone), (stranger, GuardianLinked(guardian=named("мать"), kinship="мать"))):
        site.append(Draft(category=Category.SCHOOL, stream=pupil, version=None, event=event))
        with here.pool.connection() as connection:
            born = {"birth_date": site.today.replace(year=site.today.year - 18, day=1).isoformat()}
            contacts.put(connection, SCHOOL, pupil, born, at=here.now(), by=named("Громова"))
    job = next(each for each in JOBS if each.name == "coming-of-age")
    assert job.run(_due(site, tmp_path)) == "Исполнилось 18 лет: 1."
    assert here.school(SCHOOL).pupils[olga].of_age
    assert job.run(_due(site, tmp_path)) == "Никому не исполнилось 18 лет."


def test_the_pack_of_each_class_is_written_whole_and_yesterdays_strangers_go(
    site: Site, tmp_path: Path
) -> None:
    folder = emergency.folder_of(str(tmp_path), SCHOOL)
    folder.mkdir(parents=True)
    (folder / "11Ю.pdf").write_bytes(b"of a class that is no more")
    said = emergency.run(_due(site, tmp_path))
    files = sorted(folder.iterdir())
    assert said.startswith(f"Классов: {len(files)}, ")
    assert "11Ю.pdf" not in {file.name for file in files}
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert emergency.look(folder).size < emergency.LIMIT


def test_the_slips_of_a_week_are_made_once_and_those_handed_out_stop_no_others(
    site: Site, tmp_path: Path
) -> None:
    leader, class_id, monday = Caller(site, "class-teacher"), named("7А"), monday_of(site.today)
    maria, darya = named("Каляна Мария"), named("Антипина Дарья")
    for pupil in (maria, darya):
        declared = {"pupil": str(pupil), "first": site.today.isoformat(), "document": "заявление"}
        assert leader.do("DeclarePaperInforming", **declared).status_code == 200
    week = {"class_id": str(class_id), "week": monday.isoformat(), "pupils": [str(maria)]}
    assert leader.do("PrepareSlips", position=1, **week).status_code == 200
    assert leader.do("HandOutSlips", receivers=[str(maria)], **week).status_code == 200
    due = replace(_due(site, tmp_path), at=site.here.now())
    assert slips.run(due) == "Распечаток: 1."
    again = {"pupil": str(maria), "lesson": str(site.lesson()), "work": str(site.lesson()), "value": "5"}
    assert Caller(site, "teacher").do("GiveMark", **again).status_code == 200  # the head has moved
    assert slips.run(due) == "Готовить нечего."
    made = [each.event for each in site.here.store.entries(SCHOOL)]
    assert [each.pupils for each in made if isinstance(each, SlipsPrepared)] == [(maria,), (darya,)]
    out = {**week, "pupils": [str(darya)], "receivers": [str(darya)]}
    assert leader.do("HandOutSlips", **out).status_code == 200
    assert slips.run(replace(due, at=site.here.now())) == "Готовить нечего."


def test_slips_of_missed_weeks_are_made_one_after_the_other_and_none_of_a_week_without_lessons(
    site: Site, tmp_path: Path
) -> None:
    """Three runs were missed, one of them in a week of holidays; each slip knows the one before it."""
    artyom, weeks = named("Рультытегин Артём"), [monday_of(site.today) - timedelta(weeks=n) for n in range(4)]
    declared = {"pupil": str(artyom), "first": (weeks[3]).isoformat(), "document": "заявление"}
    assert Caller(site, "class-teacher").do("DeclarePaperInforming", **declared).status_code == 200
    rest = HolidayScheduled(
        holiday=named("отдых"), title="Отдых", first=weeks[2], last=weeks[2] + timedelta(days=6)
    )
    site.append(Draft(category=Category.SCHOOL, stream=streams.calendar(SCHOOL), version=None, event=rest))
    now = site.here.now()
    due = replace(_due(site, tmp_path), at=now, since=now - timedelta(weeks=3, days=1))
    slips.run(due)
    made = [each for each in site.here.store.entries(SCHOOL) if _prepares(each.event, artyom)]
    assert [each.event.week for each in made] == [weeks[3], weeks[1], weeks[0]]
    assert all(before.position <= each.event.position for before, each in pairwise(made))
    assert slips.run(due) == "Готовить нечего."


def _prepares(event: object, pupil: UUID) -> bool:
    return isinstance(event, SlipsPrepared) and pupil in event.pupils


def test_a_letter_no_font_has_is_said_to_be_missing_in_the_pack_as_on_every_paper() -> None:
    """An empty box tells nobody that something is missing (exports.fonts)."""
    now = datetime(2026, 10, 12, tzinfo=UTC)
    page = EmergencyClass(
        class_id=named("7А"),
        title="7А",
        class_teacher="Громова А. П.",
        pupils=("Ӄэргытвааль & Әсел 龍",),
        days=(),
        period="",
        subjects=(),
        homework=(),
        as_of=AsOf(position=1, instant=now),
    )
    said = text_of(emergency_paper.pdf(page, school="Школа", moment="12.10.2026", qr="letopis"))
    assert "Ӄэргытвааль & Әсел ?" in said


def test_the_pack_of_a_class_there_is_not_is_not_found(site: Site) -> None:
    who = Caller(site, "deputy")
    for class_id, status in ((named("7А"), 200), (named("11Ю"), 404)):
        answer = requests.get(f"{site.url}/emergency/{class_id}.pdf", headers=who.headers, timeout=30)
        assert answer.status_code == status


def test_a_school_whose_act_wants_no_slips_has_no_such_job(site: Site) -> None:
    weekly = next(each for each in JOBS if each.name == "slips")
    regulation: Regulation = _regulation(site)
    off = replace(regulation, paper_slip=replace(regulation.paper_slip, on=False))
    on = replace(regulation, paper_slip=replace(regulation.paper_slip, on=True, weekday=5))
    assert weekly.when(off) is None
    assert weekly.when(on).weekdays == "fri"


def _regulation(site: Site) -> Regulation:
    found = regulations.in_force(site.here.school(SCHOOL), site.today)
    assert found is not None
    return found[1]


def _due(site: Site, folder: Path) -> Due:
    now = site.here.now()
    return Due(school=SCHOOL, at=now, since=now - timedelta(days=1), here=site.here, folder=str(folder))
