"""5А of Padun with Исаков Денис and his mother, beside 7А of tests.small_school, under the act a test names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from ledger import people, streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.calendar import YearSet
from ledger.events.regulations import RegulationAdopted
from ledger.events.roster import ClassFormed, ClassTeacherAppointed, GuardianLinked, PupilEnrolled
from ledger.people import Name
from ledger.store import SYSTEM
from tests.databases import Database
from tests.small_school import REGULATION, SINCE, Place, serve, sign_in
from tests.world import named

ISAKOV, MOTHER, LEADER, CLASS = (
    named("Исаков Денис"),
    named("мать Исакова"),
    named("Громова"),
    named("5А"),
)
NAMES = {
    ISAKOV: Name(last="Исаков", first="Денис"),
    MOTHER: Name(last="Исакова", first="Вера", middle="Ильинична"),
    LEADER: Name(last="Громова", first="Анна", middle="Петровна"),
}
PAGE = f"/class/{CLASS}/access"


@contextmanager
def served(database: Database, folder: Path, act: str) -> Iterator[Place]:
    """Громова leads 5А, Соколова 7А, Носов keeps the accounts; they sign in, and nobody of the families."""
    with serve(database, folder) as place:
        with place.here.pool.connection() as connection:
            people.put_many(connection, place.school, NAMES, since=datetime(2020, 9, 1, tzinfo=UTC))
        toml = (REGULATION.parent / f"{act}.toml").read_text(encoding="utf-8")
        adopted = RegulationAdopted(title=act, toml=toml, in_force=SINCE + timedelta(days=1))
        append(place, streams.regulation(place.school), adopted, Category.REGULATION)
        for stream, event in _events(place):
            append(place, stream, event)
        place.add_account(LEADER, "gromova")
        place.add_account(place.people.sokolova, "sokolova")
        place.add_account(place.people.nosov, "nosov")
        yield place


def _events(place: Place) -> Iterator[tuple[UUID, object]]:
    # A year that lasts: the ledger keeps the real clock.
    yield streams.calendar(place.school), YearSet(year=2026, first=SINCE, last=date(2090, 5, 28))
    yield CLASS, ClassFormed(year=2026, title="5А", grade=5, level="ООО")
    for klass, leader in ((CLASS, LEADER), (place.people.klass, place.people.sokolova)):
        yield klass, ClassTeacherAppointed(person=leader, first=SINCE, until=None)
    yield ISAKOV, PupilEnrolled(class_id=CLASS, first=SINCE, order=None)
    yield ISAKOV, GuardianLinked(guardian=MOTHER, kinship="мать")


def append(place: Place, stream: UUID, event: object, category: Category = Category.SCHOOL) -> None:
    stamp = Stamp(
        school=place.school,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    draft = Draft(category=category, stream=stream, version=None, event=event)
    place.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
    place.here.runner.catch_up(place.school, patience=30)


def browser(place: Place, login: str) -> FlaskClient:
    opened = place.browser()
    assert sign_in(opened, login).status_code == 302
    return opened


def password_in(page: str) -> str:
    """The first one-time password a page shows."""
    return page.split("пароль для первого входа: <code>")[1].split("</code>")[0]
