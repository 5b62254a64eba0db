"""Tables, words set upright and the lines people sign, as all papers have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from exports.fonts import BOLD, SERIF
from exports.paper import SMALL, Imprint, p

LINE = colors.Color(0.45, 0.45, 0.45)
SHADE = colors.Color(0.9, 0.9, 0.88)
STRONG = ParagraphStyle("strong", parent=SMALL, fontName=BOLD)
TINY = ParagraphStyle("tiny", parent=SMALL, fontSize=7, leading=8.4)
TINY_STRONG = ParagraphStyle("tiny strong", parent=TINY, fontName=BOLD)
FINEST = 5.4  # points: smaller letters nobody reads on paper
Style = tuple[Any, ...]
GAP = "\N{NO-BREAK SPACE}" * 34  # where a name is written by hand


class Upright(Flowable):  # type: ignore[misc]
    """One line of words read from below, for the head of a narrow column; too long, it is set finer, then ends in
    «…»."""

    def __init__(self, text: str, *, height: float, size: float = 7, font: str = SERIF) -> None:
        super().__init__()
        self.text, self.height, self.size, self.font = text, height, size, font

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        self.width = room
        return room, self.height

    def draw(self) -> None:
        text, size = self.text, self.size
        whole = stringWidth(text, self.font, size)
        if whole > self.height:
            size = max(FINEST, size * self.height / whole)
        while stringWidth(text, self.font, size) > self.height and len(text) > 1:
            text = text.removesuffix("…")[:-1] + "…"
        self.canv.saveState()
        self.canv.rotate(90)
        self.canv.setFont(self.font, size)
        self.canv.drawString(0, -self.width / 2 - size * 0.35, text)
        self.canv.restoreState()


def table(
    head: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    widths: Sequence[float],
    *,
    size: float = 8,
    heads: int = 1,
    heights: Sequence[float | None] | None = None,
    more: Sequence[Style] = (),
) -> Table:
    """Ruled, its head repeated on every sheet; `head` is one row, or with `heads` several of them. Columns keep their
    widths whatever stands in them."""
    above = [list(head)] if heads == 1 else [list(row) for row in head]
    made = Table(
        [*above, *(list(row) for row in rows)],
        colWidths=list(widths),
        rowHeights=heights,
        repeatRows=heads,
        hAlign="LEFT",
    )
    made.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, LINE),
                ("FONT", (0, 0), (-1, -1), SERIF, size, size * 1.2),
                ("FONT", (0, 0), (-1, heads - 1), BOLD, size, size * 1.2),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                *more,
            ]
        )
    )
    return made


def centred(first: int, last: int = -1) -> Style:
    """The columns from `first` to `last`, their heads too."""
    return ("ALIGN", (first, 0), (last, -1), "CENTER")


def signature(
    imprint: Imprint, posts: Sequence[tuple[str, str]] = (), *, width: float = 170 * mm, across: int = 1
) -> KeepTogether:
    """Lines to sign on, (post, name) each, `across` beside each other; the director's is the last and has the place of
    the seal (R-225)."""
    people = [*posts, ("Директор", imprint.director)]
    rows: list[list[Any]] = []
    for n in range(0, len(people), across):
        rows.append([cell for post, name in people[n : n + across] for cell in _signer(post, name)])
    seal = [p(f"М. П. ({imprint.seal})", TINY), "подпись", "фамилия, инициалы", "дата", ""]
    rows.append([cell for n in range(across) for cell in (seal if n == across - 1 else ("", *seal[1:]))])
    rows = [[*row, *[""] * (5 * across - len(row))] for row in rows]
    parts = [width / across * part for part in (0.28, 0.25, 0.28, 0.15, 0.04)] * across
    made = Table(rows, colWidths=parts, rowHeights=[*[9 * mm] * (len(rows) - 1), 5 * mm], hAlign="LEFT")
    made.setStyle(TableStyle([*_UNDER, *(line for n in range(across) for line in _to_sign(5 * n))]))
    return KeepTogether([Spacer(1, 2 * mm), made])


def _signer(post: str, name: str) -> tuple[Any, ...]:
    return p(post, SMALL), "", p(f"/ {name or GAP} /", SMALL), "", ""


_UNDER: tuple[Style, ...] = (
    ("VALIGN", (0, 0), (-1, -2), "BOTTOM"),
    ("BOTTOMPADDING", (0, 0), (-1, -2), 1),
    ("LEFTPADDING", (0, 0), (-1, -1), 1),
    ("FONT", (0, -1), (-1, -1), SERIF, 6.5),
    ("VALIGN", (0, -1), (-1, -1), "TOP"),
    ("TOPPADDING", (0, -1), (-1, -1), 0.5),
    ("ALIGN", (0, -1), (-1, -1), "CENTER"),
)


def _to_sign(first: int) -> tuple[Style, ...]:
    """Under the signature and under the date of the signer whose columns begin there."""
    return tuple(("LINEBELOW", (first + k, 0), (first + k, -2), 0.5, colors.black) for k in (1, 3))
