"""A pupil's marks for periods as HTML, in the diary and on his page: a value opens its explanation, and what is not set
says so in words. Joined here, not in Jinja: a page has a hundred of them and a family waits for it on a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote
from uuid import UUID

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup, escape

from projections.diary_acquaintance import ReadBy
from projections.pupil_marks import MarksTable, PeriodCell
from web.format import moment
from web.signs import contested, sign
from web.titles import MARK_KINDS

AGAIN = sign("again", "late")


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The cells of one pupil; links keep the moment `at`. The words are said once for all of them."""

    pupil: UUID
    moment: str
    why: Markup
    unsaid: Mapping[str, Markup]
    changed: Markup
    contested: str

    @classmethod
    def of(cls, pupil: UUID, at: str | None) -> Self:
        changed = escape(_("меняли"))
        return cls(
            pupil=pupil,
            moment=f"?at={quote(at)}" if at else "",
            why=escape(_("Почему эта отметка?")),
            unsaid={
                "ahead": escape(_("ещё рано")),
                "none": escape(_("не ставят")),
                "overdue": escape(_("не выставлена")),
                "runs": escape(_("идёт")),
                "asks": escape(_("что выходит?")),
            },
            changed=Markup(
                f'<small title="{changed}">{AGAIN}<span class="visually-hidden">{changed}</span></small>'
            ),
            contested=f" {contested()}",
        )

    def cell(self, cell: PeriodCell, running: str = "runs") -> Markup:
        """What stands in a `<td>`; `running` names the words of a period that runs."""
        if cell.state in ("none", "ahead"):
            return Markup(f'<span class="visually-hidden">{self.unsaid[cell.state]}</span>')
        if cell.state == "set":
            shown = f'<span class="period-mark">{escape(cell.value)}</span>'
        elif cell.state == "overdue":
            shown = f'<span class="unset">{self.unsaid["overdue"]}</span>'
        else:
            shown = f"<small>{self.unsaid[running]}</small>"
        address = f"/explanations/{cell.journal}/{cell.period}/{cell.kind}/{self.pupil}{self.moment}"
        signs = self.contested if cell.contested else ""
        signs += self.changed if cell.corrected or cell.rewritten else ""
        return Markup(f'<a href="{address}" title="{self.why}">{shown}</a>{signs}')


def lines(table: MarksTable, pupil: UUID, at: str | None) -> Markup:
    """The `<tr>`s of the diary's table."""
    cells = Cells.of(pupil, at)
    found = []
    for row in table.subjects:
        own = [cells.cell(cell, "asks") for cell in row.cells] + [cells.cell(cell) for cell in row.year]
        shown = "".join([f"<td>{cell}</td>" for cell in own])
        found.append(f'<tr><th scope="row">{escape(row.title)}</th>{shown}</tr>')
    return Markup("".join(found))


def told(table: MarksTable) -> bool:
    """Whether there is anything to read yet."""
    return any(cell.state in ("set", "overdue") for row in table.subjects for cell in (*row.cells, *row.year))


def read_lines(
    table: MarksTable, read: Mapping[int, tuple[ReadBy, ...]], names: Mapping[UUID, str], pupil: UUID
) -> Markup:
    """Who has said «Ознакомлен» of which mark, an `<li>` each."""
    return Markup("".join(_read_lines(table, read, names, pupil)))


def _read_lines(
    table: MarksTable, read: Mapping[int, tuple[ReadBy, ...]], names: Mapping[UUID, str], pupil: UUID
) -> Iterator[str]:
    heads, words = {head.period: head.title for head in table.periods}, _reading_words()
    for row in table.subjects:
        for cell in (*row.cells, *row.year):
            if cell.entry in read:
                where = escape(heads.get(cell.period) or MARK_KINDS[cell.kind])
                by = escape(_read_by(read[cell.entry], names, pupil, *words))
                yield f"<li>{escape(row.title)}, {where}: <b>{escape(cell.value)}</b> <small>{by}</small></li>"


def read_words(read: tuple[ReadBy, ...], names: Mapping[UUID, str], pupil: UUID) -> str:
    """«ознакомлены: мать 14.10 09:47», "" of nobody."""
    return _read_by(read, names, pupil, *_reading_words()) if read else ""


def _reading_words() -> tuple[str, str]:
    return _("ознакомлены"), _("ученик(ца)")


def _read_by(
    read: tuple[ReadBy, ...], names: Mapping[UUID, str], pupil: UUID, begin: str, himself: str
) -> str:
    said = (
        f"{himself if one.person == pupil else one.kinship or names.get(one.person, '')}"
        f" {moment(one.at, g.school.zone)}"
        for one in read
    )
    return f"{begin}: {', '.join(said)}"
