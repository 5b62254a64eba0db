"""Rules on typed text: plain, without emphasis or tricks (9.5(b2), R-113), not blank, not endless."""

from __future__ import annotations

import unicodedata
from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.homework import HomeworkSet
from ledger.events.lessons import BriefingRecorded, TopicRecorded
from ledger.events.marks import WorkAdded
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School

# Marks that turn the reading direction: a topic or a name printed beside them would read as something else.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED = frozenset("\n")  # homework has lines
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_UNSEEN = frozenset({"Zs", "Cf", "Cc"})


def text_finding(text: str, limit: int, *, blank: bool = False) -> Finding | None:
    """What is wrong with a text of at most `limit` characters; `blank` allows an empty one. For sealed
    texts the command asks before it seals: a rule cannot read them."""
    details = {"limit": str(limit)}
    if len(text) > limit:
        return Finding(code="plain-text", details={**details, "case": "long"})
    if any(c in _DIRECTION or (unicodedata.category(c) in _CONTROLS and c not in _ALLOWED) for c in text):
        return Finding(code="plain-text", details=details)
    if not blank and all(unicodedata.category(c) in _UNSEEN for c in text):
        return Finding(code="plain-text", details={**details, "case": "blank"})
    return None


def topic_is_plain(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    event = cast(TopicRecorded, entry.event)
    return text_finding(event.text, regulation.topic_length) or text_finding(
        event.task, regulation.topic_length, blank=True
    )


def briefing_is_plain(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    return text_finding(cast(BriefingRecorded, entry.event).text, regulation.topic_length)


def homework_is_plain(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    return text_finding(cast(HomeworkSet, entry.event).text, regulation.homework_length)


def title_is_plain(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """The title of a work may be empty: its kind says enough."""
    return text_finding(cast(WorkAdded, entry.event).title, regulation.title_length, blank=True)
