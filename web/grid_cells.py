"""The cells of a journal row as HTML: a page has 1,800 of them, so they are joined here, not in Jinja."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from projections.journal import EMPTY, Cell
from projections.topic_words import EARNED
from web.signs import sign
from web.spoken import delay

LATE, AGAIN = sign("late"), sign("again")
CONTESTED, VOIDED = "<sup>◇</sup>", "<sup>⊘</sup>"


def cells(row: Iterable[Cell]) -> Markup:
    """The `<td>`s of a row. Class letters: n absent, l late, p permitted, r rewritten, k corrected by a case, i
    imported, o outside, q contested, v where an Act took a value away.

    `data-s` is what a command sends back as `seen`; lesson, work and pupil are those of the headers.
    """
    return Markup("".join([_cell(cell) for cell in row]))


def _cell(cell: Cell) -> str:
    if cell == EMPTY:
        return "<td>"
    before, after = _around(cell[:-1])
    return f"{before} data-s={cell.seen}>{after}" if cell.seen else f"{before}>{after}"


@lru_cache(maxsize=5000)
def _around(shown: tuple[Any, ...]) -> tuple[str, str]:
    """What stands before and after `data-s`, the cell's last field: the same for every plain «4» of the school."""
    cell = Cell(*shown)
    return f"<td{_marks(cell)}", f"{_shown(cell)}{_signs(cell)}"


def _shown(cell: Cell) -> str:
    if not cell.absent:
        return str(escape(cell.value))
    return f"н {escape(cell.value)}" if cell.value else "н"


def _signs(cell: Cell) -> str:
    said = (LATE if cell.delay is not None else "") + (AGAIN if cell.rewritten or cell.corrected else "")
    return said + (CONTESTED if cell.contested else "") + (VOIDED if cell.voided else "")


def _marks(cell: Cell) -> str:
    letters = _letters(
        *(cell.absent, cell.delay is not None, cell.permitted, bool(cell.rewritten)),
        *(cell.corrected, cell.imported, cell.outside, cell.contested, bool(cell.voided)),
    )
    if cell.delay is None and not any(
        (cell.rewritten, cell.corrected, cell.manner, cell.contested, cell.voided)
    ):
        return letters
    return f'{letters} title="{escape(words(cell))}"'


def _letters(*flags: bool) -> str:
    letters = " ".join(letter for letter, flag in zip("nlprkioqv", flags, strict=True) if flag)
    return f' class="{letters}"' if letters else ""


def words(cell: Cell) -> str:
    """What the signs of a cell mean, as a sentence."""
    said = [EARNED[cell.manner]] if cell.manner else []
    if cell.delay is not None:
        said.append(f"внесено после срока {delay(cell.delay)}")
    if cell.permitted:
        said.append("по разрешению")
    if cell.corrected:
        said.append("исправлено по согласованию с заместителем директора")
    if cell.rewritten:
        said.append(f"переписано раз: {cell.rewritten}")
    if cell.contested:
        said.append("оспаривается: внесено с доступом, о нарушении которого сообщено")
    if cell.voided:
        said.append(f"прежняя запись признана недействительной, {cell.voided}")
    return ", ".join(said)
