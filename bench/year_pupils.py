"""Who is where on a day of the year: pupils who come, go and move, who is ill, which teachers are away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bench.year_founding import enrolment, school
from bench.year_plan import SUBJECTS, Klass, Page, Plan, study_days
from ledger.entry import Draft
from ledger.events import roster

CATEGORIES = ("по болезни", "по уважительной причине", "без уважительной причины")


@dataclass(frozen=True, kw_only=True)
class Away:
    """Of a pupil or a teacher; both days are included."""

    person: UUID
    first: date
    last: date
    category: str


@dataclass(kw_only=True)
class People:
    """`left` and `came` are pupils with their last and first day; `moved` (pupil, from, to, first day)."""

    plan: Plan
    random: Random
    away: list[Away] = field(default_factory=list)
    teachers_away: list[Away] = field(default_factory=list)
    missing: dict[date, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    moves: dict[date, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    ability: dict[UUID, float] = field(default_factory=dict)
    _lists: dict[UUID, list[tuple[UUID, date, date, UUID | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _members: dict[tuple[UUID, date], tuple[UUID, ...]] = field(default_factory=dict)

    def members(self, page: Page, on: date) -> tuple[UUID, ...]:
        """On the list of the page that day."""
        key = (page.group or page.klass.id, on)
        if key not in self._members:
            rows = self._lists[page.klass.id]
            self._members[key] = tuple(
                pupil
                for pupil, first, last, group in rows
                if first <= on <= last and page.group in (None, group)
            )
        return self._members[key]

    def ever(self, klass: Klass) -> Iterator[UUID]:
        return (row[0] for row in self._lists[klass.id])


def people_of(plan: Plan, random: Random) -> People:
    people = People(plan=plan, random=random)
    for klass in plan.classes:
        _fill(people, klass)
    _move_between_classes(people)
    for klass in plan.classes:
        for pupil in people.ever(klass):
            people.ability.setdefault(pupil, random.gauss(4.0, 0.55))
            _illnesses(people, pupil)
    for teacher in plan.staff:
        for _ in range(random.choice((0, 1, 1, 2))):
            first = plan.first + timedelta(days=random.randrange(10, 265))
            last = first + timedelta(days=random.randrange(2, 6))
            people.teachers_away.append(Away(person=teacher, first=first, last=last, category="illness"))
    return people


def _fill(people: People, klass: Klass) -> None:
    """Of every other class one leaves in February, to every fourth one comes in January."""
    plan, rows = people.plan, people._lists[klass.id]
    rows += [(pupil, plan.first, plan.last, plan.group_of.get(pupil)) for pupil in klass.pupils]
    n = plan.classes.index(klass)
    if n % 2 == 0:
        last, pupil = date(plan.year + 1, 2, 10), klass.pupils[0]
        rows[0] = (pupil, plan.first, last, plan.group_of.get(pupil))
        people.moves[last].append(school(pupil, roster.PupilDeparted(last=last, order="40")))
    if n % 4 == 1:
        came, pupil = date(plan.year + 1, 1, 14), plan.new()
        plan.guardians[pupil] = (plan.new(),)
        if klass.groups:
            plan.group_of[pupil] = klass.groups[0]
        rows.append((pupil, came, plan.last, plan.group_of.get(pupil)))
        people.moves[came] += enrolment(plan, klass, pupil, came)


def _move_between_classes(people: People) -> None:
    """In mid-period, from the first class of a parallel to the second."""
    plan, day = people.plan, date(people.plan.year, 11, 19)
    for here, there in zip(plan.classes[::4], plan.classes[1::4], strict=False):
        if here.grade != there.grade:
            continue
        pupil = here.pupils[5]
        rows = people._lists[here.id]
        rows[5] = (pupil, plan.first, day - timedelta(days=1), plan.group_of.get(pupil))
        group = there.groups[1] if there.groups else None
        people._lists[there.id].append((pupil, day, plan.last, group))
        people.moves[day].append(school(pupil, roster.PupilMoved(class_id=there.id, first=day, order="27")))
        if group:
            grouped = roster.PupilGrouped(group=group, first=day, until=None)
            people.moves[day].append(school(pupil, grouped))


def _illnesses(people: People, pupil: UUID) -> None:
    plan, random = people.plan, people.random
    for _ in range(random.choice((1, 2, 3, 3, 4))):
        first = plan.first + timedelta(days=random.randrange(0, 268))
        last = first + timedelta(days=random.choice((0, 1, 2, 4, 6, 8)))
        category = random.choices(CATEGORIES, (7, 2, 1))[0]
        people.away.append(Away(person=pupil, first=first, last=last, category=category))
        for n in range((last - first).days + 1):
            people.missing[first + timedelta(days=n)].add(pupil)


def substitutes(plan: Plan, page: Page) -> Iterable[UUID]:
    """Who may stand in: the family's others, else anybody of the primary classes."""
    family = SUBJECTS[page.subject][2]
    others = [each for each in plan.teachers[family] if each != page.teacher]
    return others or [each for each in plan.teachers["начальные"] if each != page.teacher]


def school_weeks(plan: Plan) -> Iterator[date]:
    """Fridays."""
    return (on for on in study_days(plan) if on.isoweekday() == 5)
