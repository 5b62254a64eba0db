"""Certificates of control there are (C-30, R-209): how many have read each, and what was found and not put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.school import School
from projections.as_of import AsOf
from projections.certificate_page import classes_of
from projections.reading import Reading

_TALLIES = (
    "certificate, count(*) AS findings, count(*) FILTER (WHERE resolved_at IS NULL) AS open,"
    " count(*) FILTER (WHERE resolved_at IS NULL AND due < %(today)s) AS overdue"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateLine:
    """Of the list. `drawn_up_at` and `issued_at` are local; `open` findings of `findings` nobody has reported on yet,
    `overdue` of them past their day."""

    certificate: UUID
    number: str
    title: str
    first: date
    last: date
    classes: tuple[str, ...]
    drawn_up_by: UUID
    drawn_up_at: datetime
    issued_at: datetime | None
    people: int
    acquainted: int
    findings: int
    open: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatesPage:
    """The latest first."""

    lines: tuple[CertificateLine, ...]
    as_of: AsOf


def listed(reading: Reading, *, drafts: bool, person: UUID | None) -> CertificatesPage:
    """With those that are not issued yet or without; of `person` only those that name them."""
    rows = reading.rows("certificates", "(%(drafts)s OR issued_at IS NOT NULL)", drafts=drafts)
    own = [row for row in rows if person is None or person in row.people]
    found = reading.rows(
        "certificate_findings", "TRUE", columns=_TALLIES, grouped="certificate", today=reading.today
    )
    tallies = {row.certificate: row for row in found}
    own.sort(key=lambda row: row.drawn_up_at, reverse=True)
    lines = tuple(_line(row, tallies.get(row.certificate), reading.school) for row in own)
    return CertificatesPage(lines=lines, as_of=reading.as_of)


def _line(row: Any, found: Any, school: School) -> CertificateLine:
    return CertificateLine(
        certificate=row.certificate,
        number=row.number,
        title=row.title,
        first=row.first,
        last=row.last,
        classes=tuple(title for _, title in classes_of(row.classes, school)),
        drawn_up_by=row.drawn_up_by,
        drawn_up_at=school.local(row.drawn_up_at),
        issued_at=None if row.issued_at is None else school.local(row.issued_at),
        people=len(row.people),
        acquainted=len(row.acquainted),
        findings=found.findings if found else 0,
        open=found.open if found else 0,
        overdue=found.overdue if found else 0,
    )
