"""«Ведомость» of a period and the сводная ведомость of the year with promotion (C-28, R-160, R-222, Padun 2.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from exports import said
from exports.grid import STRONG, TINY_STRONG, Upright, centred, signature, table
from exports.paper import HEAD, NARROW, SMALL, Imprint, p, sheets
from ledger.period_sheet import PERIOD
from projections.correction_register import CorrectionLine
from projections.printed_register import PrintedRegister
from projections.register import PromotionLine, RegisterCell, RegisterPage, RegisterRow
from projections.register_columns import RegisterColumn

Titles = Mapping[str, str]
UPRIGHT, LYING = 182 * mm, 269 * mm
NUMBER, NAME, DECISION = 7 * mm, 46 * mm, 56 * mm
CELL, WIDEST, TALL = 6 * mm, 14 * mm, 30 * mm
ROOM = {UPRIGHT: 178 * mm, LYING: 120 * mm}  # for the rows of a sheet
LEAST, MOST, LONG = 3.8 * mm, 5.4 * mm, 30
NAMES = ParagraphStyle("names", parent=SMALL, fontSize=7.8, leading=8.8)
DECIDED = ParagraphStyle("decided", parent=SMALL, fontSize=6.5, leading=7)
NARROWER = ParagraphStyle("narrower", parent=SMALL, fontSize=5, leading=5.2)
SUMS = (("Успеваемость, %", "success"), ("Качество знаний, %", "quality"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What kinds of marks and decisions on promotion are called."""

    kinds: Mapping[str, str]
    promotions: Mapping[str, str]

    def of(self, column: RegisterColumn) -> str:
        return column.title or self.kinds.get(column.kind, column.kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """The subjects of one sheet, from `first` to before `last`; `deciding`: with the column of decisions; `width` of
    the paper between its margins."""

    first: int
    last: int
    deciding: bool
    width: float

    def cell(self, columns: int) -> float:
        """How wide one mark's column is."""
        room = self.width - NUMBER - NAME - (DECISION if self.deciding else 0)
        return min(WIDEST, room / max(1, (self.last - self.first) * columns))


def pdf(printed: PrintedRegister, words: Words, imprint: Imprint, *, leader: str, promoting: bool) -> bytes:
    """`promoting` adds what becomes of each pupil (R-222); `leader` is the class teacher."""
    page = printed.register
    title = "Сводная ведомость учёта успеваемости" if promoting else "Ведомость успеваемости"
    lying = promoting or len(page.shown) > 1 or len(page.subjects) * CELL > UPRIGHT - NUMBER - NAME
    posts = [("Классный руководитель", leader), ("Заместитель директора", "")]
    width = LYING if lying else UPRIGHT
    story = [
        *sheets_of(printed, words, title, width, promoting=promoting),
        signature(imprint, posts, width=width, across=3 if lying else 1),
    ]
    return sheets(story, imprint, title=f"{title}, {page.title}", landscape=lying, margin=NARROW)


def sheets_of(
    printed: PrintedRegister, words: Words, title: str, width: float, *, promoting: bool
) -> Iterator[Flowable]:
    """As many subjects on a sheet as fit, the names on each; decisions on the last, then what it comes to."""
    page = printed.register
    for n, part in enumerate(_parts(page, width, promoting)):
        if n:
            yield PageBreak()
        yield p(title.upper(), HEAD)
        yield p(_under(page, words), SMALL)
        yield Spacer(1, 2 * mm)
        yield _table(page, part, words)
    yield Spacer(1, 2 * mm)
    yield p(" ".join(_totals(page, words)), SMALL)
    for line in printed.corrected:
        yield p(_corrected(line, words), SMALL)


def _corrected(line: CorrectionLine, words: Words) -> str:
    """«* Кергитваль Олег, Физика, годовая: «4» исправлена на «5», распоряжение № 212 от 02.06.2027.»"""
    note, place = line.note, line.place
    kind = place.period_title if place.kind == PERIOD else words.kinds.get(place.kind, place.kind)
    order = f", распоряжение № {note.order_number or '____'}" if note.ordered else ""
    dated = f" от {said.full_day(note.order_date)}" if note.order_date else ""
    what = f"«{note.old or 'нет'}» исправлена на «{note.new or 'нет'}»"
    return f"* {line.pupil}, {place.subject}, {kind}: {what}{order}{dated}."


def _parts(page: RegisterPage, width: float, promoting: bool) -> Iterator[_Part]:
    each, room = CELL * max(1, len(page.shown)), width - NUMBER - NAME
    whole, short = (max(1, int(free / each)) for free in (room, room - (DECISION if promoting else 0)))
    first, total = 0, len(page.subjects)
    while total - first > short:
        last = min(total - 1, first + whole)
        yield _Part(first=first, last=last, deciding=False, width=width)
        first = last
    yield _Part(first=first, last=total, deciding=promoting, width=width)


def _under(page: RegisterPage, words: Words) -> str:
    shown = ", ".join(words.of(column) for column in page.shown) or "отметок ещё нет"
    return f"{page.title} класс, {said.study_year(page.year)} учебный год: {shown}."


def _table(page: RegisterPage, part: _Part, words: Words) -> Table:
    columns, cell = len(page.shown), part.cell(len(page.shown))
    many = (part.last - part.first) * columns
    heads = _heads(page, part, words)
    rows = [_row(row, n, part, words) for n, row in enumerate(page.rows, 1)]
    rows += [_sums(page, part, title, what) for title, what in SUMS]
    long = [len(row.name) >= LONG for row in page.rows]  # of these the sheet finds the height itself
    height = min(MOST, max(LEAST, ROOM[part.width] / max(1, len(rows))))
    tall = [4.5 * mm, TALL - 8 * mm] if len(heads) == 2 else [TALL]
    style = list(_spans(part.last - part.first, columns, part.deciding)) if len(heads) == 2 else []
    return table(
        heads if len(heads) == 2 else heads[0],
        rows,
        [NUMBER, NAME, *[cell] * many, *([DECISION] if part.deciding else [])],
        size=7.8,
        heads=len(heads),
        heights=[*tall, *(None if each else height for each in long), height, height],
        more=[centred(2, 1 + many), ("TOPPADDING", (0, 0), (-1, -1), 0.5), *style],
    )


def _heads(page: RegisterPage, part: _Part, words: Words) -> list[list[Any]]:
    """One row where there is one column a subject, else the columns stand below their subject."""
    subjects, columns = page.subjects[part.first : part.last], page.shown
    above: list[Any] = ["№", p("Фамилия, имя", STRONG)]
    decision: list[Any] = [p("Решение, приказ", STRONG)] if part.deciding else []
    if len(columns) <= 1:
        return [[*above, *(Upright(s.title, height=TALL - 2 * mm) for s in subjects), *decision]]
    below: list[Any] = ["", ""]
    wide = part.cell(len(columns)) * len(columns)
    for subject in subjects:
        title = subject.title if len(subject.title) * 4.2 < wide else subject.short
        above += [p(title, TINY_STRONG), *[""] * (len(columns) - 1)]
        below += [Upright(words.of(column), height=TALL - 9 * mm, size=6.5) for column in columns]
    return [[*above, *decision], [*below, *([""] if part.deciding else [])]]


def _spans(subjects: int, columns: int, deciding: bool) -> Iterator[tuple[Any, ...]]:
    """A subject stands above its columns, and a thicker line ends it."""
    for n in (0, 1, *([-1] if deciding else [])):
        yield ("SPAN", (n, 0), (n, 1))
    for n in range(subjects):
        start, end = 2 + n * columns, 1 + (n + 1) * columns
        yield ("SPAN", (start, 0), (end, 0))
        yield ("LINEAFTER", (end, 0), (end, -1), 0.9, "#444444")


def _row(row: RegisterRow, n: int, part: _Part, words: Words) -> list[Any]:
    name = f"{row.name} (выбыл)" if row.gone else row.name
    cells = [_value(cell) for own in row.cells[part.first : part.last] for cell in own]
    decision = [p(_decision(row.promotion, words), DECIDED)] if part.deciding else []
    return [str(n), p(name, NAMES if len(name) < LONG else NARROWER), *cells, *decision]


def _value(cell: RegisterCell) -> str:
    if not cell.value:
        return "" if cell.journal else "×"
    return f"{cell.value}*" if cell.corrected else cell.value


def _decision(line: PromotionLine | None, words: Words) -> str:
    if line is None:
        return ""
    decision = words.promotions.get(line.decision, line.decision)
    return f"{decision}, пр. № {line.order or '____'}" if line.decided else f"{decision} (предложено)"


def _sums(page: RegisterPage, part: _Part, title: str, what: str) -> list[Any]:
    values = [
        getattr(each, what) for subject in page.subjects[part.first : part.last] for each in subject.sums
    ]
    figures = ["" if value is None else str(value) for value in values]
    return ["", p(title, TINY_STRONG), *figures, *([""] if part.deciding else [])]


def _totals(page: RegisterPage, words: Words) -> Iterator[str]:
    for column, each in zip(page.shown, page.totals, strict=True):
        yield (
            f"{words.of(column)}: учащихся {each.pupils}, аттестованы по всем предметам {each.complete}, "
            f"на «5» {each.excellent}, на «4» и «5» {each.good}, не успевают {each.failing}."
        )
    yield "× — предмет не изучается, * — отметку исправляли."
    yield "Успеваемость — доля отметок «3», «4» и «5», качество — «4» и «5»."
