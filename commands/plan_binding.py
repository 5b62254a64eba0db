"""Pages of the journal go by a plan: their lessons take their topics from it (R-011). Stream: the journal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_journal
from commands.plans import a_plan, the_plan
from ledger.entry import Draft
from ledger.events.journals import PlanBound
from ledger.regulation import Regulation
from ledger.school import Journal, School
from ledger.school_records import PlanHead


@dataclass(frozen=True, kw_only=True, slots=True)
class BindPlan:
    """Pages of the plan's subject, parallel and year."""

    plan: UUID
    journals: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnbindPlan:
    """What its lessons took stays as it was taken."""

    journal: UUID


def of_pages(command: BindPlan, school: School) -> tuple[dict[str, object], ...]:
    """The right is asked of each page's subject."""
    pages = (school.journals.get(journal) for journal in command.journals)
    return tuple({"subject": page.subject if page is not None else None} for page in pages)


def of_page(command: UnbindPlan, school: School) -> tuple[dict[str, object], ...]:
    page = school.journals.get(command.journal)
    return ({"subject": page.subject if page is not None else None},)


def itself(command: BindPlan, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (command.plan,)


def bind_plan(command: BindPlan, sight: Sight) -> tuple[Draft, ...]:
    head = a_plan(command.plan, sight)
    if sight.regulation.plan_approval and not the_plan(head.id, sight).was_approved:
        raise Refusal("plan-approval", "План ещё не утверждён: по нему пока нельзя вести уроки.")
    pages = [
        _agrees(a_journal(journal, sight), head, sight.school) for journal in dict.fromkeys(command.journals)
    ]
    return numbered([(page.id, PlanBound(plan=head.id)) for page in pages], sight.school)


def unbind_plan(command: UnbindPlan, sight: Sight) -> tuple[Draft, ...]:
    page = a_journal(command.journal, sight)
    return () if page.plan is None else numbered([(page.id, PlanBound(plan=None))], sight.school)


def _agrees(page: Journal, head: PlanHead, school: School) -> Journal:
    klass, subject = school.klass_of(page.id), school.subject_of(page.id)
    where = f"{klass.title}, {subject.title}"
    if page.subject != head.subject:
        raise Refusal("plan-subject", f"{where}: этот план по другому предмету.")
    if (klass.grade, page.year) != (head.grade, head.year):
        raise Refusal("plan-grade", f"{where}: этот план для другой параллели или другого года.")
    if page.plan == head.id:
        raise Refusal("plan-bound", f"{where}: страница уже идёт по этому плану.")
    if page.plan is not None:
        other = school.plans[page.plan].title
        raise Refusal("plan-bound", f"{where}: страница идёт по плану «{other}». Сначала отвяжите её.")
    return page
