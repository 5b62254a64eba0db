"""The administrator's pages for whoever asks: right first, then one reading, then the log of views."""

from __future__ import annotations

from projections import dictionary
from projections.dictionary import DictionaryPage
from web import reading
from web.premises import premises
from web.titles import ORDER_KINDS


def dictionaries(at: str | None) -> DictionaryPage:
    reading.allowed("view_dictionary")
    kinds = [(key, str(title)) for key, title in ORDER_KINDS.items()]
    store = premises().store
    return reading.show(at, lambda r: dictionary.page(r, store, kinds), "dictionaries", log=False)
