"""Who holds which role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from commands.files.csv_rows import StaffMember
from commands.importing import ids
from commands.importing.terms import Fact, Terms
from ledger.entry import Role
from ledger.events.staff import RoleGranted, RoleWithdrawn
from ledger.school import School

Held = tuple[str, str | None]  # role and competence


def role_facts(staff: tuple[StaffMember, ...], school: School, terms: Terms) -> Iterator[Fact]:
    """A person the file no longer names keeps their roles: an import dismisses nobody."""
    for member in staff:
        person = ids.person(school.id, member.id)
        # An administrator prepares the school before its year begins.
        first = member.first or min(terms.first, terms.today)
        yield from _roles(person, _wanted(member), first, school, terms)


def _wanted(member: StaffMember) -> set[Held]:
    """Who leads a class is said by classes.csv, with the class, and not once more."""
    return {
        (role, competence)
        for role in member.roles
        if role != Role.CLASS_TEACHER
        for competence in (member.competences if role == Role.DEPUTY and member.competences else (None,))
    }


def _roles(person: UUID, wanted: set[Held], first: date, school: School, terms: Terms) -> Iterator[Fact]:
    known = school.roles.get(person, ())
    held: set[Held] = {(role.value, competence) for role, competence, span in known if span.last is None}
    for role in sorted({role for role, _ in wanted ^ held}):
        had = any(each == role for each, _ in held)
        if had:
            yield person, RoleWithdrawn(role=role, last=terms.before)
        for competence in sorted((c for r, c in wanted if r == role), key=str):
            since = terms.change if known else first
            yield person, RoleGranted(role=role, first=since, until=None, competence=competence)
