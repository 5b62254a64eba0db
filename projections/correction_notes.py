"""Correction cases as pages tell them: what stood there, what is wanted, on which ground, who agreed (R-163, R-171)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.correction import OPEN
from ledger.personal import KeyOf, opened
from projections import void_signs
from projections.reading import Reading
from projections.who_decides import waiting_for


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionNote:
    """`old` and `new` are "" where nothing stands; a move says `to_date` and `to_number` instead. `status`: asked,
    approved, declined, withdrawn; unfounded of a decided one whose request was declared void. `reason`, `decision` and
    `conclusion` are decrypted, "" on a family's pages.
    `waits_for`: whose word it waits for today. `applied` is the entry that settled it. `act` names that of a
    reinstatement. Instants are aware."""

    case: UUID
    target: str
    journal: UUID
    lesson: UUID | None
    period: UUID | None
    work: UUID | None
    pupil: UUID | None
    kind: str
    old: str
    new: str
    to_date: date | None
    to_number: int
    ground: str
    reason: str
    status: str
    requester: UUID
    asked_at: datetime
    waits_for: tuple[UUID, ...]
    concluded_by: UUID | None
    conclusion: str
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str
    applied: int | None
    ordered: bool
    order_number: str
    order_date: date | None
    act: str = ""

    @property
    def people(self) -> tuple[UUID, ...]:
        """Whom it names."""
        named = (self.pupil, self.requester, self.decided_by, self.concluded_by)
        return (*(person for person in named if person is not None), *self.waits_for)

    @property
    def waits(self) -> bool:
        return self.status == OPEN


def notes(
    reading: Reading, where: str, key_of: KeyOf | None = None, **parameters: Any
) -> tuple[CorrectionNote, ...]:
    """Of the cases `where` finds, the oldest first; without `key_of` what people wrote stays sealed."""
    found = sorted(reading.rows("corrections", where, **parameters), key=lambda row: row.asked_at)
    named = void_signs.acts(reading) if any(row.act for row in found) else {}
    waits = waiting_for(found, reading)
    return tuple(_note(row, key_of, named, waits.get(row.case_id, ()), reading) for row in found)


def shown(
    reading: Reading, where: str, key_of: KeyOf | None, **parameters: Any
) -> tuple[CorrectionNote, ...]:
    """`notes` for whoever reads an explanation: a family, who has no key, learns of what was corrected and of nothing
    that is asked for or was declined (R-171)."""
    return notes(reading, where if key_of else f"status = 'approved' AND ({where})", key_of, **parameters)


def of_cases(reading: Reading, cases: Iterable[UUID], key_of: KeyOf | None) -> dict[UUID, CorrectionNote]:
    ids = list(cases)
    found = notes(reading, "case_id = ANY(%(ids)s)", key_of, ids=ids) if ids else ()
    return {note.case: note for note in found}


def of_lesson(reading: Reading, lesson: UUID, key_of: KeyOf | None = None) -> tuple[CorrectionNote, ...]:
    return notes(reading, "lesson = %(lesson)s", key_of, lesson=lesson)


def _note(
    row: Any,
    key_of: KeyOf | None,
    named: Mapping[UUID, void_signs.Named],
    waits_for: tuple[UUID, ...],
    reading: Reading,
) -> CorrectionNote:
    order = reading.school.orders.get(row.order_id) if row.order_id else None
    return CorrectionNote(
        case=row.case_id,
        target=row.target,
        journal=row.journal,
        lesson=row.lesson,
        period=row.period,
        work=row.work,
        pupil=row.pupil,
        kind=row.kind,
        old=row.old,
        new=row.new,
        to_date=row.to_date,
        to_number=row.to_number,
        ground=row.ground,
        status=row.status,
        requester=row.requester,
        asked_at=row.asked_at,
        waits_for=waits_for,
        concluded_by=row.concluded_by,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        applied=row.decided,
        ordered=row.order_id is not None,
        order_number=order.number or "" if order else "",
        order_date=order.date if order else None,
        act=str(named.get(row.act, "")) if row.act else "",
        **_words(row, key_of),
    )


def _words(row: Any, key_of: KeyOf | None) -> dict[str, str]:
    """All three are about the requester."""
    if key_of is None:
        return {"reason": "", "decision": "", "conclusion": ""}
    return {
        "reason": opened(row.requester, row.reason_nonce, row.reason, key_of),
        "decision": opened(row.requester, row.decision_nonce, row.decision, key_of),
        "conclusion": opened(row.requester, row.conclusion_nonce, row.conclusion, key_of),
    }
