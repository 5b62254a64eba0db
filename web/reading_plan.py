"""Plans, plan against fact and the schedule of control works, for whoever may look: right first, then one reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import abort, g

from commands.files.plan_rows import PlanFile, spread
from commands.plan_upload import lines_of
from commands.plans import PlanLine, kind_of
from ledger import regulation as regulations
from ledger.entry import Role
from ledger.plan import Changes, Plan, PlanItem, changes, fold_plan
from ledger.regulation import Regulation
from ledger.school import School
from projections import control_schedule, plan_fulfilment, plan_page, plans
from projections.control_schedule import ControlSchedule
from projections.plan_fulfilment import FulfilmentPage
from projections.plan_page import PlanPage
from projections.plans import PlansPage
from web import reading
from web.premises import premises


def listed(year: int | None, at: str | None) -> PlansPage:
    reading.allowed("view_plan")
    return reading.show(at, lambda found: plans.page(found, _year(found.school, year)), "plans", log=False)


def one(plan: UUID, at: str | None) -> PlanPage:
    reading.allowed("view_plan")
    return reading.show(at, lambda found: plan_page.page(found, plan), "plan", log=False)


def _year(school: School, asked: int | None) -> int:
    return asked or school.year_of(reading.now().date()) or max(school.years, default=0)


def may_write(subject: UUID | None = None) -> bool:
    """The table of rights and the school's act (P-30) both let this person write plans of the subject, or of any."""
    role = reading.role_in("write_plan", subject=subject)
    return role is not None and bool({role, *_administrator()} & _act().plan_authors)


def _administrator() -> set[str]:
    return {role for role in g.actor.roles if role == "administrator"}


def may_approve() -> bool:
    return reading.may("approve_plan") and _act().plan_approval


def _act() -> Regulation:
    found = regulations.in_force(reading.school(), reading.now().date())
    return found[1] if found is not None else abort(404)


def subjects() -> list[tuple[UUID, str]]:
    """Those this person may write plans of."""
    known = reading.school()
    taught = {page.subject for page in known.journals.values()}
    found = [
        (each.id, each.title) for each in known.subjects.values() if each.id in taught and may_write(each.id)
    ]
    return sorted(found, key=lambda each: each[1])


def grades(year: int) -> list[int]:
    return sorted({klass.grade for klass in reading.school().classes.values() if klass.year == year})


def stands(plan: UUID) -> Plan:
    """At the head of the ledger: what an upload is compared with."""
    if plan not in reading.school().plans:
        abort(404)
    return fold_plan(premises().store.load(g.actor.school, streams=[plan]).streams[plan])


def compared(file: PlanFile, plan: Plan, *, by_lesson: bool) -> tuple[tuple[PlanLine, ...], Changes]:
    """What the file would make of the plan, themes as they stand or spread over lessons; nothing is written."""
    lines = lines_of(spread(file.rows) if by_lesson else file.rows, plan.items)
    new = plan.next_number
    after = []
    for line in lines:
        after.append(_item(line, line.number or new, plan))
        new += not line.number
    return lines, changes(plan.items, tuple(after))


def _item(line: PlanLine, number: int, plan: Plan) -> PlanItem:
    """As the command will write it: a kind of work has its key, and a control one is a control work."""
    kinds, known = _act().work_kinds, kind_of(line.kind, _act())
    return PlanItem(
        number=number,
        section=line.section,
        topic=line.topic,
        hours=line.hours,
        date=line.date,
        kind=known or line.kind,
        control=line.control or (known is not None and kinds[known].control),
        homework=line.homework,
    )


def kind_titles() -> dict[str, str]:
    return {key: kind.title for key, kind in _act().work_kinds.items()}


def fulfilment(to: date, at: str | None) -> FulfilmentPage:
    """C-05 of every page this person may ask about, by class and subject."""
    known = reading.school()
    year = known.year_of(to) or known.year_of(reading.now().date())
    roles = open_fulfilments()
    if not roles:
        abort(403)
    g.acting_role = next(iter(roles.values()))
    own = [journal for journal in roles if known.journals[journal].year == year]
    ordered = sorted(own, key=lambda each: _order(known, each))
    return reading.show(
        at, lambda found: plan_fulfilment.page(found, _then(found.school, ordered), to), "C-05"
    )


def open_fulfilments() -> dict[UUID, Role]:
    """Pages of the journal whose C-05 this person may see, and in which role."""
    asked = ((page, reading.role_in("view_fulfilment", journal=page)) for page in reading.school().journals)
    return {page: role for page, role in asked if role is not None}


def _then(school: School, journals: Iterable[UUID]) -> list[UUID]:
    """Those there were at the page's moment."""
    return [journal for journal in journals if journal in school.journals]


def _order(school: School, journal: UUID) -> tuple[int, str, str]:
    klass = school.klass_of(journal)
    return klass.grade, klass.title, school.subject_of(journal).title


def fulfilment_of(journal: UUID, to: date, at: str | None) -> FulfilmentPage:
    page = reading.school().journals.get(journal) or abort(404)
    reading.allowed("view_fulfilment", journal=journal)
    return reading.show(
        at,
        lambda found: plan_fulfilment.page(found, [journal], to),
        "C-05",
        journal_id=journal,
        class_id=page.class_id,
    )


def control_works(classes: list[UUID], first: date, last: date, at: str | None) -> ControlSchedule:
    children = reading.children()
    return reading.show(
        at,
        lambda found: control_schedule.page(found, classes, first, last, children),
        "control works",
        log=False,
    )


def control_classes() -> list[tuple[UUID, str]]:
    """Classes whose schedule this person may see: a family that of its children."""
    known, today = reading.school(), reading.now().date()
    year = known.year_of(today) or max(known.years, default=0)
    classes = (klass.id for klass in known.classes.values() if klass.year == year)
    own = {class_id for class_id in classes if reading.acts("view_control_schedule", class_id=class_id)}
    if not own:
        children = [p for p in reading.children() if reading.acts("view_control_schedule", pupil=p)]
        own = {c for child in children if (c := known.pupils[child].class_on(today)) is not None}
    if not own:
        abort(403)
    found = sorted((known.classes[each] for each in own), key=lambda klass: (klass.grade, klass.title))
    return [(klass.id, klass.title) for klass in found]
