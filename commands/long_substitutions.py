"""A long substitution carries the workload of a page, and by the deputy's grant the period marks (7.12, R-029)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.clashing import in_turn
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_journal, a_stretch, a_teacher
from ledger.entry import Draft
from ledger.events.journals import LongSubstitutionEnded, LongSubstitutionRecorded, PeriodMarksGranted
from ledger.handover import begun
from ledger.school import School, Span
from ledger.school_records import LongSubstitution
from ledger.span import DAY
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordLongSubstitution:
    """From `first` to `until`, both included; without `until` till it is ended."""

    journals: tuple[UUID, ...]
    absent: UUID
    substitute: UUID
    first: date
    until: date | None = None
    order: OrderNamed | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EndLongSubstitution:
    """`last` is the last day the substitute has the page."""

    substitution: UUID
    last: date
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantPeriodMarks:
    substitution: UUID


def record_long_substitution(command: RecordLongSubstitution, sight: Sight) -> tuple[Draft, ...]:
    pages = tuple(dict.fromkeys(command.journals))
    if not pages:
        raise Refusal("substitution-empty", "Не выбрана ни одна страница журнала.")
    a_teacher(command.substitute, command.first, sight)
    for page in pages:
        _check(page, command, sight)
    order, facts = ordered(command.order, "substitution", sight)
    recorded = ((page, _event(n, order, command, sight)) for n, page in enumerate(pages))
    return in_turn((*facts, *recorded), sight.school)


def _event(
    n: int, order: UUID | None, command: RecordLongSubstitution, sight: Sight
) -> LongSubstitutionRecorded:
    return LongSubstitutionRecorded(
        substitution=uuid5(sight.stamp.command_id, f"substitution/{n}"),
        absent=command.absent,
        substitute=command.substitute,
        first=command.first,
        until=command.until,
        order=order,
    )


def _check(journal: UUID, command: RecordLongSubstitution, sight: Sight) -> None:
    page = a_journal(journal, sight)
    a_stretch(command.first, command.until, page.year, sight)
    title = f"{sight.school.klass_of(journal).title}, {sight.school.subject_of(journal).title}"
    if not any(t == command.absent and command.first in span for t, span in page.teachers):
        raise Refusal("substitution-absent", f"{title}: этот учитель не ведёт страницу.")
    span = Span(first=command.first, last=command.until)
    same = next((s for s in page.long if s.span.overlaps(span) and _lasts(s)), None)
    if same is not None:
        end = f" до {spoken(same.span.last)}" if same.span.last else ""
        raise Refusal("substitution-twice", f"{title}: долгая замена уже записана{end}.", status=409)


def _lasts(each: LongSubstitution) -> bool:
    """Not one that was ended before it began."""
    return each.span.last is None or each.span.first <= each.span.last


def end_long_substitution(command: EndLongSubstitution, sight: Sight) -> tuple[Draft, ...]:
    journal, known = _known(command.substitution, sight.school)
    since = max(command.last + DAY, known.span.first)
    if begun((journal,), since, sight.now, sight.school) is not None:
        raise Refusal(
            "substitution-past",
            f"Уроки {spoken(since)} уже начались или прошли и остаются за заменяющим: закончите замену"
            " сегодняшним днём или позже.",
        )
    if known.span.last is not None and command.last > known.span.last:
        raise Refusal("substitution-past", f"Замена и так кончается {spoken(known.span.last)}.")
    facts: tuple[Fact, ...] = ((journal, LongSubstitutionEnded(substitution=known.id, last=command.last)),)
    return numbered(facts, sight.school)


def grant_period_marks(command: GrantPeriodMarks, sight: Sight) -> tuple[Draft, ...]:
    journal, known = _known(command.substitution, sight.school)
    if known.period_marks:
        return ()
    return numbered(((journal, PeriodMarksGranted(substitution=known.id)),), sight.school)


def _known(id: UUID, school: School) -> tuple[UUID, LongSubstitution]:
    """The page and its substitution."""
    for page in school.journals.values():
        for each in page.long:
            if each.id == id:
                return page.id, each
    raise Refusal("substitution-exists", "Такой долгой замены нет.", status=404)
