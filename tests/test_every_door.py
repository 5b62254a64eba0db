"""Every route and every command × everybody: each door asks the one table, for one's own and for what is another's.

What the table says is compared with the school's matrix in tests/test_matrix.py; here, that no door forgets to ask.
A new route fails until it says here which action it asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import requests

from commands.rights import role_for
from commands.table import BY_NAME, COMMANDS
from ledger.access import Target, acting_role
from ledger.school import School
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller
from web.schemas import schema_of


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def school_of(site: Site) -> School:
    return site.here.school(SCHOOL)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_command_is_for_those_the_table_names(
    name: str, site: Site, everybody: dict[str, Caller]
) -> None:
    command, row, known = BY_NAME[name], COMMANDS[BY_NAME[name]], school_of(site)
    body = doors.body_for(command, row.action, site)
    given = schema_of(command)().load(body)
    for login, caller in everybody.items():
        may = role_for(
            named(PEOPLE[login]),
            row.action,
            row.lessons(given),
            row.about(given, known),
            {},
            known,
            site.today,
        )
        answer = caller.do(name, raw=json.dumps(body).encode())
        said = (login, answer.status_code, answer.text[:300])
        assert answer.status_code < 500, said
        if may is None:
            assert answer.status_code in (403, 404), said
        else:
            assert answer.json().get("code") not in ("not-allowed", "forbidden"), said


@dataclass(frozen=True, kw_only=True)
class Door:
    """A page: the action it asks and of what. `address` by the site; `target` the fields of Target."""

    address: Callable[[Site], str]
    action: str
    target: Callable[[Site], dict[str, object]] = field(default=lambda site: {})


def _lesson(site: Site) -> dict[str, object]:
    lesson = school_of(site).timetable.by_id[site.lesson()]
    return {"lesson": lesson, "on": lesson.date, "journal": lesson.journal}


OWN, FOREIGN = named("7А Алгебра"), named("7Б Физика")
KALYANA, KERGITVAL = named("Каляна Мария"), named("Кергитваль Олег")
SOKOLOVA = named("account teacher")

# endpoint → what is tried there. An endpoint of the API has the same doors as its page.
DOORS: dict[str, tuple[Door, ...]] = {
    "teacher.journal": tuple(
        Door(
            address=lambda site, j=journal: f"/journal/{j}",  # type: ignore[misc]
            action="view_journal",
            target=lambda site, j=journal: {"journal": j},  # type: ignore[misc]
        )
        for journal in (OWN, FOREIGN)
    ),
    "teacher.lesson": (
        Door(address=lambda site: f"/lesson/{site.lesson()}", action="view_journal", target=_lesson),
    ),
    "family.diary": tuple(
        Door(
            address=lambda site, p=pupil: f"/diary/{p}",  # type: ignore[misc]
            action="view_diary",
            target=lambda site, p=pupil: {"pupil": p},  # type: ignore[misc]
        )
        for pupil in (KALYANA, KERGITVAL)
    ),
    "deputy.inbox": (Door(address=lambda site: "/inbox", action="view_inbox"),),
    "trail.cell": (
        Door(
            address=lambda site: (
                f"/trail/cell?lesson={site.lesson()}&work={site.lesson()}&pupil={KALYANA}"
            ),
            action="view_cell_trail",
            target=lambda site: {**_lesson(site), "pupil": KALYANA},
        ),
    ),
    "trail.pupil": tuple(
        Door(
            address=lambda site, p=pupil: f"/trail/pupil/{p}",  # type: ignore[misc]
            action="view_pupil_trail",
            target=lambda site, p=pupil: {"pupil": p},  # type: ignore[misc]
        )
        for pupil in (KALYANA, KERGITVAL)
    ),
    "trail.account": (
        Door(
            address=lambda site: f"/trail/account/{SOKOLOVA}",
            action="view_account_trail",
            target=lambda site: {"person": named("Соколова")},
        ),
    ),
    "landing.start": (Door(address=lambda site: "/start", action="view_first_page"),),
    "dictionary.all_of_them": (Door(address=lambda site: "/dictionaries", action="view_dictionary"),),
    "imports.form": (Door(address=lambda site: "/import/", action="import_school"),),
    "search.results": (Door(address=lambda site: "/search", action="search"),),
    "admin_accounts.people": (Door(address=lambda site: "/accounts/", action="manage_accounts"),),
}

# Who is signed in is all they ask, or they show only what `reading` finds allowed; no one else's data is there.
ASK_THEMSELVES = {
    "static",
    "bootstrap.static",
    "fonts.font",
    "health.health",
    "landing.landing",
    "teacher.today",
    "teacher.journals",
    "family.children",
}


def tried() -> Iterator[tuple[str, Door]]:
    return ((endpoint, door) for endpoint, found in DOORS.items() for door in found)


@pytest.mark.parametrize(
    ("endpoint", "door"), list(tried()), ids=[f"{e} {n}" for n, (e, _) in enumerate(tried())]
)
def test_a_page_is_for_those_the_table_names(
    endpoint: str, door: Door, site: Site, everybody: dict[str, Caller]
) -> None:
    known = school_of(site)
    for login, caller in everybody.items():
        person = named(PEOPLE[login])
        fields = {"person": person, **door.target(site)}
        target = Target(today=site.today, **fields)  # type: ignore[arg-type]
        may = acting_role(person, door.action, target, known)
        status = get(site, caller, door.address(site)).status_code
        assert status == 200 if may else status in (403, 404), (login, status, may)


def get(site: Site, caller: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=caller.headers, timeout=20, allow_redirects=False)
