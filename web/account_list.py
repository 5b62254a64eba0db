"""The administrator's list: people of one group, who of them has an account and in what state it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger import accounts, people, sessions
from ledger.accounts import AccountRow
from ledger.school import Klass, School
from web import issuing
from web.premises import Premises


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One person. `account` is None for whoever cannot sign in; `roles` are values of ledger.entry.Role."""

    person: UUID
    name: str
    roles: tuple[str, ...]
    account: AccountRow | None
    open_sessions: int


def classes(school: School) -> tuple[Klass, ...]:
    """Classes of the latest year, youngest first."""
    latest = max((klass.year for klass in school.classes.values()), default=0)
    found = (klass for klass in school.classes.values() if klass.year == latest)
    return tuple(sorted(found, key=lambda klass: (klass.grade, klass.title)))


STAFF, WAITING = "staff", "waiting"


def persons_of(here: Premises, school: School, group: str) -> tuple[UUID, ...] | None:
    """`group` is STAFF, WAITING (of the staff: without an account or never signed in) or a class's id; None for
    neither."""
    if group == STAFF:
        return issuing.staff_of(school)
    if group == WAITING:
        access = without_access(here, school)
        return (*access.unknown, *access.never)
    found = next((klass for klass in school.classes.values() if str(klass.id) == group), None)
    return None if found is None else issuing.family_of(school, found.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class WithoutAccess:
    """Of those who work today: who has no account, and who has one and never signed in. `hours` a week, in hundredths,
    by person."""

    unknown: tuple[UUID, ...]
    never: tuple[UUID, ...]
    hours: dict[UUID, int]


def without_access(here: Premises, school: School) -> WithoutAccess:
    today = school.local(here.now()).date()
    at_work = [person for person in issuing.staff_of(school) if school.roles_of(person, today)]
    with here.pool.connection() as connection:
        known = accounts.of_persons(connection, school.id, at_work)
        entered = sessions.ever_signed_in(connection, school.id)
    never = (p for p, row in known.items() if row.account_id not in entered and row.blocked_at is None)
    return WithoutAccess(
        unknown=tuple(person for person in at_work if person not in known),
        never=tuple(never),
        hours={person: hours_of(school, person, today) for person in at_work},
    )


def hours_of(school: School, person: UUID, on: date) -> int:
    """A week, in hundredths."""
    return sum(dict(page.hours).get(person, 0) for page in school.journals_of_teacher(person, on))


def lines(here: Premises, school: School, persons: Iterable[UUID], *, at: datetime) -> tuple[Line, ...]:
    """In the order of names."""
    wanted, today = tuple(persons), school.local(at).date()
    with here.pool.connection() as connection:
        names = people.names_at(connection, school.id, wanted)
        known = accounts.of_persons(connection, school.id, wanted)
        counts = sessions.open_counts(connection, school.id, at=at)
    found = []
    for person in sorted(wanted, key=lambda each: people.sort_key(names[each])):
        account = known.get(person)
        line = Line(
            person=person,
            name=names[person].full,
            roles=tuple(sorted(school.roles_of(person, today))),
            account=account,
            open_sessions=counts.get(account.account_id, 0) if account else 0,
        )
        found.append(line)
    return tuple(found)


def losing_passwords(here: Premises, school: School, persons: Iterable[UUID]) -> tuple[Line, ...]:
    """Those of `persons` whose working password a new one would end, in the order of names."""
    found = lines(here, school, persons, at=here.now())
    return tuple(line for line in found if line.account and line.account.blocked_at is None)
