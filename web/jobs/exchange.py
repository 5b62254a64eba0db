"""The nightly batch for the outside diary (R-235), where the act of the school gives data away (P-36, P-92)."""

from __future__ import annotations

from functools import partial

from web import exchange_desk
from web.jobs.by_job import carry_out
from web.jobs.job import Due


def run(due: Due) -> str:
    records = exchange_desk.make(due.here, due.school, partial(carry_out, due=due))
    return f"Передано записей: {records}." if records else "С прошлого раза ничего не изменилось."
