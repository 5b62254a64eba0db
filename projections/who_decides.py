"""Whose word a correction case waits for at this moment, by name (P-53…P-57, P-66)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.correction import OPEN
from ledger.entry import Role
from ledger.regulation import Regulation
from ledger.rules.corrections import REINSTATEMENT, papers_for
from ledger.rules.deputies import deputy_for, deputy_of
from ledger.school import School
from projections.reading import Reading


def waiting_for(rows: Iterable[Any], reading: Reading) -> dict[UUID, tuple[UUID, ...]]:
    """Of those rows of `corrections` that wait, by case."""
    waiting = [row for row in rows if row.status == OPEN]
    wrote = reading.entries({row.seen for row in waiting if row.seen}) if waiting else {}
    school, act, on = reading.school, reading.regulation(), reading.today

    def author(row: Any) -> UUID | None:
        return wrote[row.seen].stamp.person if row.seen in wrote else None

    return {row.case_id: who_decides(row, author(row), school, act, on) for row in waiting}


def who_decides(row: Any, author: UUID | None, school: School, act: Regulation, on: date) -> tuple[UUID, ...]:
    """Of a row of `corrections` that waits: whoever may say its next word. Nobody who asked, wrote what stands there
    (`author`) or has said the word before; the role that stands in only where there is no deputy (P-57)."""
    papers = papers_for(row, school, act)
    said = {row.requester, row.concluded_by} if papers else {row.requester}
    out = said | {author} if act.four_eyes.on else said if papers else set()
    found = _competent(row, papers, school, act, on)
    free = tuple(person for person in found if person not in out)
    return free or tuple(
        person for person in _holding(act.four_eyes.fallback, school, on) if person not in out
    )


@dataclass(frozen=True, kw_only=True)
class Own:
    """What of the inbox is this person's to decide: `kinds` (tables of cases) whole, of corrections what `may` says."""

    kinds: frozenset[str]
    may: Callable[[Any], bool]


def own_word(person: UUID, school: School, act: Regulation, on: date) -> Own:
    """By the competences of the act (P-06, P-57); whoever may decide none of a kind has none of it to do."""
    held = school.roles_of(person, on)
    stands_in, deputy = act.four_eyes.fallback in held, Role.DEPUTY in held
    matters = {"late_entries": "late_entry", "exceptions": "non_attestation"}
    kinds = {k for k, matter in matters.items() if stands_in or deputy_for(matter, person, on, school, act)}
    kinds |= {"disputes", "error_reports"} if deputy else set()

    def may(row: Any) -> bool:
        fallback = stands_in and row.requester != person and not papers_for(row, school, act)
        return fallback or person in who_decides(row, None, school, act, on)

    return Own(kinds=frozenset(kinds), may=may)


def _competent(row: Any, papers: frozenset[str], school: School, act: Regulation, on: date) -> Iterable[UUID]:
    if "conclusion" in papers and row.concluded_by is None:
        return [person for person in school.roles if deputy_for("graduating", person, on, school, act)]
    of_director = row.ground == REINSTATEMENT and act.reinstatement.approver == Role.DIRECTOR.value
    if "order" in papers or of_director:
        return _holding(Role.DIRECTOR.value, school, on)
    of_period = row.target == "period_mark"
    approvers = act.period_correction_approvers if of_period else act.correction_approvers
    matter = "period_correction" if of_period else "correction"
    return [
        person
        for person in school.roles
        if deputy_of(approvers, person, on, school) and deputy_for(matter, person, on, school, act)
    ]


def _holding(role: str, school: School, on: date) -> list[UUID]:
    return [person for person in school.roles if role in school.roles_of(person, on)]
