"""C-28: «Ведомость», сводная ведомость of a class (Padun 2.7; Усть-Белая 7.9, 12.2; Perm 5.2): every mark of the
periods, the year, the attestation and the final ones, and what becomes of the pupils."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from projections import register
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.control.scope import span_of
from projections.reading import NoSuchPage, Reading
from projections.register import PromotionLine, RegisterPage, RegisterRow
from projections.register_columns import RegisterColumn

CODE, TITLE = "C-28", "Сводная ведомость"
KINDS = {YEAR: "год", ATTESTATION: "аттестация", FINAL: "итог"}
DECISIONS = {
    "promoted": "переведён в следующий класс",
    "conditionally": "переведён условно",
    "retained": "оставлен на повторный год",
    "admitted": "допущен к итоговой аттестации",
    "finished": "окончил",
}


def report(reading: Reading, asked: Asked) -> Report:
    """Raises NoSuchPage: no such class."""
    page = _page(reading, asked)
    places = [
        (n, k)
        for n, subject in enumerate(page.subjects)
        if asked.subject in (None, subject.subject)
        for k in range(len(page.shown))
    ]
    return Report(
        code=CODE,
        title=f"{TITLE} {page.title}",
        asked=asked,
        columns=(
            Column(key="pupil", title="Ученик"),
            *(_column(page, n, k) for n, k in places),
            *((Column(key="promotion", title="Решение"),) if page.promoting else ()),
        ),
        lines=tuple(_line(row, places, page.promoting) for row in page.rows),
        figures=_figures(page),
        notes=tuple(_notes(page)),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """Every mark of the pupil, and the page it stands on."""
    page = _page(reading, asked)
    for row in page.rows:
        if str(row.pupil) != key:
            continue
        for subject, own in zip(page.subjects, row.cells, strict=True):
            for column, cell in zip(page.shown, own, strict=True):
                if cell.journal is None or asked.subject not in (None, subject.subject):
                    continue
                changed = ", исправлена" if cell.corrected else ""
                yield Behind(
                    words=f"{subject.title}, {_said(column)}: {cell.value or 'не выставлена'}{changed}",
                    journal=cell.journal,
                    pupil=row.pupil,
                    period=column.period,
                )


def _page(reading: Reading, asked: Asked) -> RegisterPage:
    """The columns of the days asked for: the periods that meet them; of the year what the register shows by itself."""
    if asked.class_id is None:
        raise NoSuchPage("a class is to be named")
    page = register.page(reading, asked.class_id)
    wanted = [each.key for each in page.shown if each.kind != PERIOD or each.span.overlaps(span_of(asked))]
    if len(wanted) in (0, len(page.shown)):
        return page
    return register.page(reading, asked.class_id, wanted)


def _column(page: RegisterPage, n: int, k: int) -> Column:
    subject, column = page.subjects[n], page.shown[k]
    title = subject.title if len(page.shown) == 1 else f"{subject.title}, {_said(column)}"
    return Column(key=f"{subject.subject}/{column.key}", title=title, kind="mark")


def _said(column: RegisterColumn) -> str:
    return column.title or KINDS[column.kind]


def _line(row: RegisterRow, places: list[tuple[int, int]], promoting: bool) -> Line:
    marks = (row.cells[n][k].value or None for n, k in places)
    name = f"{row.name} (выбыл(а))" if row.gone else row.name
    decision = (_decision(row.promotion),) if promoting else ()
    return Line(key=str(row.pupil), values=(name, *marks, *decision))


def _decision(line: PromotionLine | None) -> str | None:
    if line is None:
        return None
    words = DECISIONS.get(line.decision, line.decision)
    if not line.decided:
        return f"{words} (предложение)"
    return f"{words}, приказ № {line.order}" if line.order else words


def _figures(page: RegisterPage) -> tuple[Figure, ...]:
    """Of the last column shown."""
    if not page.totals:
        return ()
    total = page.totals[-1]
    return (
        Figure(key="pupils", title="Учащихся", value=total.pupils, kind="count"),
        Figure(key="complete", title="Выставлены все отметки", value=total.complete, kind="count"),
        Figure(key="excellent", title="Отличники", value=total.excellent, kind="count", better="more"),
        Figure(key="good", title="Хорошисты", value=total.good, kind="count", better="more"),
        Figure(key="failing", title="Неуспевающие", value=total.failing, kind="count", better="less"),
    )


def _notes(page: RegisterPage) -> Iterator[str]:
    if len(page.shown) == 1:
        yield f"Отметки: {_said(page.shown[0])}."
    elif page.shown:
        yield f"Итоги внизу — по последнему столбцу: {_said(page.shown[-1])}."
    corrected = sum(cell.corrected for row in page.rows for own in row.cells for cell in own)
    if corrected:
        yield f"Исправленных отметок: {corrected}."
