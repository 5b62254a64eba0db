"""The pages of the school's structure for whoever asks: right first, then one reading, then the log of views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from flask import abort, g

from commands.appointments import GRANTED
from ledger import accounts, sessions
from ledger.alphabet import plain
from ledger.school import School
from projections import class_list, pupil_page, staff_list
from projections.class_list import ClassPage, SchoolPage
from projections.pupil_page import PupilPage
from projections.staff_list import StaffPage
from web import reading
from web.format import school_year
from web.premises import premises

# Whoever may read the journals of a class sees its list as well.
_LISTS = ("view_class_list", "view_journal")
# What the forms of these pages do, by the action their commands ask for.
_ACTS = (
    "keep_roster",
    "lead_classes",
    "keep_workload",
    "keep_home_tuition",
    "keep_exemption",
    "appoint",
    "assign_roles",
    "view_contacts",
    "view_register",
    "issue_family_credentials",
    "view_acknowledgements",
    "print_year",
)


def whole_school(year: int | None, at: str | None) -> SchoolPage:
    reading.allowed("view_school")
    return reading.show(at, lambda r: class_list.whole_school(r, year), "school", log=False)


def one_class(class_id: UUID, on: date | None, at: str | None) -> ClassPage:
    _may_see_list(class_id=class_id)
    return reading.show(at, lambda r: class_list.one_class(r, class_id, on), "class list", class_id=class_id)


def pupil(pupil: UUID, at: str | None) -> PupilPage:
    _may_see_list(pupil=pupil)
    record = reading.may("view_pupil", pupil=pupil)
    keys = reading.person_keys() if reading.may("view_health", pupil=pupil) else None
    marks = sees_marks(pupil)
    return reading.show(
        at,
        lambda r: pupil_page.page(r, pupil, keys, marks=marks, record=record),
        "pupil card",
        pupil_id=pupil,
    )


def sees_marks(pupil: UUID) -> bool:
    """The administrator keeps the lists and reads no marks (matrix row 1)."""
    return reading.may("view_diary", pupil=pupil)


def sees_consent(pupil: UUID) -> bool:
    """Who prints the form of consent: whoever registers consents, or keeps the list."""
    return reading.may("register_consent", pupil=pupil) or reading.may("view_class_list", pupil=pupil)


def staff(at: str | None) -> StaffPage:
    reading.allowed("view_school")
    return reading.show(at, staff_list.page, "staff", log=False)


def lists(**about: UUID) -> bool:
    """Whether this person may see the list of the class, or the card of the pupil, that `about` names."""
    return any(reading.may(action, **about) for action in _LISTS)


def _may_see_list(**about: UUID) -> None:
    if not any(reading.acts(action, **about) for action in _LISTS):
        reading.note_refused(about.get("pupil"))
        abort(404)


def may(**about: UUID | None) -> dict[str, bool]:
    """By action: whether this person may do it to what `about` names (fields of ledger.access.Target)."""
    return {action: reading.may(action, person=g.actor.person, **about) for action in _ACTS}


def access_states(persons: Iterable[UUID]) -> dict[UUID, str]:
    """Of each person: none (no account), never (never signed in), blocked, or open."""
    wanted = list(persons)
    with premises().pool.connection() as connection:
        known = accounts.of_persons(connection, g.actor.school, wanted)
        used = sessions.ever_signed_in(connection, g.actor.school)
    found = dict.fromkeys(wanted, "none")
    for person, row in known.items():
        entered = row.account_id in used
        found[person] = "blocked" if row.blocked_at else "open" if entered else "never"
    return found


Choice = tuple[UUID, str]  # an id and what it is called


def staff_choices() -> list[Choice]:
    """Everybody of the staff, by name."""
    known = reading.names(staff_list.staff_of(reading.school()))
    return sorted(known.items(), key=lambda each: plain(each[1]))


def class_choices(year: int, *, but: UUID | None = None) -> list[Choice]:
    """The classes of a study year, and of the next one for whoever is being moved up."""
    found = sorted(reading.school().classes.values(), key=lambda k: (k.year, *class_list.in_order(k)))
    return [
        (k.id, k.title if k.year == year else f"{k.title} · {school_year(k.year)}")
        for k in found
        if k.year in (year, year + 1) and k.id != but
    ]


def subject_choices() -> list[Choice]:
    known: School = reading.school()
    taught = ((s.id, s.title) for s in known.subjects.values() if "retired" not in s.attributes)
    return sorted(taught, key=lambda each: each[1].casefold())


def roles_granted() -> Sequence[str]:
    return [role.value for role in GRANTED]
