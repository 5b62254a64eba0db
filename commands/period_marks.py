"""Marks for a period, the year, an attestation and final ones (7.14(b8, b9), R-147…R-159)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands import taint
from commands.deciding import Refusal, Sight, drafts
from commands.in_lesson import agree
from commands.period_facts import period_entries, period_state, standing_mark
from commands.texts import plain
from ledger import streams
from ledger.attestation import Evidence, propose, propose_year
from ledger.entry import Category, Draft, Entry
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkRechecked, PeriodMarkWithdrawn
from ledger.period_sheet import ATTESTATION, FINAL, KINDS, NON_ATTESTATION, PERIOD, YEAR
from ledger.rules.state import PeriodState

REASON_LENGTH = 500  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMarkItem:
    """`value` «5»…«1», «осв», «н/а», or «» to take it away; `reason` of a deviation from what was proposed; `seen` the
    position of the mark the person saw there, 0 for none."""

    pupil: UUID
    value: str
    reason: str = ""
    seen: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPeriodMarks:
    """Of one page, all of them or none. `kind`: period, or in the sheet of the year: year, attestation, final."""

    journal: UUID
    period: UUID
    kind: str
    marks: tuple[PeriodMarkItem, ...]
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RecheckPeriodMark:
    """What the mark rests on has changed since, and it stays (R-172)."""

    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    reason: str
    seen: int
    confirmed: bool = False


Command = SetPeriodMarks | RecheckPeriodMark


def set_period_marks(command: SetPeriodMarks, sight: Sight) -> tuple[Draft, ...]:
    state = period_state(command.journal, command.period, sight)
    _kind_fits(command, sight)
    pupils = [item.pupil for item in command.marks]
    if len(set(pupils)) < len(pupils):
        raise Refusal("pupil-twice", "Один ученик назван дважды: оставьте одну отметку.")
    found = (_event(item, n, command, state, sight) for n, item in enumerate(command.marks))
    return _in_sheet(command, state, sight, *(event for event in found if event is not None))


def recheck_period_mark(command: RecheckPeriodMark, sight: Sight) -> tuple[Draft, ...]:
    state = period_state(command.journal, command.period, sight)
    entry = state.sheet.marks.get((command.kind, command.pupil))
    if entry is None:
        raise Refusal("no-period-mark", "Такой отметки нет — обновите страницу.", status=404)
    agree(command.seen, entry)
    event = PeriodMarkRechecked(
        journal=command.journal,
        period=command.period,
        kind=command.kind,
        pupil=command.pupil,
        rests_on=rests_on(command, command.pupil, state, sight),
        reason=sight.sealed(plain(command.reason, REASON_LENGTH), about=command.pupil),
        act=taint.act_behind((command.kind, command.pupil), state.sheet, sight),
    )
    return _in_sheet(command, state, sight, event)


def _kind_fits(command: SetPeriodMarks, sight: Sight) -> None:
    school, regulation = sight.school, sight.regulation
    year = command.period == streams.year(school.id, school.journals[command.journal].year)
    if command.kind not in KINDS or year == (command.kind == PERIOD):
        raise Refusal(
            "period-kind",
            "В ведомости периода — отметка за период; в ведомости года — годовая, за аттестацию и итоговая.",
        )
    graduating = regulation.graduating_grades
    if command.kind == FINAL and school.klass_of(command.journal).grade not in graduating:
        grades = ", ".join(map(str, graduating))
        raise Refusal(
            "P-11",
            f"Итоговую отметку ставят в выпускных классах: {grades}.",
            clause=regulation.clause("P-11"),
        )


def _event(
    item: PeriodMarkItem, part: int, command: SetPeriodMarks, state: PeriodState, sight: Sight
) -> PeriodMarkGiven | PeriodMarkWithdrawn | None:
    """None when the cell says so already."""
    value, kind = item.value.strip(), command.kind
    if value == state.sheet.value(kind, item.pupil):
        return None
    agree(item.seen, state.sheet.marks.get((kind, item.pupil)))
    place = {"journal": command.journal, "period": command.period, "kind": kind, "pupil": item.pupil}
    if not value:
        return PeriodMarkWithdrawn(**place)  # type: ignore[arg-type]
    said = item.reason.strip() and item.pupil in sight.school.pupils  # nobody else has a key to seal it with
    reason = plain(item.reason, REASON_LENGTH) if said else ""
    return PeriodMarkGiven(
        **place,  # type: ignore[arg-type]
        value=value,
        proposed=proposed(command, item.pupil, state, sight),
        rests_on=rests_on(command, item.pupil, state, sight),
        reason=sight.sealed(reason, about=item.pupil, part=part) if reason else None,
    )


def proposed(command: SetPeriodMarks, pupil: UUID, state: PeriodState, sight: Sight) -> str:
    """By the regulation (K-12, K-13); «» for what is nobody's mean: an attestation, a final mark."""
    if command.kind == PERIOD:
        attested = state.sheet.granted(pupil, NON_ATTESTATION) is not None
        evidence = state.evidence.get(pupil, Evidence())
        return propose(evidence, sight.regulation, attested=attested).value
    if command.kind != YEAR or pupil not in sight.school.pupils:
        return ""
    exam = standing_mark(command.journal, command.period, (ATTESTATION, pupil), sight)
    taken = "" if exam is None else exam.event.value  # type: ignore[attr-defined]
    return propose_year(state.periods.get(pupil, ()), taken, sight.regulation).value


def rests_on(command: Command, pupil: UUID, state: PeriodState, sight: Sight) -> tuple[int, ...]:
    """Positions the decision rests on: marks and «н» of the period; of a year the marks of its periods; of a final mark
    the year's; the attestation with either."""
    if command.kind == PERIOD:
        return state.evidence.get(pupil, Evidence()).entries
    if command.kind == ATTESTATION or pupil not in sight.school.pupils:
        return ()
    found: tuple[Entry | None, ...]
    if command.kind == YEAR:
        found = period_entries(command.journal, pupil, sight)
    else:
        found = (standing_mark(command.journal, command.period, (YEAR, pupil), sight),)
    exam = standing_mark(command.journal, command.period, (ATTESTATION, pupil), sight)
    return tuple(sorted(entry.position for entry in (*found, exam) if entry is not None))


def _in_sheet(command: Command, state: PeriodState, sight: Sight, *events: object) -> tuple[Draft, ...]:
    stream = streams.period_sheet(sight.school.id, command.journal, command.period)
    return drafts(Category.PERIOD, stream, state.sheet.version, *events)
