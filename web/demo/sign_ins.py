"""The accounts of a demonstration; their password exists nowhere else (web/passwords.py)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from commands.files.csv_rows import SchoolBundle
from commands.importing import ids
from commands.importing.roster import guardians_of
from ledger import accounts
from web import account_desk, passwords
from web.premises import Premises

STAFF = {
    "teacher": "sokolova",
    "class-teacher": "gromova",
    "deputy": "dyachkova",
    "methodist": "keulkut",
    "director": "orlova",
    "admin": "nosov",
    "inspector": "zhukov",
    "working-group": "ranav",
}
LAST = "pupil"
PUPIL = ("Каляна", "Мария")


def persons(bundle: SchoolBundle, school: UUID) -> Mapping[str, UUID]:
    """Login → person."""
    pupil = next(row.id for row in bundle.pupils if (row.last_name, row.first_name) == PUPIL)
    parent = next(row.id for row in bundle.guardians if row.pupil == pupil)
    family = {"parent": guardians_of(bundle, school)[parent], "pupil": ids.pupil(school, pupil)}
    return {login: ids.person(school, code) for login, code in STAFF.items()} | family


def complete(here: Premises, school: UUID) -> bool:
    """Whether the last sign-in is there, the last thing a demonstration gets. An older one had fewer and is whole."""
    with here.pool.connection() as connection:
        return LAST in accounts.logins(connection, school)


def create(here: Premises, bundle: SchoolBundle, school: UUID) -> None:
    with here.pool.connection() as connection:
        known = accounts.logins(connection, school)
    for login, person in persons(bundle, school).items():
        if login not in known:
            account_desk.create(
                here,
                account_desk.asked_by_system(school),
                person=person,
                login=login,
                password=passwords.DEMONSTRATION,
                must_change=False,
            )
