"""The body of the summary register as HTML: up to three thousand cells, so they are joined here, not in Jinja."""

from __future__ import annotations

from urllib.parse import quote

from flask_babel import gettext as _
from markupsafe import Markup, escape

from projections.register import PromotionLine, RegisterCell, RegisterPage, RegisterRow
from projections.register_columns import RegisterColumn
from projections.standings import Standing
from web.format import plural
from web.titles import MARK_KINDS, PROMOTIONS

AFTER_GRADUATION = ("admitted", "finished", "retained")
AFTER_OTHERS = ("promoted", "conditionally", "retained")


def decisions(graduating: bool) -> tuple[str, ...]:
    """What may become of a pupil of the class (R-075)."""
    return AFTER_GRADUATION if graduating else AFTER_OTHERS


def has_signs(page: RegisterPage) -> bool:
    return any(cell.risk for row in page.rows for own in row.cells for cell in own)


def lines(page: RegisterPage, choosing: bool, at: str | None) -> Markup:
    """The `<tr>`s; `choosing`: pupils can be chosen for a decision on promotion. Links keep the moment `at`."""
    moment = f"?at={quote(at)}" if at else ""
    return Markup("".join([_row(row, n, page, choosing, moment) for n, row in enumerate(page.rows, start=1)]))


def _row(row: RegisterRow, n: int, page: RegisterPage, choosing: bool, moment: str) -> str:
    name = escape(row.name)
    box = ""
    if choosing and not row.gone:
        box = (
            f'<input type="checkbox" name="pupil" value="{row.pupil}" class="form-check-input no-print"'
            f' aria-label="{name}"> '
        )
    gone = f" <small>{escape(_('выбыл'))}</small>" if row.gone else ""
    cells = "".join(
        [
            _cell(cell, column, row, subject.title, k, moment)
            for subject, own in zip(page.subjects, row.cells, strict=True)
            for k, (column, cell) in enumerate(zip(page.shown, own, strict=True))
        ]
    )
    promotion = f"<td class=promotion>{_promotion(row.promotion)}</td>" if page.promoting else ""
    css = ' class="gone"' if row.gone else ""
    return (
        f'<tr{css}><td class="number">{n}</td><th scope="row">{box}<a href="/pupils/{row.pupil}{moment}">{name}</a>'
        f"{gone}</th>{cells}{promotion}</tr>"
    )


def _cell(
    cell: RegisterCell, column: RegisterColumn, row: RegisterRow, subject: str, place: int, moment: str
) -> str:
    first = " first" if place == 0 else ""
    if cell.journal is None:
        return f'<td class="outside{first}"></td>'
    address = f"/explanations/{cell.journal}/{column.period}/{column.kind}/{row.pupil}{moment}"
    if cell.value:
        sign = f'<sup title="{escape(_("исправлена"))}">↺</sup>' if cell.corrected else ""
        weak = " weak" if cell.value in ("1", "2", "н/а") else ""
        return f'<td class="{weak}{first}"><a href="{address}">{escape(cell.value)}{sign}</a></td>'
    if cell.risk is not None:
        said = escape("; ".join(risk_words(cell.risk)))
        sign = "н/а?" if cell.risk.absent else f"{cell.risk.marks}/{cell.risk.needed}"
        label = escape(f"{row.name}, {subject}: ") + said
        return (
            f'<td class="risk{first}"><a href="{address}" title="{said}" aria-label="{label}">{sign}</a></td>'
        )
    if cell.missing:
        said = escape(_("не выставлена"))
        return f'<td class="missing{first}"><a href="{address}" title="{said}" aria-label="{said}">—</a></td>'
    return f'<td class="{first}"></td>'


def risk_words(risk: Standing) -> list[str]:
    """«пропущено 14 из 22 уроков: больше половины», «отметок 2, к этому дню нужно 3, всего 5»."""
    words = []
    if risk.absent:
        lessons = plural(risk.held, _("урока"), _("уроков"), _("уроков"))
        words.append(_("пропущено %(n)s из %(lessons)s: грозит «н/а»", n=risk.missed, lessons=lessons))
    if risk.behind:
        marks = plural(risk.marks, _("отметка"), _("отметки"), _("отметок"))
        words.append(
            _(
                "%(marks)s, к этому дню нужно %(due)s, за период %(all)s",
                marks=marks,
                due=risk.due,
                all=risk.needed,
            )
        )
    return words


def _promotion(line: PromotionLine | None) -> str:
    if line is None:
        return ""
    said = escape(PROMOTIONS.get(line.decision, line.decision))
    if not line.decided:
        return f"{said} <small>{escape(_('предложено'))}</small>"
    order = _("приказ № %(number)s", number=line.order) if line.order else _("приказ: номер позже")
    return f"<b>{said}</b> <small>{escape(order)}</small>"


def head_of(column: RegisterColumn) -> str:
    """The words of a column's head."""
    return column.title or str(MARK_KINDS[column.kind])
