"""The demonstration's stolen password: what the Act of three weeks ago made void, what stayed, what came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from commands import history
from commands.importing import ids
from ledger import accounts, sessions, streams
from ledger.account import fold_account
from ledger.entry import Entry
from ledger.events.corrections import CorrectionApproved, CorrectionRequested
from ledger.incident import Incident, fold_incident
from ledger.lesson import fold_lesson
from ledger.void_selection import Selection
from tests.databases import Database
from tests.importing import SCHOOL, ZONE
from tests.test_demo import Told, tell
from web import passwords
from web.demo import compromise, founding, theft, traces
from web.demo.foreseen import foresee
from web.demo.school_days import before
from web.demo.theft import CHILD, Forged, Theft
from web.keyfile import create_key, read_key
from web.premises import Premises, Settings, open_premises

WEDNESDAY = datetime.fromisoformat("2027-03-10 12:00")


@pytest.fixture(scope="module")
def told() -> Told:
    return tell(WEDNESDAY)


@pytest.fixture(scope="module")
def stolen(told: Told) -> Theft:
    return theft.choose(told.school, told.regulation, told.now)


@pytest.fixture(scope="module")
def incident(told: Told) -> Incident:
    id = compromise.incident_of(SCHOOL)
    return fold_incident(id, stream(told, id))


@pytest.fixture(scope="module")
def selected(told: Told, incident: Incident) -> Selection:
    now = told.now.replace(tzinfo=ZONE)
    return history.selection(incident, told.school, told.regulation, told.ground.store, now=now)


def stream(told: Told, id: object) -> list[Entry]:
    return [entry for entry in told.entries if entry.stream == id]


def value(told: Told, forged: Forged) -> str:
    found = fold_lesson(forged.lesson.id, stream(told, forged.lesson.id)).mark(forged.work, forged.pupil)
    return "/".join(map(str, found or ()))


def split(stolen: Theft) -> tuple[list[Forged], list[Forged]]:
    """What was done before the director heard of it, and after."""
    return (
        [mark for mark in stolen.marks if mark.at < stolen.received],
        [mark for mark in stolen.marks if mark.at >= stolen.received],
    )


def test_about_a_dozen_marks_of_one_evening_three_weeks_ago(told: Told, stolen: Theft) -> None:
    assert 11 <= len(stolen.marks) <= 14
    assert len({mark.at.date() for mark in stolen.marks}) == 1
    assert stolen.marks[-1].at - stolen.marks[0].at < timedelta(hours=1)
    assert (
        15 <= len(before(told.school, told.now)) - before(told.school, told.now).index(stolen.days[0]) <= 20
    )


def test_the_act_stands_and_names_exactly_what_came_after_the_receipt(
    told: Told, stolen: Theft, incident: Incident, selected: Selection
) -> None:
    early, late = split(stolen)
    assert incident.status == "voided"
    assert incident.in_force is not None
    assert incident.in_force.finalised is not None
    assert incident.in_force.finalised.event.entries == len(late)  # type: ignore[attr-defined]
    assert [told.school.local(entry.at) for entry in selected.void] == [mark.at for mark in late]
    assert [told.school.local(entry.at) for entry in selected.suspicious] == [mark.at for mark in early]
    assert len(incident.in_force.signed) == 3
    assert stolen.owner not in incident.members


def test_an_imported_entry_is_in_the_interval_by_the_time_it_declares(selected: Selection) -> None:
    """All of them were received when the demonstration was made, long after the notice."""
    assert {entry.stamp.received_at for entry in (*selected.void, *selected.suspicious)} == {
        WEDNESDAY.replace(tzinfo=ZONE)
    }


def test_honest_marks_stand_again_and_what_was_done_before_the_receipt_stays(
    told: Told, stolen: Theft
) -> None:
    early, late = split(stolen)
    assert all(value(told, mark) == mark.before for mark in late if not mark.own)
    put_right = early[0]
    assert value(told, put_right) == put_right.before, "by the owner, with the new password"
    assert all(value(told, mark) == mark.value != mark.before for mark in early[1:])


def test_the_child_of_the_parent_who_signs_in_is_among_those_concerned(stolen: Theft) -> None:
    _, late = split(stolen)
    assert ids.pupil(SCHOOL, CHILD) in {mark.pupil for mark in late}


def test_the_owners_own_mark_was_reinstated_by_the_deputy(told: Told, stolen: Theft) -> None:
    (own,) = (mark for mark in stolen.marks if mark.own)
    assert value(told, own) == own.value
    cases = [entry.event for entry in stream(told, streams.corrections(SCHOOL, own.lesson.id))]
    asked = next(event for event in cases if isinstance(event, CorrectionRequested))
    assert (asked.ground, asked.act) == ("reinstatement", compromise.act_of(SCHOOL))
    assert any(isinstance(event, CorrectionApproved) for event in cases)


def test_the_password_she_has_now_was_issued_after_the_block(told: Told, stolen: Theft) -> None:
    account = fold_account(stolen.account, stream(told, stolen.account))
    assert not account.blocked
    assert account.lineage == (compromise.new_access(SCHOOL, stolen).credential,)


@pytest.mark.parametrize("weekday", range(7))
def test_there_is_such_an_evening_whatever_the_weekday(weekday: int) -> None:
    """Up to the Act and the reinstatement everything is over long before today."""
    now = datetime.fromisoformat("2026-12-28 09:00") + timedelta(days=weekday)
    foreseen = foresee(founding.plan(now.date()), SCHOOL, ZONE, now)
    found = theft.choose(foreseen.school, foreseen.regulation, now)
    steps = list(compromise.steps(found, foreseen.school))
    assert max(step.at for step in steps) < now - timedelta(days=7)
    assert min(mark.at for mark in found.marks) > now - timedelta(days=30)


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Iterator[Premises]:
    create_key(tmp_path / "master.key")
    opened = open_premises(database.app_dsn, read_key(tmp_path / "master.key"), Settings())
    yield opened
    opened.pool.close()


def test_she_signs_in_with_the_password_of_the_demonstration_and_two_places_are_seen(
    here: Premises, stolen: Theft
) -> None:
    school = uuid4()
    for _again in range(2):
        traces.leave(here, stolen, school, ZONE)
    with here.pool.connection() as connection:
        row = accounts.by_login(connection, school, theft.OWNER)
        assert row is not None
        assert passwords.matches(row.password_hash, passwords.DEMONSTRATION)
        assert row.credential_id == compromise.new_access(school, stolen).credential
        told = sessions.of_account(connection, school, stolen.account)
    assert len({each.ip for each in told}) == len(told) == 2
    assert all(each.ended_at is not None for each in told)
