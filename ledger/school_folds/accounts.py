"""Accounts that are blocked (R-175): what is still on its way under one of them is not written any more."""

from __future__ import annotations

from ledger.entry import Entry
from ledger.events import accounts
from ledger.school_folds import Apply, Tables


def _blocked(tables: Tables, e: accounts.AccountBlocked, entry: Entry) -> None:
    tables["blocked"][entry.stream] = e.reason


def _unblocked(tables: Tables, e: accounts.AccountUnblocked, entry: Entry) -> None:
    tables["blocked"].pop(entry.stream, None)


APPLY: dict[type, Apply] = {
    accounts.AccountBlocked: _blocked,
    accounts.AccountUnblocked: _unblocked,
}
