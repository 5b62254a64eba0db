"""A command a job gives: the same way as everybody's (commands.handle), as nobody in particular."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

from commands.handle import Answer, handle
from ledger.entry import Origin
from web import account_desk
from web.jobs.job import Due


def carry_out(command: object, due: Due) -> Answer:
    """The command id follows from the command and the due time: a run that died and begins anew does nothing twice."""
    said = f"{type(command).__name__}/{due.at.isoformat()}/{command!r}"
    asking = replace(
        account_desk.asked_by_system(due.school),
        command_id=command_id(due.school, said),
        body_sha256=sha256(said.encode()).digest(),
        origin=Origin.JOB,
    )
    return handle(command, asking, due.here.house(due.school))


def command_id(school: UUID, said: str) -> UUID:
    return uuid5(school, f"job/{said}")
