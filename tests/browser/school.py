"""A school in whose time it is always the middle of a lesson, founded in a real ledger and really served.

The ledger keeps the real clock, so the school's zone is one where it is 11 o'clock now, and its bells are hung by
the minute of its founding: the fourth lesson began twenty minutes ago and has thirty-five to go, three are over,
yesterday's deadlines are closed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from werkzeug.serving import make_server

from ledger import accounts, people, streams
from ledger.accounts import AccountRow
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import calendar, journals, roster, staff, timetable
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.regulations import RegulationAdopted
from ledger.people import Name
from ledger.store import SYSTEM
from tests.databases import Database
from tests.small_school import PASSWORD, REGULATION, config_for
from web import passwords
from web.app import create_app
from web.keyfile import create_key
from web.premises import Premises

SCHOOL = UUID("5c001e5c-2026-4000-8000-0000000b0b0b")
HOUR = 11
LESSON_NOW = 4
LESSONS = range(1, 7)
BEGAN, LASTS = timedelta(minutes=20), timedelta(minutes=55)
PUPILS = (
    "Антипина Дарья",
    "Вуквукай Илья",
    "Каляна Мария",
    "Рультытегин Артём",
    "Тынетегин Павел",
    "Ященко Ольга",
)
STAFF = {
    "Соколова": "Ирина Владимировна",
    "Петрова": "Ольга Алексеевна",
    "Дьячкова": "Людмила Михайловна",
    "Громова": "Анна Петровна",
}
LOGINS = {
    "teacher": "Соколова",
    "colleague": "Петрова",
    "deputy": "Дьячкова",
    "class-teacher": "Громова",
    "parent": "мать Каляны",
}


def named(name: str) -> UUID:
    return uuid5(SCHOOL, name)


def zone_at_eleven(now: datetime) -> str:
    """A zone of whole hours whose clock now says 11:xx («Etc/GMT-5» is five hours east)."""
    east = (HOUR - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"


def bells(now: datetime) -> tuple[tuple[time, ...], tuple[time, ...]]:
    """When the lessons start and end: no test may meet the end of a lesson because of the minute it began at."""
    running = now.replace(hour=HOUR, second=0, microsecond=0) - BEGAN
    starts = [running + timedelta(hours=number - LESSON_NOW) for number in LESSONS]
    return tuple(each.time() for each in starts), tuple((each + LASTS).time() for each in starts)


@dataclass(frozen=True, kw_only=True)
class Site:
    """`url` of the served school; `today` is the school's own day; at `founded` nothing was written yet."""

    url: str
    here: Premises
    today: date
    founded: str

    def append(self, *drafts: Draft, by: UUID = SYSTEM, role: Role = Role.SYSTEM) -> None:
        """These entries as they are, past every rule; the pages follow."""
        append(self.here, drafts, by, role)
        self.here.runner.catch_up(SCHOOL, patience=30)

    def lesson(self, days: int = 0) -> UUID:
        """The algebra lesson of 7А that many days from today."""
        on = self.today + timedelta(days=days)
        return next(
            lesson.id
            for lesson in self.here.school(SCHOOL).timetable.by_journal[named("7А Алгебра")]
            if lesson.date == on
        )


@contextmanager
def served(database: Database, folder: Path) -> Iterator[Site]:
    key = folder / "master.key"
    create_key(key)
    app = create_app(config_for(database, key))
    here: Premises = app.extensions["letopis"]
    try:
        today = _found(here, datetime.now(UTC))
        founded = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        logging.getLogger("werkzeug").setLevel(logging.WARNING)  # not a line for every request
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Site(url=f"http://127.0.0.1:{server.server_port}", here=here, today=today, founded=founded)
        finally:
            server.shutdown()
    finally:
        here.pool.close()


def _found(here: Premises, now: datetime) -> date:
    zone = zone_at_eleven(now)
    drafts = [_draft(stream, event) for stream, event in _entries(zone, now)]
    toml = REGULATION.read_text(encoding="utf-8")
    adopted = RegulationAdopted(title="Порядок", toml=toml, in_force=now.date() - timedelta(days=90))
    for login, person in LOGINS.items():
        account = named(f"account {login}")
        issued = CredentialIssued(credential=named(f"credential {login}"), procedure="founding", parent=None)
        drafts.append(_draft(account, AccountCreated(person=named(person)), Category.ACCOUNT))
        drafts.append(_draft(account, issued, Category.ACCOUNT))
    drafts.append(_draft(streams.regulation(SCHOOL), adopted, Category.REGULATION))
    append(here, drafts)
    _name_people(here, now)
    here.runner.catch_up(SCHOOL, patience=30)
    return here.school(SCHOOL).local(now).date()


def append(here: Premises, drafts: Iterable[Draft], by: UUID = SYSTEM, role: Role = Role.SYSTEM) -> None:
    stamp = Stamp(
        school=SCHOOL,
        account=by,
        person=by,
        role=role,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=tuple(drafts)))


def _name_people(here: Premises, now: datetime) -> None:
    names = {named(last): _name(f"{last} {rest}") for last, rest in STAFF.items()}
    names |= {named(pupil): _name(pupil) for pupil in PUPILS}
    names[named("мать Каляны")] = _name("Каляна Анна Сергеевна")
    with here.pool.connection() as connection:
        people.put_many(connection, SCHOOL, names, since=now - timedelta(days=100))
        for login, person in LOGINS.items():
            accounts.add(connection, _account(login, named(person), now))


def _name(text: str) -> Name:
    return Name(**dict(zip(("last", "first", "middle"), text.split(), strict=False)))


def _account(login: str, person: UUID, now: datetime) -> AccountRow:
    return AccountRow(
        school_id=SCHOOL,
        account_id=named(f"account {login}"),
        person_id=person,
        login=login,
        password_hash=_password_hash(),
        credential_id=named(f"credential {login}"),
        must_change=False,
        obliged_at=now,
        blocked_at=None,
        created_at=now,
    )


@lru_cache
def _password_hash() -> str:
    return passwords.hash_password(PASSWORD)  # slow on purpose, and the same for all


def _draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


def _entries(zone: str, now: datetime) -> Iterator[tuple[UUID, object]]:
    today = now.date()
    first, last, home = today - timedelta(days=40), today + timedelta(days=100), streams.calendar(SCHOOL)
    yield home, calendar.SchoolFounded(title="Центр образования", zone=zone, demonstration=True)
    yield home, calendar.YearSet(year=first.year, first=first, last=last)
    yield (
        home,
        calendar.ReportingPeriodDefined(
            period=named("I"),
            year=first.year,
            level="ООО",
            kind="trimester",
            title="I триместр",
            first=first,
            last=last,
        ),
    )
    starts, ends = bells(now)
    hung = calendar.BellsSet(
        schedule=named("звонки"), title="Звонки", numbers=tuple(LESSONS), starts=starts, ends=ends
    )
    yield home, hung
    yield home, journals.SubjectAdded(subject=named("Алгебра"), title="Алгебра", short="Алг", attributes=())
    yield named("Дьячкова"), staff.RoleGranted(role="deputy", first=first, until=None, competence=None)
    for title in ("7А", "7Б"):
        yield from _class(title, first, last)
    guardian = roster.GuardianLinked(guardian=named("мать Каляны"), kinship="мать")
    yield named("Каляна Мария"), guardian


def _class(title: str, first: date, last: date) -> Iterator[tuple[UUID, object]]:
    page, algebra = named(f"{title} Алгебра"), named("Алгебра")
    yield named(title), roster.ClassFormed(year=first.year, title=title, grade=7, level="ООО")
    if title == "7А":
        led = roster.ClassTeacherAppointed(person=named("Громова"), first=first, until=None)
        yield named(title), led
    yield page, journals.JournalListed(class_id=named(title), group=None, subject=algebra, year=first.year)
    for teacher in ("Соколова", "Петрова") if title == "7А" else ("Соколова",):
        yield page, journals.WorkloadAssigned(teacher=named(teacher), first=first, until=None, hours=100)
    for pupil in PUPILS if title == "7А" else ("Кергитваль Олег",):
        yield named(pupil), roster.PupilEnrolled(class_id=named(title), first=first, order=None)
    number = LESSON_NOW if title == "7А" else LESSON_NOW - 1
    for weekday in range(1, 8):
        assigned = calendar.BellsAssigned(
            class_id=named(title), weekday=weekday, schedule=named("звонки"), first=first
        )
        yield streams.calendar(SCHOOL), assigned
        slot = timetable.SlotScheduled(
            journal=page, weekday=weekday, number=number, week="all", first=first, last=last, room="14"
        )
        yield named(f"{title} {weekday}"), slot
