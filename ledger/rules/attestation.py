"""Rules on what a mark for a period rests on: enough attended, enough marks, near the mean (7.14(b6…b8, b11))."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import cast

from ledger.attestation import Evidence, least_marks, marks_counted, missed_too_much
from ledger.entry import Entry, Finding
from ledger.events.period_marks import PeriodMarkGiven
from ledger.period_sheet import EXEMPT, LEAST_MARKS, NON_ATTESTATION, NOT_ATTESTED, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School


def exemption_covers_the_period(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-97, R-158: «осв» only when the exemption holds for enough of the period; of the year also when it was «осв»
    in every period."""
    event = cast(PeriodMarkGiven, entry.event)
    if event.value != EXEMPT or _exempt_all_year(event, state):
        return None
    share, needed = _evidence(event, state).exempt_share, Decimal(str(regulation.exempt_share))
    if share >= needed and share:
        return None
    return Finding(code="P-97", details={"share": _percent(share), "needed": _percent(needed)})


def _exempt_all_year(event: PeriodMarkGiven, state: State) -> bool:
    periods = () if state.period is None else state.period.periods.get(event.pupil, ())
    values = {value for value in periods if value}
    return event.kind == YEAR and values == {EXEMPT}


def _percent(share: Decimal) -> str:
    """Whole, rounded down: «49» of 49.9."""
    return str((share * 100).quantize(Decimal(1), ROUND_FLOOR))


def enough_was_attended(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-36, 7.14(b7): who missed more than half is not attested, unless the deputy and the parents agreed."""
    event = cast(PeriodMarkGiven, entry.event)
    evidence = _evidence(event, state)
    if not _is_attested(event) or not missed_too_much(evidence.held, len(evidence.missed), regulation):
        return None
    if _granted(event, NON_ATTESTATION, state):
        return None
    details = {"missed": str(len(evidence.missed)), "held": str(evidence.held)}
    return Finding(code="W-36", details=details)


def marks_are_enough(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-35, 7.14(b8): 3, 5 or 7 marks, unless the deputy granted an exception."""
    event = cast(PeriodMarkGiven, entry.event)
    if not _is_attested(event) or _granted(event, LEAST_MARKS, state):
        return None
    return _too_few(_evidence(event, state), regulation)


def _too_few(evidence: Evidence, regulation: Regulation) -> Finding | None:
    there, needed = marks_counted(evidence, regulation), least_marks(evidence, regulation)
    return (
        Finding(code="W-35", details={"there": str(there), "needed": str(needed)}) if there < needed else None
    )


def marks_are_full(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-34, K-10: marks at a share of the lessons held; an indicator beside W-35."""
    event = cast(PeriodMarkGiven, entry.event)
    evidence = _evidence(event, state)
    there = marks_counted(evidence, regulation)
    enough = there >= evidence.held * Decimal(str(regulation.fullness.min_share))
    if not _is_attested(event) or enough:
        return None
    return Finding(code="W-34", details={"there": str(there), "held": str(evidence.held)})


def deviation_has_a_reason(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-26, R-153: the system proposes, the teacher decides and says why."""
    event = cast(PeriodMarkGiven, entry.event)
    if event.reason is not None or not event.proposed or event.value == event.proposed:
        return None
    if event.value == NOT_ATTESTED and _too_few(_evidence(event, state), regulation) is not None:
        return None  # the number proposed could not be given
    near = _distance(event) <= regulation.deviation.reason_above
    return None if near else Finding(code="P-26", details={"proposed": event.proposed})


def deviation_is_small(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-26: a large one is reported, whatever its reason."""
    event = cast(PeriodMarkGiven, entry.event)
    numbers = event.value.isdigit() and event.proposed.isdigit()
    if not numbers or _distance(event) <= regulation.deviation.flag_above:
        return None
    return Finding(code="P-26", details={"proposed": event.proposed, "case": "flag"})


def _distance(event: PeriodMarkGiven) -> float:
    """In marks; without end between a number and what is none."""
    if event.value.isdigit() and event.proposed.isdigit():
        return abs(int(event.value) - int(event.proposed))
    return float("inf")


def _is_attested(event: PeriodMarkGiven) -> bool:
    """Whether the pupil gets a number for a period: the year's rests on those."""
    return event.kind == PERIOD and event.value.isdigit()


def _granted(event: PeriodMarkGiven, ground: str, state: State) -> bool:
    return state.period is not None and state.period.sheet.granted(event.pupil, ground) is not None


def _evidence(event: PeriodMarkGiven, state: State) -> Evidence:
    return Evidence() if state.period is None else state.period.evidence.get(event.pupil, Evidence())
