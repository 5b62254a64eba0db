"""Reporting periods of a level (R-065, P-07): each level has its own, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_stretch
from commands.texts import plain
from ledger import streams, windows
from ledger.entry import Draft
from ledger.events.calendar import ReportingPeriodDefined, ReportingPeriodWithdrawn
from ledger.school import Period, Span
from ledger.windows import spoken

TITLE_LENGTH = 60  # characters of «II триместр»


@dataclass(frozen=True, kw_only=True, slots=True)
class DefinePeriod:
    """`period` names the one that is changed, None for a new one; its kind is that of the level's scheme."""

    year: int
    level: str
    title: str
    first: date
    last: date
    period: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawPeriod:
    """It was defined by mistake."""

    period: UUID


def define_period(command: DefinePeriod, sight: Sight) -> tuple[Draft, ...]:
    school, kind = sight.school, sight.regulation.period_kinds.get(command.level)
    if kind is None:
        raise Refusal("period-level", "Уровень образования — НОО, ООО или СОО.")
    a_stretch(command.first, command.last, command.year, sight)
    period = Period(
        id=command.period or uuid5(sight.stamp.command_id, "period"),
        year=command.year,
        level=command.level,
        kind=kind,
        title=plain(command.title, TITLE_LENGTH),
        span=Span(first=command.first, last=command.last),
    )
    if command.period is not None:
        known = _known(command.period, sight)
        if known == period:
            return ()
        stays_open(known, period, sight)
    _stands_alone(period, sight)
    event = ReportingPeriodDefined(
        period=period.id,
        year=period.year,
        level=period.level,
        kind=period.kind,
        title=period.title,
        first=command.first,
        last=command.last,
    )
    return numbered([(streams.calendar(school.id), event)], school)


def withdraw_period(command: WithdrawPeriod, sight: Sight) -> tuple[Draft, ...]:
    _still_open(_known(command.period, sight), sight)
    event = ReportingPeriodWithdrawn(period=command.period)
    return numbered([(streams.calendar(sight.school.id), event)], sight.school)


def called(period: Period) -> str:
    """«II триместр (ООО, 30.11.2026 – 19.02.2027)»."""
    last = f" – {spoken(period.span.last)}" if period.span.last else ""
    return f"{period.title} ({period.level}, {spoken(period.span.first)}{last})"


def stays_open(known: Period, wanted: Period, sight: Sight) -> None:
    """Raises Refusal where the period is closed, or would be by its new days."""
    _still_open(known, sight)
    if _closed(wanted, sight):
        raise Refusal(
            "period-closed", f"Период нельзя закрыть задним числом: {called(wanted)} уже прошёл бы."
        )


def _known(id_: UUID, sight: Sight) -> Period:
    known = sight.school.periods.get(id_)
    if known is None:
        raise Refusal("period-exists", "Такого отчётного периода нет.", status=404)
    return known


def _still_open(known: Period, sight: Sight) -> None:
    if _closed(known, sight):
        raise Refusal(
            "period-closed",
            f"{called(known)} закрыт: отметки за него выставлены, его дни больше не меняются.",
        )


def _closed(period: Period, sight: Sight) -> bool:
    """P-09: the close comes some days before the last one."""
    last = period.span.last
    return last is not None and sight.now > windows.period_mark_window(last, sight.regulation).soft


def _stands_alone(period: Period, sight: Sight) -> None:
    for other in sight.school.periods.values():
        beside = other.id != period.id and other.level == period.level
        if beside and other.span.overlaps(period.span):
            raise Refusal(
                "period-overlap", f"{called(period)} пересекается с другим периодом: {called(other)}."
            )
