"""Rules on attestation against the rule: the deputy decides, the parents agree (7.14(b7), R-151, R-157, P-57)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.period_marks import ExceptionDeclined, ExceptionGranted
from ledger.period_sheet import NON_ATTESTATION, ExceptionCase
from ledger.regulation import Regulation
from ledger.rules.deputies import deputy_for
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School


def exception_is_decided_by_the_competent(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """A deputy whose competence it is (P-06), or the role that stands in (P-57)."""
    person, on = entry.stamp.person, local(entry, school).date()
    fallback = regulation.four_eyes.fallback
    if entry.stamp.role in {Role.DEPUTY.value, fallback} and (
        fallback in school.roles_of(person, on)
        or deputy_for("non_attestation", person, on, school, regulation)
    ):
        return None
    return Finding(code="non-attestation")


def exception_is_decided_by_another(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57: not by whoever asked, and not by who gives the mark."""
    event, person = cast(ExceptionGranted | ExceptionDeclined, entry.event), entry.stamp.person
    case = _case(event, state)
    asked = case is not None and case.asked is not None and case.asked.stamp.person == person
    today = local(entry, school).date()
    own = isinstance(event, ExceptionGranted) and school.teaches(person, event.journal, today)
    return Finding(code="P-57") if regulation.four_eyes.on and (asked or own) else None


def parents_agree(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """7.14(b7): whoever missed more than half is attested in agreement with the parents: in the diary, or on paper."""
    event = cast(ExceptionGranted, entry.event)
    case = _case(event, state)
    agreed = event.agreed_on is not None or (case is not None and case.agreed is not None)
    if event.ground != NON_ATTESTATION or agreed:
        return None
    return Finding(code="non-attestation", details={"case": "agreement"})


def _case(event: ExceptionGranted | ExceptionDeclined, state: State) -> ExceptionCase | None:
    return None if state.period is None else state.period.sheet.exceptions.get(event.case)
