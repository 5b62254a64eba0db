"""The heads of a grid's columns as HTML: a term has sixty of them with three dates each, so they are joined here,
not in Jinja. The journal and the lesson page share them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup, escape

from ledger.lesson import ANSWER, LITERACY
from projections.columns import Column
from web.format import day_short, naive_moment, short_kind
from web.signs import sign

LITERACY_SHORT = "гр"  # «грамотность»
ANSWER_SHORT = "о"  # «ответ»: the ready column every lesson has


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    """How a column stands at the page's moment: class of its head, its sign, and what the title says before the
    deadline."""

    letter: str
    sign: str
    said: str


def heads(columns: Iterable[Column], now: datetime) -> Markup:
    """The `<th>`s of a row; `now` is the school's naive time, as the columns' own times are.

    `data-l`, `data-w` (left out for the lesson's own column), `data-f`, `data-x` (its marks are given elsewhere),
    `data-a` (of a distance day) are what commands and scripts ask for.
    """
    opened = _State(letter=" open", sign="arrow", said=escape(_("открыт до")))
    elsewhere = _State(
        letter=" elsewhere", sign="lock", said=escape(_("отметки ставят на другой странице, до"))
    )
    past = _State(letter="", sign="lock", said=escape(_("срок прошёл")))
    opens, due = escape(_("откроется")), escape(_("срок"))

    def state(column: Column) -> _State:
        if column.source is not None:
            return elsewhere
        if column.open:
            return opened
        if column.opens <= now:
            return past
        return _State(letter=" ahead", sign="clock", said=f"{opens} {naive_moment(column.opens)}, {due}")

    return Markup("".join([_head(column, state(column)) for column in columns]))


def _head(column: Column, state: _State) -> str:
    kind, day, due = escape(column.kind_title), day_short(column.date), naive_moment(column.due)
    place = " first" if column.first_of_lesson else " more"
    work = "" if column.work == column.lesson else f' data-w="{column.work}"'
    return (
        f'<th scope="col" class="head{state.letter}{place}" data-l="{column.lesson}"{work} data-k="{kind}"'
        f' data-d="{day}" data-due="{due}"{_flags(column)}><button type="button"'
        f' tabindex="-1" title="{kind}, {day}, {column.number}-й урок{_moved(column)}; {state.said}'
        f' {due}{_count_said(column)}">'
        f"<b>{column.date.day}</b>{_short(column)}<small>{sign(state.sign)}{day_short(column.due)}</small>"
        f"{_count(column)}</button></th>"
    )


def _moved(column: Column) -> str:
    """E-10."""
    moved = column.moved_from
    return "" if moved is None else escape(_(", перенесён с %(day)s", day=day_short(moved)))


def _flags(column: Column) -> str:
    flags = (
        (" data-f", column.fraction),
        (" data-x", column.source is not None),
        (" data-a", column.distance),
    )
    return "".join(said for said, on in flags if on)


def _count(column: Column) -> str:
    """«4/5» of a column where everybody is to be marked, 7.14(b5)."""
    if not column.for_all or not column.expected:
        return ""
    whole = ' class="count"' if column.marked == column.expected else ' class="count part"'
    return f"<small{whole}>{column.marked}/{column.expected}</small>"


def _count_said(column: Column) -> str:
    if not column.for_all or not column.expected:
        return ""
    return escape(_("; отметки у %(marked)s из %(all)s", marked=column.marked, all=column.expected))


def _short(column: Column) -> str:
    if column.kind == LITERACY:
        return LITERACY_SHORT
    return ANSWER_SHORT if column.kind == ANSWER else escape(short_kind(column.kind_title))
