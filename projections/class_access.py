"""«Доступ семей» of a class: who of pupils and guardians can sign in, who never did, and which pupils have no
parent who can (R-044, R-046; P-32, P-34)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger import accounts, sessions
from ledger.accounts import AccountRow
from ledger.entry import Role
from ledger.people import NO_NAME, Name
from ledger.school import School
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading
from projections.staff_list import staff_of

CREATES = "class_teacher_creates"
# Who gives families access by P-32, where it is not the class teacher alone.
WHO_GIVES = {
    "administrator": "Доступ ученикам и родителям выдаёт администратор.",
    "class_teacher_hands_over": "Доступ ученикам и родителям открывает администратор, а вручает пароли классный"
    " руководитель.",
}
FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN})


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAccess:
    """`state`: none, never (signed in), open or blocked, as it is now whatever moment the page shows. `staff`: works
    at the school, whose account is the administrator's business."""

    person: UUID
    name: str
    login: str
    state: str
    staff: bool

    @property
    def waits(self) -> bool:
        """For a password that lets in for the first time."""
        return not self.staff and self.state in ("none", "never")

    @property
    def given_here(self) -> bool:
        return not self.staff and self.state != "blocked"


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilAccess:
    own: PersonAccess
    guardians: tuple[PersonAccess, ...]

    @property
    def persons(self) -> tuple[PersonAccess, ...]:
        return (self.own, *self.guardians)

    @property
    def parents(self) -> int:
        """How many of them have an account that is not closed (R-046)."""
        return sum(each.state in ("never", "open") for each in self.guardians)


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessPage:
    """`gives` is P-32 and `clause` its place in the act; `least` and `least_clause` are P-34's."""

    class_id: UUID
    class_title: str
    pupils: tuple[PupilAccess, ...]
    gives: str
    clause: str
    least: int
    least_clause: str
    as_of: AsOf

    @property
    def without_parent(self) -> tuple[PupilAccess, ...]:
        """Pupils with fewer parents who may sign in than the act asks; where it asks for none, with none."""
        return tuple(each for each in self.pupils if each.parents < max(1, self.least))

    @property
    def waiting(self) -> tuple[PersonAccess, ...]:
        """Each once, a mother of two among them."""
        found = {each.person: each for pupil in self.pupils for each in pupil.persons if each.waits}
        return tuple(found.values())


def page(reading: Reading, class_id: UUID) -> AccessPage:
    """Raises NoSuchPage: no such class, or no act yet."""
    school, regulation = reading.school, reading.regulation()
    if class_id not in school.classes:
        raise NoSuchPage(str(class_id))
    pupils = school.pupils_of_class(class_id, reading.today)
    persons = {*pupils, *(g for pupil in pupils for g in school.pupils[pupil].guardians)}
    names = reading.names(persons)
    known = _accesses(reading, persons, names)
    return AccessPage(
        class_id=class_id,
        class_title=school.classes[class_id].title,
        pupils=tuple(
            PupilAccess(own=known[id], guardians=tuple(known[g] for g in school.pupils[id].guardians))
            for id in reading.sorted(pupils, names)
        ),
        gives=regulation.parent_credentials,
        clause=regulation.clause("P-32"),
        least=regulation.least_parent_accounts,
        least_clause=regulation.clause("P-34"),
        as_of=reading.as_of,
    )


def _accesses(
    reading: Reading, persons: Collection[UUID], names: Mapping[UUID, Name]
) -> dict[UUID, PersonAccess]:
    rows = accounts.of_persons(reading.connection, reading.school.id, persons)
    entered = sessions.ever_signed_in(reading.connection, reading.school.id)
    staff = staff_among(persons, reading.school, reading.today)
    return {
        person: PersonAccess(
            person=person,
            name=names.get(person, NO_NAME).full,
            login=rows[person].login if person in rows else "",
            state=_state(rows.get(person), entered),
            staff=person in staff,
        )
        for person in persons
    }


def _state(row: AccountRow | None, entered: Collection[UUID]) -> str:
    if row is None:
        return "none"
    if row.blocked_at is not None:
        return "blocked"
    return "open" if row.account_id in entered else "never"


def staff_among(persons: Iterable[UUID], school: School, on: date) -> frozenset[UUID]:
    """Those of `persons` who ever had a role, a class or a page here, or stand in for somebody."""
    ever = staff_of(school)
    return frozenset(p for p in persons if p in ever or school.roles_of(p, on) - FAMILY)
