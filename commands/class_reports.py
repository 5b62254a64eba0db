"""«Отчёт по классу» and «Ведомость»: class teachers hand them over, the deputy has them (W-24, R-219; Padun 2.7)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.papers import ReportsAccepted, ReportsHandedOver
from ledger.papers import CLASS_PAPERS, ClassReports, fold_reports, period_of, reports_open
from ledger.regulation import Regulation
from ledger.school import School
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverReports:
    """Of a period, or of the year (`streams.year`), as they were printed at `position`. `papers`: class_report,
    class_sheet."""

    class_id: UUID
    period: UUID
    papers: tuple[str, ...]
    position: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptReports:
    class_id: UUID
    period: UUID


def reports(
    command: HandOverReports | AcceptReports, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    return (streams.class_reports(school.id, command.class_id, command.period),)


def hand_over_reports(command: HandOverReports, sight: Sight) -> tuple[Draft, ...]:
    """Once more where something was corrected since; then they are to be accepted again."""
    known = _known(command, sight)
    if not command.papers or not set(command.papers) <= set(CLASS_PAPERS):
        raise Refusal("reports-papers", "Отметьте, что сдаёте: «Отчёт по классу», «Ведомость» или оба.")
    if command.position < 1:
        raise Refusal("reports-position", "Сначала распечатайте отчёты: сдают то, что напечатано.")
    event = ReportsHandedOver(
        class_id=command.class_id,
        period=command.period,
        papers=tuple(kind for kind in CLASS_PAPERS if kind in command.papers),
        position=command.position,
    )
    if known.handed is not None and known.handed.event == event:
        raise Refusal("reports-handed", "Эти отчёты уже сданы.", status=409)
    return drafts(Category.CASE, _stream(command, sight), known.version, event)


def accept_reports(command: AcceptReports, sight: Sight) -> tuple[Draft, ...]:
    known = _known(command, sight)
    if known.handed is None:
        raise Refusal("reports-missing", "Классный руководитель ещё не сдал эти отчёты.", status=409)
    if known.accepted is not None:
        raise Refusal("reports-accepted", "Эти отчёты уже приняты.", status=409)
    if known.handed.stamp.person == sight.stamp.person:
        raise Refusal("reports-own", "Свои отчёты принимает другой заместитель директора.")
    event = ReportsAccepted(class_id=command.class_id, period=command.period)
    return drafts(Category.CASE, _stream(command, sight), known.version, event)


def _stream(command: HandOverReports | AcceptReports, sight: Sight) -> UUID:
    return streams.class_reports(sight.school.id, command.class_id, command.period)


def _known(command: HandOverReports | AcceptReports, sight: Sight) -> ClassReports:
    """What was done so far. Raises Refusal where there is no such period, or its last week has not begun."""
    klass = sight.school.classes.get(command.class_id)
    period = None if klass is None else period_of(sight.school, klass, command.period)
    if period is None:
        raise Refusal("reports-period", "У этого класса нет такого отчётного периода.", status=404)
    opens = reports_open(period, sight.regulation)
    if opens is None or sight.now < opens:
        day = "" if opens is None else f": с {spoken(opens)}"
        raise Refusal("reports-early", f"Отчёты сдают в конце отчётного периода{day}.")
    return fold_reports(sight.loaded.get(_stream(command, sight), ()))
