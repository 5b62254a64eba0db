"""Marks for the periods and the year, the closing of sheets, the promotion of pupils."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from bench.writing import By
from bench.year_cases import correct_period_mark
from bench.year_founding import school
from bench.year_lessons import Making, Standing, in_stream
from bench.year_plan import Page
from ledger import streams
from ledger.entry import Category, Draft, Finding
from ledger.events.period_marks import PeriodClosed, PeriodMarkGiven
from ledger.events.promotion import PromotionDecided, PromotionProposed

NOT_ATTESTED, FEWEST = "н/а", 2
Given = dict[tuple[UUID, UUID], list[tuple[int, str]]]  # (page, pupil) → (position, value) by period


def plan_sheets(making: Making) -> None:
    """Each page in the last five days of its period, late now and then; the deputy closes it."""
    given: Given = {}
    for period, (level, _, _, first, last) in making.plan.periods.items():
        for page in making.plan.pages:
            if page.klass.level == level and page.marked:
                _plan_sheet(making, page, period, (first, last), given)
        _plan_closing(making, period, level, last)
    for page in making.plan.pages:
        if page.marked:
            _plan_year(making, page, given)
    _plan_promotion(making)


def _last_school_day(making: Making, last: date) -> date:
    days = making.school.timetable.by_day
    while last not in days:
        last -= timedelta(days=1)
    return last


def _plan_sheet(making: Making, page: Page, period: UUID, span: tuple[date, date], given: Given) -> None:
    late = making.chance(0.03)
    on = span[1] if late else _last_school_day(making, span[1])

    def write(making: Making, by: By, at: datetime) -> None:
        standing = making.standing.pop(page.id, Standing())
        finding = (Finding(code="W-14", delay=3600),) if late else ()
        drafts = [
            _sheet_draft(making, page, period, _period_mark(making, page, period, pupil, standing), finding)
            for pupil in making.people.members(page, on)
        ]
        position = making.writer.write(by, at, drafts)
        for n, draft in enumerate(drafts, position):
            event: PeriodMarkGiven = draft.event  # type: ignore[assignment]
            given.setdefault((page.id, event.pupil), []).append((n, event.value))
            making.period_marks.setdefault(event.pupil, []).append(n)
            if making.chance(0.002):
                correct_period_mark(making, page, draft.stream, event, n)

    at = making.moment(on, 20, 180)
    making.later[on].append((at, making.by(page.teacher), write))


def _sheet_draft(
    making: Making, page: Page, period: UUID, event: object, findings: tuple[Finding, ...] = ()
) -> Draft:
    sheet = streams.period_sheet(making.plan.id, page.id, period)
    return in_stream(Category.PERIOD, sheet, event, findings=findings)


def _period_mark(
    making: Making, page: Page, period: UUID, pupil: UUID, standing: Standing
) -> PeriodMarkGiven:
    marks = standing.marks.get(pupil, {}).values()
    values = [sum(value) / len(value) for _, value in marks]
    proposed = str(int(sum(values) / len(values) + 0.5)) if len(values) >= FEWEST else ""
    value, reason = proposed or NOT_ATTESTED, None
    if proposed and making.chance(0.03):
        value = str(max(2, min(5, int(proposed) + making.random.choice((-1, 1)))))
        reason = making.sealed("С учётом контрольных работ", pupil) if value != proposed else None
    rests_on = sorted([p for p, _ in marks] + list(standing.absences.get(pupil, {}).values()))
    return PeriodMarkGiven(
        journal=page.id,
        period=period,
        kind="period",
        pupil=pupil,
        value=value,
        proposed=proposed,
        rests_on=tuple(rests_on),
        reason=reason,
    )


def _plan_closing(making: Making, period: UUID, level: str, last: date) -> None:
    pages = [page for page in making.plan.pages if page.klass.level == level and page.marked]

    def close(making: Making, by: By, at: datetime) -> None:
        closed = (
            _sheet_draft(making, page, period, PeriodClosed(journal=page.id, period=period)) for page in pages
        )
        making.writer.write(by, at, tuple(closed))

    at = datetime.combine(last, datetime.max.time().replace(microsecond=0))
    making.later[last].append((at, making.office("deputy"), close))


def _plan_year(making: Making, page: Page, given: Given) -> None:
    on, year = making.plan.last, streams.year(making.plan.id, making.plan.year)

    def write(making: Making, by: By, at: datetime) -> None:
        drafts = []
        for pupil in making.people.members(page, on):
            known = given.get((page.id, pupil), [])
            marks = [int(value) for _, value in known if value.isdigit()]
            value = str(int(sum(marks) / len(marks) + 0.5)) if marks else NOT_ATTESTED
            event = PeriodMarkGiven(
                journal=page.id,
                period=year,
                kind="year",
                pupil=pupil,
                value=value,
                proposed=value if marks else "",
                rests_on=tuple(position for position, _ in known),
            )
            drafts.append(_sheet_draft(making, page, year, event))
        making.writer.write(by, at, drafts)

    at = datetime.combine(on, datetime.max.time().replace(microsecond=0))
    making.later[on].append((at, making.by(page.teacher), write))


def _plan_promotion(making: Making) -> None:
    plan, on = making.plan, making.plan.last
    end = datetime.combine(on, datetime.max.time().replace(microsecond=0))
    for klass in plan.classes:
        assert klass.teacher is not None
        decision = "admitted" if klass.grade in (9, 11) else "promoted"
        pupils = (
            making.people.members(klass.pages[0], on) if not klass.pages[0].group else tuple(klass.pupils)
        )
        proposed = PromotionProposed(year=plan.year, decision=decision)
        decided = PromotionDecided(year=plan.year, decision=decision)
        by = making.by(klass.teacher, "class_teacher")
        making.later[on].append((end, by, tuple(school(pupil, proposed) for pupil in pupils)))
        making.later[on].append((end, making.office("director"), tuple(school(p, decided) for p in pupils)))
    making.later[on].sort(key=_when)


def _when(step: tuple[datetime, By, object]) -> datetime:
    return step[0]
