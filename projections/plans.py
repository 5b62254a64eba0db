"""The plans of a year: subject by parallel, the classes that go by each, hours beside the study plan (R-011, R-012)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.plan import HOUR, Plan
from ledger.school import Journal
from ledger.school_records import PlanHead
from projections.as_of import AsOf
from projections.plan_items import part_of, plans_of
from projections.plan_page import fits
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLine:
    """`hours` of the plan and `year_hours` of the study plans of its parallel, in hundredths: one where classes agree.
    `bound` and `free` are titles of the classes that go by it, and of those that go by none."""

    plan: UUID
    title: str
    subject: UUID
    subject_title: str
    grade: int
    state: str
    lines: int
    hours: int
    year_hours: tuple[int, ...]
    bound: tuple[str, ...]
    free: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Pages of a subject and a parallel that no plan was drawn up for."""

    subject: UUID
    subject_title: str
    grade: int
    classes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlansPage:
    year: int
    years: tuple[int, ...]
    approval: bool
    lines: tuple[PlanLine, ...]
    missing: tuple[Missing, ...]
    as_of: AsOf


def page(reading: Reading, year: int) -> PlansPage:
    school = reading.school
    heads = [head for head in school.plans.values() if head.year == year]
    plans = plans_of(reading, (head.id for head in heads))
    lines = [_line(head, plans[head.id], reading) for head in heads]
    return PlansPage(
        year=year,
        years=tuple(sorted(school.years)),
        approval=reading.regulation().plan_approval,
        lines=tuple(sorted(lines, key=lambda line: (line.subject_title, line.grade, line.title))),
        missing=_missing(heads, year, reading),
        as_of=reading.as_of,
    )


def _line(head: PlanHead, plan: Plan, reading: Reading) -> PlanLine:
    school = reading.school
    pages = [each for each in school.journals.values() if fits(each, head, school)]
    hours = {school.study_plan.get((each.class_id, head.subject), (0, 0))[1] for each in pages}
    return PlanLine(
        plan=head.id,
        title=head.title,
        subject=head.subject,
        subject_title=school.subjects[head.subject].title,
        grade=head.grade,
        state=plan.state,
        lines=len(plan.items),
        hours=plan.hours,
        year_hours=tuple(sorted(HOUR * each for each in hours if each)),
        bound=_titles([each for each in pages if each.plan == head.id], reading),
        free=_titles([each for each in pages if each.plan is None], reading),
    )


def _titles(pages: list[Journal], reading: Reading) -> tuple[str, ...]:
    def title(page: Journal) -> str:
        part = part_of(page, reading)
        return reading.school.classes[page.class_id].title + (f" ({part})" if part else "")

    return tuple(sorted(map(title, pages)))


def _missing(heads: list[PlanHead], year: int, reading: Reading) -> tuple[Missing, ...]:
    school = reading.school
    there = {(head.subject, head.grade) for head in heads}
    without: dict[tuple[UUID, int], list[Journal]] = {}
    for each in school.journals.values():
        place = (each.subject, school.classes[each.class_id].grade)
        if each.year == year and place not in there:
            without.setdefault(place, []).append(each)
    found = [
        Missing(
            subject=subject,
            subject_title=school.subjects[subject].title,
            grade=grade,
            classes=_titles(pages, reading),
        )
        for (subject, grade), pages in without.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.subject_title, each.grade)))
