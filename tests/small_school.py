"""A school with one class and two members of staff, for tests of accounts: founded in a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from ledger import people, streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.calendar import SchoolFounded
from ledger.events.regulations import RegulationAdopted
from ledger.events.roster import ClassFormed, GuardianLinked, PupilEnrolled
from ledger.events.staff import RoleGranted
from ledger.people import Name
from ledger.store import SYSTEM, PostgresStore
from tests.databases import Database
from web import account_desk
from web.app import create_app
from web.config import Config
from web.keyfile import create_key
from web.premises import Premises, Settings

REGULATION = Path(__file__).parents[1] / "ledger" / "regulations" / "ust-belaya.toml"
SINCE = date(2020, 9, 1)
PASSWORD = "полярная-сова-42"


@dataclass(frozen=True, kw_only=True)
class People:
    """Ids of requirements section 5's people, new for each school."""

    nosov: UUID = field(default_factory=uuid4)  # техподдержка
    sokolova: UUID = field(default_factory=uuid4)  # алгебра
    kalyana: UUID = field(default_factory=uuid4)  # 7А
    mother: UUID = field(default_factory=uuid4)
    klass: UUID = field(default_factory=uuid4)

    @property
    def names(self) -> dict[UUID, Name]:
        return {
            self.nosov: Name(last="Носов", first="Денис", middle="Андреевич"),
            self.sokolova: Name(last="Соколова", first="Ирина", middle="Владимировна"),
            self.kalyana: Name(last="Каляна", first="Мария"),
            self.mother: Name(last="Каляна", first="Анна", middle="Сергеевна"),
        }


@dataclass(kw_only=True)
class Clock:
    """The clock of sessions; the ledger keeps the real one."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


@dataclass(frozen=True, kw_only=True)
class Place:
    """A served school."""

    app: Flask
    here: Premises
    clock: Clock
    school: UUID
    people: People
    master_key_file: Path

    def browser(self) -> FlaskClient:
        return self.app.test_client()

    def add_account(
        self, person: UUID, login: str, *, password: str = PASSWORD, must_change: bool = False
    ) -> UUID:
        by = account_desk.asked_by_system(self.school)
        return account_desk.create(
            self.here, by, person=person, login=login, password=password, must_change=must_change
        )


@contextmanager
def serve(
    database: Database,
    folder: Path,
    *,
    demonstration: bool = False,
    administrator: bool = True,
    **settings: object,
) -> Iterator[Place]:
    """One school with its people, served over `database` without a socket."""
    clock, key = Clock(), folder / "master.key"
    create_key(key)
    app = create_app(config_for(database, key), Settings(clock=clock, **settings))  # type: ignore[arg-type]
    app.testing = True
    here: Premises = app.extensions["letopis"]
    try:
        school, persons = found_school(here, demonstration=demonstration, administrator=administrator)
        yield Place(app=app, here=here, clock=clock, school=school, people=persons, master_key_file=key)
    finally:
        here.pool.close()


def found_school(
    here: Premises, *, demonstration: bool = False, administrator: bool = True
) -> tuple[UUID, People]:
    school, persons = uuid4(), People()
    with here.pool.connection() as connection:
        people.put_many(connection, school, persons.names, since=datetime(2020, 9, 1, tzinfo=UTC))
    _append(here.store, school, *_founding(school, persons, demonstration))
    if administrator:
        _append(here.store, school, _draft(persons.nosov, _role(Role.ADMINISTRATOR)))
    return school, persons


def _founding(school: UUID, persons: People, demonstration: bool) -> tuple[Draft, ...]:
    founded = SchoolFounded(title="Школа с. Усть-Белая", zone="Asia/Anadyr", demonstration=demonstration)
    toml = REGULATION.read_text(encoding="utf-8")
    adopted = RegulationAdopted(title="Порядок", toml=toml, in_force=SINCE)
    formed = ClassFormed(year=2026, title="7А", grade=7, level="ООО")
    return (
        _draft(streams.calendar(school), founded),
        _draft(streams.regulation(school), adopted, Category.REGULATION),
        _draft(persons.sokolova, _role(Role.TEACHER)),
        _draft(persons.klass, formed),
        _draft(persons.kalyana, PupilEnrolled(class_id=persons.klass, first=SINCE, order=None)),
        _draft(persons.kalyana, GuardianLinked(guardian=persons.mother, kinship="мать")),
    )


def _role(role: Role) -> RoleGranted:
    return RoleGranted(role=role, first=SINCE, until=None, competence=None)


def _draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


def _append(store: PostgresStore, school: UUID, *drafts: Draft) -> None:
    stamp = Stamp(
        school=school,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))


def config_for(database: Database, key: Path) -> Config:
    return Config(
        home=key.parent,
        host="127.0.0.1",
        port=8080,
        master_key_file=key,
        log_format="console",
        database_url=database.app_dsn,
        migrator_url=None,
    )


def form_token(page: str) -> str:
    """The CSRF token of the first form of a page."""
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def send(browser: FlaskClient, address: str, *, page: str | None = None, **fields: object):
    """Open `page` (default: the address itself) and send its form with these fields."""
    token = form_token(browser.get(page or address).text)
    return browser.post(address, data={"csrf_token": token, **fields})


def sign_in(browser: FlaskClient, login: str, password: str = PASSWORD):
    return send(browser, "/sign-in", login=login, password=password)
