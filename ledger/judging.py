"""Judging an entry by the rules of the school's regulation: the gate at the door and the audit afterwards.

The same rules run over a proposed entry and over a written one (design 1 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.entry import Entry, Finding
from ledger.regulation import Mode, Regulation
from ledger.rules import APPLIED, RULES
from ledger.rules.brought import brought_by_a_case
from ledger.rules.state import State
from ledger.school import School

__all__ = ["Judged", "State", "gate", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A finding and what the regulation says of it: what it does, by which clause, in which words."""

    finding: Finding
    mode: Mode
    clause: str
    sentence: str


def judge(entry: Entry, state: State, school: School, regulation: Regulation) -> tuple[Judged, ...]:
    """What the rules for this kind of event find, in the table's order, without those that are off."""
    # What a case brings was judged when it was asked for and decided: it answers to rules of its own.
    kind, brought = type(entry.event), getattr(entry.event, "correction", None) is not None
    rules = APPLIED.get(kind, (brought_by_a_case,)) if brought else RULES.get(kind, ())
    found = (rule(entry, state, school, regulation) for rule in rules)
    judged = (_judged(finding, regulation) for finding in found if finding is not None)
    return tuple(each for each in judged if each.mode is not Mode.OFF)


def gate(judged: Iterable[Judged], *, permitted: bool, confirmed: bool) -> Judged | None:
    """The first that stops the entry, None when it may be written: `refuse` always, `permit` unless a deputy
    permitted it and only its lateness stands against it, `confirm` unless the user did."""

    def passes(each: Judged) -> bool:
        late = each.finding.delay is not None
        passing = {Mode.PERMIT: permitted and late, Mode.CONFIRM: confirmed, Mode.REFUSE: False}
        return passing.get(each.mode, True)

    return next((each for each in judged if not passes(each)), None)


def _judged(finding: Finding, regulation: Regulation) -> Judged:
    word = regulation.word_on(finding)
    return Judged(
        finding=finding,
        mode=word.mode,
        clause=word.clause,
        sentence=regulation.sentence(finding),
    )
