"""A row of the table of commands: what one may be asked about, what it reads, who decides on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commands import reads
from commands.deciding import Page, Sight
from commands.rights import Named
from ledger.appending import Store
from ledger.entry import Draft, Entry
from ledger.regulation import Regulation
from ledger.school import School
from ledger.void_selection import Selection

Further = Callable[[Any, Sight], tuple[UUID, ...]]
History = Callable[[Any, Sight, Store], Selection]


@dataclass(frozen=True, slots=True)
class Row:
    """`lessons` names the lessons a command is about: rights are asked of each of them, and of what `about` names
    (fields of ledger.access.Target: a pupil, a class …). `sheets` names the period sheets (page, period)
    it is about: they are read with their cases, as lessons are with their late entries. `recent`: the command is about
    what the account has just done, and these are the streams to read of those entries. `history`: it is
    about all that was ever done with an access, and this reads it. `further` names the streams that only what was
    read so far can name."""

    action: str
    lessons: Callable[[Any], tuple[UUID, ...]]
    streams: Callable[[Any, School, Regulation | None], tuple[UUID, ...]]
    decide: Callable[[Any, Sight], tuple[Draft, ...]]
    about: Callable[[Any, School], tuple[Named, ...]] = reads.nobody
    sheets: Callable[[Any, School], tuple[Page, ...]] = reads.no_sheet
    recent: Callable[[Any, tuple[Entry, ...], School], tuple[UUID, ...]] | None = None
    history: History | None = None
    further: Further | None = None
