"""A plan with its lines, where each was given, the pages that go by it, its versions and why they came (R-082)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.plans import PlanApproved, PlanItemsSet, PlanReturned
from ledger.plan import HOUR, Changes, Plan, PlanItem, changes, items_of
from ledger.regulation import Regulation
from ledger.school import Journal, School
from ledger.school_records import PlanHead
from projections.as_of import AsOf, Filled
from projections.plan_items import part_of, passed, plans_of, recorded
from projections.reading import NoSuchPage, Reading

Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A lesson that took the line."""

    lesson: UUID
    class_title: str
    date: Day


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """`place` is the number on paper, `number` the line's own; `kind_title` in full words."""

    place: int
    number: int
    section: str
    topic: str
    hours: int
    date: Day | None
    kind: str
    kind_title: str
    control: bool
    homework: str
    given: tuple[Given, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPageOf:
    """A page of the journal: bound to the plan, or one that could be (for `group_title` see part_of). `passed` counts
    lessons by the plan."""

    journal: UUID
    class_title: str
    group_title: str
    passed: int
    year_hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """`what` is set, approved or returned; of a set one how many lines changed, and their sum of hours. `from_` is the
    moment the plan is shown so from."""

    position: int
    at: datetime
    from_: datetime
    by: UUID
    role: str
    what: str
    reason: str
    hours: int
    lines: int
    changes: Changes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPage:
    """`seen` is what a change must say it saw; `needs_reason`: the plan is in force (R-082); `approval`: the act wants
    plans approved (P-30)."""

    plan: UUID
    title: str
    subject: UUID
    subject_title: str
    grade: int
    year: int
    state: str
    approval: bool
    seen: int
    needs_reason: bool
    hours: int
    rows: tuple[PlanRow, ...]
    pages: tuple[PlanPageOf, ...]
    free: tuple[PlanPageOf, ...]
    versions: tuple[Version, ...]
    filled: Filled | None
    as_of: AsOf


def page(reading: Reading, plan: UUID) -> PlanPage:
    """Raises NoSuchPage."""
    school, regulation = reading.school, reading.regulation()
    head = school.plans.get(plan)
    if head is None:
        raise NoSuchPage(str(plan))
    known = plans_of(reading, [plan])[plan]
    bound = [each for each in school.journals.values() if each.plan == plan]
    rows = recorded(reading, (each.id for each in bound))
    last = known.history[-1] if known.history else None
    return PlanPage(
        plan=plan,
        title=head.title,
        subject=head.subject,
        subject_title=school.subjects[head.subject].title,
        grade=head.grade,
        year=head.year,
        state=known.state,
        approval=regulation.plan_approval,
        seen=known.position,
        needs_reason=known.was_approved if regulation.plan_approval else bool(bound),
        hours=known.hours,
        rows=tuple(_rows(known, plan, rows, school, regulation)),
        pages=_pages(bound, rows, head, reading),
        free=_pages(_free(head, school), {}, head, reading),
        versions=tuple(_versions(known)),
        filled=Filled(at=last.stamp.received_at, by=last.stamp.person) if last is not None else None,
        as_of=reading.as_of,
    )


def fits(page: Journal, head: PlanHead, school: School) -> bool:
    """Whether the page is of the plan's subject, parallel and year."""
    klass = school.classes[page.class_id]
    return (page.subject, klass.grade, page.year) == (head.subject, head.grade, head.year)


def _free(head: PlanHead, school: School) -> list[Journal]:
    return [page for page in school.journals.values() if page.plan is None and fits(page, head, school)]


def _pages(
    pages: list[Journal], rows: dict[UUID, list[Any]], head: PlanHead, reading: Reading
) -> tuple[PlanPageOf, ...]:
    school = reading.school
    found = [
        PlanPageOf(
            journal=each.id,
            class_title=school.classes[each.class_id].title,
            group_title=part_of(each, reading),
            passed=passed(rows.get(each.id, ()), head.id).total(),
            year_hours=school.study_plan.get((each.class_id, head.subject), (0, 0))[1] * HOUR,
        )
        for each in pages
    ]
    return tuple(sorted(found, key=lambda each: (each.class_title, each.group_title)))


def _rows(
    known: Plan, plan: UUID, rows: dict[UUID, list[Any]], school: School, regulation: Regulation
) -> Iterator[PlanRow]:
    given: dict[int, list[Given]] = {}
    for row in (row for own in rows.values() for row in own):
        if row.plan == plan and row.plan_item is not None:
            title = school.klass_of(row.journal).title
            given.setdefault(row.plan_item, []).append(
                Given(lesson=row.lesson, class_title=title, date=row.date)
            )
    for place, item in enumerate(known.items, start=1):
        yield _row(place, item, tuple(given.get(item.number, ())), regulation)


def _row(place: int, item: PlanItem, given: tuple[Given, ...], regulation: Regulation) -> PlanRow:
    return PlanRow(
        place=place,
        number=item.number,
        section=item.section,
        topic=item.topic,
        hours=item.hours,
        date=item.date,
        kind=item.kind,
        kind_title=kind_title(item.kind, regulation),
        control=item.control,
        homework=item.homework,
        given=given,
    )


def kind_title(kind: str, regulation: Regulation) -> str:
    """In full words (9.5(b2)); what the school has no kind for is shown as written."""
    known = regulation.work_kinds.get(kind)
    return known.title if known is not None else kind


def _versions(known: Plan) -> Iterator[Version]:
    """The newest first."""
    found: list[Version] = []
    before: tuple[PlanItem, ...] = ()
    for entry in known.history:
        items = items_of(entry.event) if isinstance(entry.event, PlanItemsSet) else before
        found.append(_version(entry, before, items))
        before = items
    yield from reversed(found)


def _version(entry: Entry, before: tuple[PlanItem, ...], items: tuple[PlanItem, ...]) -> Version:
    was_set = isinstance(entry.event, PlanItemsSet)
    reason = entry.event.reason if isinstance(entry.event, PlanItemsSet | PlanReturned) else ""
    approved = isinstance(entry.event, PlanApproved)
    return Version(
        position=entry.position,
        at=entry.stamp.received_at,
        from_=entry.recorded_at,
        by=entry.stamp.person,
        role=entry.stamp.role.value,
        what="set" if was_set else "approved" if approved else "returned",
        reason=reason,
        hours=sum(item.hours for item in items),
        lines=len(items),
        changes=changes(before, items) if was_set and before else None,
    )
