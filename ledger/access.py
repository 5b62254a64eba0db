"""Who may do what, asked by every door (page, history, export, print, API).

The table is ledger.access_table; here is what its relations mean. The answer is the role acted in, so nobody switches
modes (design 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ledger import regulation as regulations
from ledger.access_table import TABLE
from ledger.entry import Role
from ledger.school import Pupil, School
from ledger.timetable import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is asked for; only the fields that name it are set. Roles are those of `today`; a page is one's own by
    the workload on `on`, the lesson's day (E-06), the same day when there is no lesson; with `lesson` also by its
    substitution. A pupil is of the class he is in on that day."""

    today: date
    on: date | None = None
    lesson: Lesson | None = None
    journal: UUID | None = None
    class_id: UUID | None = None
    subject: UUID | None = None
    pupil: UUID | None = None
    person: UUID | None = None


Relation = Callable[[School, UUID, Target], bool]


def acting_role(person: UUID, action: str, target: Target, school: School) -> Role | None:
    """The role in which `person` may do `action` to `target`, None when denied. KeyError: no such action."""
    held = school.roles_of(person, target.today)
    if target.journal in school.journals and _reads(school, person, target):
        held |= {
            Role.TEACHER
        }  # the page is one's own by the workload of the lesson's day, whatever it is today
    for role, relation in TABLE[action].items():
        if role in held and _RELATIONS[relation](school, person, target):
            return role
    return None


def _any(school: School, person: UUID, target: Target) -> bool:
    return True


def _page(school: School, person: UUID, target: Target) -> bool:
    day = target.on or target.today
    return target.journal in school.journals and school.teaches(person, target.journal, day)


def _reads(school: School, person: UUID, target: Target) -> bool:
    lesson, journal = target.lesson, target.journal
    if lesson is not None and (school.writes(person, lesson) or school.stood_in(person, lesson)):
        return True
    return _page(school, person, target) or (
        journal in school.journals and school.reads_as_substitute(person, journal, target.today)
    )


def _lesson(school: School, person: UUID, target: Target) -> bool:
    """One's own to write; a lesson held as a substitute, though the substitution was cancelled since, gets as far as
    the rule W-19, which knows what may be completed (E-02)."""
    if target.lesson is None:
        # A sheet of the page: whoever taught it when the period ended, or teaches it now.
        return _page(school, person, target) or _page(school, person, replace(target, on=None))
    once = any(s.substitute == person for s in school.substitutions.get(target.lesson.id, ()))
    return once or school.writes(person, target.lesson)


def _subject(school: School, person: UUID, target: Target) -> bool:
    """Whoever teaches the subject writes its plan (R-011)."""
    own = school.journals_of_teacher(person, target.today)
    return any(target.subject in (None, journal.subject) for journal in own)


def _class_of(school: School, target: Target) -> UUID | None:
    """The class of what is asked for."""
    if target.class_id is None and target.journal in school.journals:
        return school.journals[target.journal].class_id
    if target.class_id is None and target.pupil in school.pupils:
        return school.pupils[target.pupil].class_on(target.on or target.today)
    return target.class_id


def _class(school: School, person: UUID, target: Target) -> bool:
    class_id = _class_of(school, target)
    return any(k.id == class_id for k in school.classes_led(person, target.today))


def _mandate(school: School, person: UUID, target: Target) -> bool:
    """R-024: what is of no class is read with a mandate for the whole school only."""
    scope = school.inspects(person, target.today)
    return scope is not None and (not scope or _class_of(school, target) in scope)


def _child(school: School, person: UUID, target: Target) -> bool:
    """The pupil, or a guardian; of a pupil of age a guardian as P-37 says (R-048, K-17)."""
    child = school.pupils.get(target.pupil) if target.pupil is not None else None
    if child is None or person == child.id:
        return child is not None
    return person in child.guardians and (not child.of_age or _admitted(school, child, target.today))


def _admitted(school: School, child: Pupil, today: date) -> bool:
    found = regulations.in_force(school, today)
    if found is None:
        return child.admits is True
    regulation = found[1]
    word = regulation.adult_pupil
    return word == "keep" or (word == "consent" and child.admits is True)


def _self(school: School, person: UUID, target: Target) -> bool:
    return person == target.person


_RELATIONS: dict[str, Relation] = {
    "any": _any,
    "page": _page,
    "reads": _reads,
    "lesson": _lesson,
    "subject": _subject,
    "class": _class,
    "mandate": _mandate,
    "child": _child,
    "self": _self,
}
