"""The administrator's pages for whoever asks: right first, then one reading, then the log of views."""

from __future__ import annotations

from flask import g

from ledger.access import Target, acting_role
from projections import dictionary
from projections.dictionary import DictionaryPage
from web import reading
from web.premises import premises
from web.titles import ORDER_KINDS


def dictionaries(at: str | None) -> DictionaryPage:
    reading.allowed("view_dictionary", Target(today=reading.now().date()))
    kinds = [(key, str(title)) for key, title in ORDER_KINDS.items()]
    store = premises().store
    return reading.show(at, lambda r: dictionary.page(r, store, kinds), "dictionaries", log=False)


def may_edit_dictionaries() -> bool:
    target = Target(today=reading.now().date())
    return acting_role(g.actor.person, "edit_dictionary", target, reading.school()) is not None
