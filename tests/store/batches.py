"""Actions to append: marks in lessons, the way commands make them."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from ledger.appending import Append, Refused
from ledger.entry import Category, Draft, Finding, Origin, Role, Stamp
from ledger.events.marks import MarkGiven

SCHOOL = UUID("5c11d1e0-0000-4000-8000-000000000001")
SOKOLOVA = UUID("5c11d1e0-0000-4000-8000-0000000000a1")  # an account and, for brevity, its person
PETROV = UUID("5c11d1e0-0000-4000-8000-0000000000a2")
BODY = sha256(b'{"value":[5]}').digest()
OTHER_BODY = sha256(b'{"value":[2]}').digest()


def mark(value: int = 5) -> MarkGiven:
    return MarkGiven(work=UUID(int=1), pupil=UUID(int=2), value=(value,))


def draft(
    stream: UUID,
    version: int | None,
    *,
    event: object | None = None,
    category: Category = Category.LESSON,
    causation: int | None = None,
    findings: tuple[Finding, ...] = (),
) -> Draft:
    return Draft(
        category=category,
        stream=stream,
        version=version,
        event=event or mark(),
        causation=causation,
        findings=findings,
    )


def stamp(
    received_at: datetime,
    *,
    school: UUID = SCHOOL,
    account: UUID = SOKOLOVA,
    command_id: UUID | None = None,
    declared_at: datetime | None = None,
    regulation: int | None = None,
) -> Stamp:
    return Stamp(
        school=school,
        account=account,
        person=account,
        role=Role.TEACHER,
        command_id=command_id or uuid4(),
        received_at=received_at,
        origin=Origin.UI if declared_at is None else Origin.IMPORT,
        session=UUID(int=3),
        credential=UUID(int=4),
        declared_at=declared_at,
        regulation=regulation,
    )


def action(
    by: Stamp,
    *drafts: Draft,
    guards: tuple[tuple[UUID, int], ...] = (),
    body: bytes = BODY,
    answer: str = '{"ok":true}',
    refused: Refused | None = None,
    age: float = 0.0,
) -> Append:
    return Append(
        stamp=by,
        body_sha256=body,
        answer=answer,
        drafts=drafts,
        guards=guards,
        refused=refused,
        age=age,
    )
