"""A page of the journal as the spread of the paper one: left names and marks, right what was covered and set (R-223).

One landscape sheet holds the columns whose lessons it tells; sixty columns take four or five sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table, TableStyle

from exports import said
from exports.fonts import BOLD
from exports.grid import SHADE, STRONG, TINY, Upright, centred, signature, table
from exports.paper import NARROW, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.columns import Column
from projections.journal import JournalPage, PupilRow
from projections.journal_lines import Line
from projections.movement import Movement

SIDE, BETWEEN = 134 * mm, 5 * mm
NUMBER, NAME, MEAN, MARK = 6 * mm, 42 * mm, 8 * mm, 9 * mm
COLUMNS, NARROWEST, WIDEST = 16, 5 * mm, 8 * mm
HEAD, ROOM = 28 * mm, 114 * mm  # of a half: its head, and the rows under it
PUPILS, LONG = 32, 28  # on one sheet, the others follow on the next; letters of a name that needs finer ones
WHEN, TOPIC, TASK = 15 * mm, 66 * mm, 53 * mm
FINE = ParagraphStyle("fine", parent=SMALL, fontSize=7.5, leading=8.8)
FINEST = ParagraphStyle("finest", parent=SMALL, fontSize=5.2, leading=6)
GOES_ON = "… (полностью — в электронном журнале)"
PAD = 3  # points above and below the words of a row, together


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    """What one sheet shows: columns from `first` to before `last`, and lines with their heights."""

    first: int
    last: int
    lines: tuple[tuple[Line, float], ...]


def pdf(page: JournalPage, names: Names, imprint: Imprint) -> bytes:
    """`names` of teachers and substitutes, «Соколова И. В.»."""
    teacher = ("Учитель", said.people(page.teachers, names))
    story = [*spread(page, names), signature(imprint, [teacher], width=2 * SIDE + BETWEEN, across=2)]
    return sheets(story, imprint, title=title_of(page), landscape=True, margin=NARROW)


def title_of(page: JournalPage) -> str:
    group = f" ({page.group_title})" if page.group_title else ""
    return f"{page.class_title}{group}, {page.subject}"


def spread(page: JournalPage, names: Names) -> Iterator[Flowable]:
    """Every sheet of the page, one after another."""
    plan = list(_sheets_of(page, names))
    parts = list(_parts(page.rows))
    for n, sheet in enumerate(plan):
        before = 0
        for k, rows in enumerate(parts):
            if n or k:
                yield PageBreak()
            yield _head(page, names)
            lines = sheet.lines if k == 0 else ()
            yield _pair(_left(page, rows, before, sheet, n == len(plan) - 1), _right(lines, names))
            before += len(rows)
    yield from _notes(page)


def _parts(rows: Sequence[PupilRow]) -> Iterator[Sequence[PupilRow]]:
    """As many pupils as a sheet holds; nobody at all is one part too."""
    first = 0
    while True:
        last = min(len(rows), first + PUPILS)
        while last - first > 1 and sum(_heights(rows[first:last])) > ROOM:
            last -= 1
        yield rows[first:last]
        first = last
        if first >= len(rows):
            return


def _heights(rows: Sequence[PupilRow]) -> list[float]:
    """They share the sheet; a name of eighty letters takes two lines."""
    usual = min(6 * mm, ROOM / max(1, len(rows)))
    return [
        usual if len(row.name) < LONG else max(usual, _name(row).wrap(NAME - 4, 9999)[1] + PAD)
        for row in rows
    ]


def _name(row: PupilRow) -> Paragraph:
    return p(row.name, FINE if len(row.name) < LONG else FINEST)


def _head(page: JournalPage, names: Names) -> Flowable:
    period = next((each.title for each in page.periods if each.chosen), "год")
    home = ", обучение на дому" if page.home else ""
    style = ParagraphStyle("title", parent=STRONG, fontSize=10, leading=13, spaceAfter=3)
    teachers = said.people(page.teachers, names) or "—"
    return p(f"{title_of(page)}{home}. {period}, {said.study_year(page.year)}. Учитель: {teachers}", style)


def _pair(left: Table, right: Table) -> Table:
    made = Table([[left, "", right]], colWidths=[SIDE, BETWEEN, SIDE], hAlign="LEFT")
    bare = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    made.setStyle(TableStyle([*bare, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return made


def _sheets_of(page: JournalPage, names: Names) -> Iterator[_Sheet]:
    """As many columns as fit with what was covered in their lessons beside them."""
    lines = [(line, _height(line, names)) for line in page.lines if not line.planned]
    first = taken = 0
    while True:
        last = min(first + COLUMNS, len(page.columns))
        if len(page.columns) - first <= COLUMNS and len(page.columns) - first > COLUMNS - 3:
            last = len(page.columns) - 3  # the last sheet has the mean and the mark for the period too
        own = _lines_to(page.columns, last, lines[taken:])
        while sum(height for _, height in own) > ROOM and len(own) > 1:
            if last - first > 1:
                last -= 1
                own = _lines_to(page.columns, last, lines[taken:])
            else:
                own = own[:-1]
        yield _Sheet(first=first, last=last, lines=tuple(own))
        first, taken = last, taken + len(own)
        if first >= len(page.columns) and taken >= len(lines):
            return


def _lines_to(
    columns: Sequence[Column], last: int, lines: Sequence[tuple[Line, float]]
) -> list[tuple[Line, float]]:
    """Of the lessons up to that column; all that are left where it is the last one."""
    if last >= len(columns):
        return list(lines)
    end = columns[last].opens
    return [each for each in lines if each[0].starts < end or each[0].lesson == columns[last - 1].lesson]


def _left(page: JournalPage, rows: Sequence[PupilRow], before: int, sheet: _Sheet, ends: bool) -> Table:
    columns = page.columns[sheet.first : sheet.last]
    sums = (MEAN, MARK) if ends else ()
    free = SIDE - NUMBER - NAME - sum(sums)
    width = min(WIDEST, max(NARROWEST, free / len(columns))) if columns else WIDEST
    marks = {sign.pupil: sign.value for sign in page.sheet.signs}
    body = [
        [
            str(before + n),
            _name(row),
            *(said.cell(cell) for cell in row.cells[sheet.first : sheet.last]),
            *((row.mean, marks.get(row.pupil, "")) if ends else ()),
        ]
        for n, row in enumerate(rows, 1)
    ]
    heights = _heights(rows)
    tight = min(heights, default=6 * mm) < 4.4 * mm
    return table(
        [_months(columns, page, ends), _days(columns, ends)],
        body,
        [NUMBER, NAME, *[width] * len(columns), *sums],
        size=7 if tight else 7.5,
        heads=2,
        heights=[4 * mm, HEAD - 4 * mm, *heights],
        more=[
            centred(2),
            ("TOPPADDING", (0, 1), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 0.5),
            *_looks(columns, rows, sheet),
        ],
    )


def _months(columns: Sequence[Column], page: JournalPage, ends: bool) -> list[str]:
    """The name of a month above its first day."""
    seen = [column.date.month for column in columns]
    words = [
        said.month(column.date) if n == 0 or seen[n - 1] != seen[n] else ""
        for n, column in enumerate(columns)
    ]
    return ["", "", *words, *(("", "") if ends else ())]


def _days(columns: Sequence[Column], ends: bool) -> list[Any]:
    tall = HEAD - 5.2 * mm
    heads = [
        Upright(f"{said.day(column.date)}{_kind(column)}", height=tall, size=6.5, font=BOLD)
        for column in columns
    ]
    sums = (Upright("средняя", height=tall), Upright("за период", height=tall)) if ends else ()
    return ["№", p("Фамилия, имя", STRONG), *heads, *sums]


def _kind(column: Column) -> str:
    return "" if column.first_of_lesson else f" {said.short_kind(column.kind_title)}"


def _looks(columns: Sequence[Column], rows: Sequence[PupilRow], sheet: _Sheet) -> Iterator[tuple[Any, ...]]:
    """Months span their days; who was not on the list that day has a grey cell."""
    start = 0
    for n in range(1, len(columns) + 1):
        if n == len(columns) or columns[n].date.month != columns[start].date.month:
            yield ("SPAN", (2 + start, 0), (1 + n, 0))
            start = n
    yield ("FONTSIZE", (2, 0), (-1, 0), 6)
    for n, row in enumerate(rows):
        for k, cell in enumerate(row.cells[sheet.first : sheet.last]):
            if cell.outside:
                yield ("BACKGROUND", (2 + k, 2 + n), (2 + k, 2 + n), SHADE)


def _right(lines: Sequence[tuple[Line, float]], names: Names) -> Table:
    head = [p(word, STRONG) for word in ("Число, урок", "Что пройдено на уроке", "Домашнее задание")]
    rows = [[f"{said.day(line.date)}, {line.number}", *_words(line, names)] for line, _ in lines]
    top = ("VALIGN", (0, 1), (-1, -1), "TOP")
    return table(head, rows, [WHEN, TOPIC, TASK], size=7.5, heights=[HEAD, *[None] * len(rows)], more=[top])


def _words(line: Line, names: Names) -> tuple[Paragraph, Paragraph]:
    """In letters so fine that a homework of two thousand of them stays on its sheet."""
    topic, homework = _topic(line, names), _homework(line)
    if _tall(topic, TOPIC, FINE) <= ROOM and _tall(homework, TASK, FINE) <= ROOM:
        return p(topic, FINE), p(homework, FINE)
    return _fitting(topic, TOPIC), _fitting(homework, TASK)


def _fitting(text: str, width: float) -> Paragraph:
    """No text is longer than a sheet; one that an act lets be says where it goes on."""
    made = p(text, FINEST)
    tall: float = made.wrap(width - 4, 9999)[1]
    most = ROOM - 9 * mm
    return made if tall <= most else p(f"{text[: int(len(text) * 0.9 * most / tall)]}{GOES_ON}", FINEST)


def _height(line: Line, names: Names) -> float:
    topic, homework = _words(line, names)
    widths = ((topic, TOPIC), (homework, TASK))
    return max(9.0, *(each.wrap(width - 4, 9999)[1] for each, width in widths)) + PAD


def _tall(text: str, width: float, style: ParagraphStyle) -> float:
    """At most: a letter takes half of its size or a little more."""
    return (len(text) * style.fontSize * 0.56 / (width - 4) + 1) * style.leading


def _topic(line: Line, names: Names) -> str:
    more = [
        f"({line.task})" if line.task else "",
        "Отступление от КТП." if line.deviation else "",
        f"Перенесён с {said.day(line.moved_from)}." if line.moved_from else "",
        f"Замена: {names.get(line.substitute, '')}." if line.substitute else "",
    ]
    return " ".join(word for word in (line.topic or "", *more) if word)


def _homework(line: Line) -> str:
    if line.not_set:
        return "не задано"
    if not line.homework:
        return ""
    due = f" (на {said.day(line.homework_due)})" if line.homework_due else ""
    return f"{line.homework}{due}"


def _notes(page: JournalPage) -> Iterator[Flowable]:
    """What stands beside names on the screen: who came and left, by which order; signs that were used."""
    names = {row.pupil: row.name for row in page.rows}
    sentences = [
        f"{names.get(note.pupil, '')}: {_moved(each)}." for note in page.notes for each in note.movements
    ]
    if any(cell.outside for row in page.rows for cell in row.cells):
        sentences.append("Серым — дни, когда ученик не числился в списке страницы.")
    if any(cell.contested for row in page.rows for cell in row.cells):
        sentences.append("* — запись оспаривается: её внесли с доступом, о нарушении которого сообщено.")
    if sentences:
        yield Spacer(1, 1.5 * mm)
        yield p(" ".join(sentences), TINY)


def _moved(each: Movement) -> str:
    order = f", приказ № {each.order}" if each.order else ""
    return f"{'прибыл' if each.kind == 'arrived' else 'выбыл'} {said.full_day(each.on)}{order}"
