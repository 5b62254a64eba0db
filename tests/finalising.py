"""A process of its own that finalises an Act, to be killed while it does (tests/test_compromise_desk.py)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from commands.acts import FinaliseAct
from commands.handle import Asking, House, handle
from ledger.entry import Origin
from ledger.personal import seal
from ledger.schools import Schools
from ledger.store import PostgresStore, open_pool


def finalise(dsn: str, school: UUID, incident: UUID, act: UUID, account: UUID, person: UUID) -> None:
    pool = open_pool(dsn)
    store = PostgresStore(pool)
    command = FinaliseAct(incident=incident, act=act)
    asking = Asking(
        school=school,
        account=account,
        person=person,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        body_sha256=bytes(32),
    )
    sealed = lambda text, about, command_id, part: seal(  # noqa: E731
        text, person=about, key=bytes(32), nonce=bytes(12)
    )
    handle(command, asking, House(store=store, schools=Schools(store), seal=sealed))
