"""The drill of issue 5, after a true case: with an administrator's password 51 marks of 8 pupils were changed over a
month, a few a night, between everybody's honest work. They are found, voided and explained; nothing honest changes.

The password made an account in a stranger's name and gave it the page of algebra; the marks were written with that one,
at night, while the day's records are open. The school's act voids from the breach on (P-61, K-23)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

import pytest

from commands import history
from commands.accounts import CreateAccount
from commands.appointments import GrantRole
from commands.workload import AssignWorkload
from ledger.effective import dead_positions
from ledger.entry import Entry
from ledger.events.marks import MarkGiven
from ledger.events.roster import PupilEnrolled
from tests.breach import SECOND_ADMINISTRATOR, Breach, account_of, credential_of
from tests.plain_model import plain_sheet
from tests.world import FIRST, PUPILS, SCHOOL, SCHOOL_ID, TOML, UST_BELAYA, named

PAGE = named("7А Алгебра")
BEGAN, ENDED = date(2026, 10, 12), date(2026, 11, 13)
CHANGED, EIGHT = 51, (*PUPILS["7А"], "Первый новичок", "Второй новичок")
LESSONS = [each for each in SCHOOL.timetable.by_journal[PAGE] if BEGAN <= each.date <= ENDED]
STRANGER = "Посторонний"


class Drill(Breach):
    def __init__(self) -> None:
        new = PupilEnrolled(class_id=named("7А"), first=FIRST, order=None)
        super().__init__(*((named(pupil), new) for pupil in EIGHT[-2:]), SECOND_ADMINISTRATOR)
        self.has_account("Тынетегина")


@dataclass(frozen=True, kw_only=True)
class Month:
    """`honest` is what the cells said before the nights, `stolen` the cells that were changed."""

    story: Drill
    incident: UUID
    honest: dict[tuple[UUID, str], int]
    stolen: dict[tuple[UUID, str], int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def month() -> Month:
    return lived()


def lived() -> Month:
    story, random, honest, stolen = Drill(), Random(51), {}, {}
    extended = TOML.replace("extend_to_breach = false", "extend_to_breach = true")
    assert extended != TOML
    story.adopted("2026-10-09 08:00", extended)
    _break_in(story)
    for n, lesson in enumerate(LESSONS):
        for m, pupil in enumerate(EIGHT):
            at = lesson.starts + timedelta(minutes=20, seconds=m)
            honest[lesson.id, pupil] = value = random.randint(3, 4)
            story.mark("Соколова", f"{at}", lesson, pupil, str(value))
        for m in range(CHANGED * (n + 1) // len(LESSONS) - CHANGED * n // len(LESSONS)):
            pupil = EIGHT[(n + m) % len(EIGHT)]
            at = datetime.combine(lesson.date, time(22, 40 + m))
            stolen[lesson.id, pupil] = 5
            story.mark(STRANGER, f"{at}", lesson, pupil, "5")
    incident = story.notice(
        "Носов", f"{BEGAN} 06:00", "2026-11-14 09:00", by="Тынетегина", now="2026-11-14 10:00"
    )
    return Month(story=story, incident=incident, honest=honest, stolen=stolen)


def _break_in(story: Drill) -> None:
    account, credential = account_of(STRANGER), credential_of(STRANGER)
    made = CreateAccount(account=account, person=named(STRANGER), credential=credential)
    story.do("Носов", f"{BEGAN} 06:10", made)
    story.using[STRANGER] = credential
    grant = GrantRole(person=named(STRANGER), role="teacher", first=BEGAN)
    story.do("Носов", f"{BEGAN} 06:11", grant)
    work = AssignWorkload(
        class_id=named("7А"), subject=named("Алгебра"), teacher=named(STRANGER), first=BEGAN, hours=300
    )
    story.do("Носов", f"{BEGAN} 06:12", work)


def marks(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if isinstance(entry.event, MarkGiven)]


def test_all_51_marks_of_the_8_pupils_are_found_and_none_of_the_honest_ones(month: Month) -> None:
    found = month.story.selection(month.incident)
    assert len(marks(found.void)) == CHANGED
    assert len(Counter(entry.event.pupil for entry in marks(found.void))) == 8
    assert {(e.stream, e.event.pupil) for e in marks(found.void)} == {
        (lesson, named(pupil)) for lesson, pupil in month.stolen
    }
    kinds = Counter(type(entry.event).__name__ for entry in found.void)
    assert kinds == {
        "MarkGiven": 51,
        **{"AccountCreated": 1, "CredentialIssued": 1, "RoleGranted": 1, "WorkloadAssigned": 1},
    }
    assert set(found.credentials) == {account_of("Носов"), account_of(STRANGER)}


def test_the_act_gives_back_every_honest_mark_and_changes_nothing_else(month: Month) -> None:
    story = month.story
    for (lesson, pupil), value in month.stolen.items():
        assert story.sheet(lesson).mark(lesson, named(pupil)) == (value,)
    story.act(month.incident, "2026-11-14 12:00", by="Тынетегина")
    for (lesson, pupil), value in month.honest.items():
        assert story.sheet(lesson).mark(lesson, named(pupil)) == (value,)
    for lesson in LESSONS:
        own = story.entries(lesson.id)
        assert story.sheet(lesson).marks == plain_sheet(own).marks
        nights = {e.position for e in own if e.stamp.account == account_of(STRANGER)}
        assert dead_positions(own) == nights, "all of his, and nothing else"
    school = story.house.schools.current(SCHOOL_ID)
    assert not school.teaches(named(STRANGER), PAGE, ENDED)
    assert school.teaches(named("Соколова"), PAGE, ENDED)


def test_where_the_act_counts_from_the_receipt_the_month_before_is_suspicious_and_stays(month: Month) -> None:
    """The default of P-61: Усть-Белая's 10.4 says «с момента получения информации»."""
    story = month.story
    school, incident = story.house.schools.current(SCHOOL_ID), story.incident(month.incident)
    found = history.selection(incident, school, UST_BELAYA, story.store, now=story.clock)
    assert marks(found.void) == []
    assert len(marks(found.suspicious)) == CHANGED
