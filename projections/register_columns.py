"""The columns of the summary register: the reporting periods of a class, its year, attestation and final marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from uuid import UUID

from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.school import Klass, School
from ledger.sheet_periods import as_period, owed
from ledger.span import Span

_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterColumn:
    """`key` names it in an address; `title` is «» but of a period; `over`: its last day has passed; `running`: today is
    one of its days; `wanted`: everybody has to have a mark there once it is over."""

    key: str
    period: UUID
    kind: str
    title: str
    span: Span
    over: bool
    running: bool
    wanted: bool


def columns_of(
    school: School, klass: Klass, today: date, regulation: Regulation
) -> tuple[RegisterColumn, ...]:
    """Every column there may be, in order."""
    own = [p for p in school.periods.values() if (p.level, p.year) == (klass.level, klass.year)]
    found = [
        _column(str(each.id), each.id, PERIOD, each.title, each.span, today, True)
        for each in sorted(own, key=lambda period: period.span.first)
    ]
    year = as_period(school, klass.year, klass.level)
    for kind in (YEAR, ATTESTATION, FINAL):
        wanted = kind in owed(klass, year, regulation)
        found.append(_column(kind, year.id, kind, "", year.span, today, wanted))
    return tuple(found)


def _column(
    key: str, period: UUID, kind: str, title: str, span: Span, today: date, wanted: bool
) -> RegisterColumn:
    return RegisterColumn(
        key=key,
        period=period,
        kind=kind,
        title=title,
        span=span,
        over=span.last is not None and span.last < today,
        running=today in span,
        wanted=wanted,
    )


def shown_of(
    columns: tuple[RegisterColumn, ...], chosen: Collection[str], filled: Collection[tuple[UUID, str]]
) -> tuple[RegisterColumn, ...]:
    """Those chosen; by default the periods that have begun, and of the year what is over or has marks. `filled` are
    (period, kind) with any."""
    named = tuple(each for each in columns if each.key in chosen)
    if named:
        return named
    return tuple(
        each
        for each in columns
        if (each.period, each.kind) in filled
        or (each.over and each.wanted)
        or (each.kind == PERIOD and each.running)
    )


def short_words(titles: Sequence[str]) -> tuple[str, ...]:
    """Of the groups of one subject, what tells one from another: «1» and «2» of «Английский язык, 1 группа» and
    «…, 2 группа». Each is whole where nothing would be left."""
    words = [_WORD.findall(title) for title in titles]
    first = _alike(words)
    last = _alike([own[first:][::-1] for own in words])
    short = [" ".join(own[first : len(own) - last]) for own in words]
    return tuple(short) if len(titles) > 1 and all(short) else tuple(titles)


def _alike(lists: Sequence[Sequence[str]]) -> int:
    """How many of their first words are the same."""
    return sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*lists, strict=False)))
