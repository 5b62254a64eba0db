"""The body of the summary register as HTML: up to three thousand cells, so they are joined here, not in Jinja."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

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
    said = _Said.of(page, f"?at={quote(at)}" if at else "")
    return Markup("".join([_row(row, n, page, choosing, said) for n, row in enumerate(page.rows, start=1)]))


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What stands in many cells, said once: `addresses` of the explanations of a page, by page and place of the column;
    `risks` in words."""

    moment: str
    fails: frozenset[str]
    corrected: Markup
    missing: Markup
    addresses: Mapping[UUID, tuple[str, ...]]
    risks: Mapping[Standing, Markup]

    @classmethod
    def of(cls, page: RegisterPage, moment: str) -> _Said:
        cells = [cell for row in page.rows for own in row.cells for cell in own]
        journals = {cell.journal for cell in cells if cell.journal is not None}
        risks = {cell.risk for cell in cells if cell.risk is not None}
        return cls(
            moment=moment,
            fails=page.fails,
            corrected=escape(_("исправлена")),
            missing=escape(_("не выставлена")),
            addresses={
                each: tuple(f"/explanations/{each}/{column.period}/{column.kind}/" for column in page.shown)
                for each in journals
            },
            risks={risk: escape("; ".join(risk_words(risk))) for risk in risks},
        )


def _row(row: RegisterRow, n: int, page: RegisterPage, choosing: bool, said: _Said) -> str:
    name, end = escape(row.name), f"{row.pupil}{said.moment}"
    box = ""
    if choosing and not row.gone:
        box = (
            f'<input type="checkbox" name="pupil" value="{row.pupil}" class="form-check-input no-print"'
            f' aria-label="{name}"> '
        )
    gone = f" <small>{escape(_('выбыл'))}</small>" if row.gone else ""
    cells = "".join(
        [
            _cell(cell, k, end, row.name, subject.title, said)
            for subject, own in zip(page.subjects, row.cells, strict=True)
            for k, cell in enumerate(own)
        ]
    )
    promotion = f"<td class=promotion>{_promotion(row.promotion)}</td>" if page.promoting else ""
    css = ' class="gone"' if row.gone else ""
    return (
        f'<tr{css}><td class="number">{n}</td><th scope="row">{box}<a href="/pupils/{end}">{name}</a>'
        f"{gone}</th>{cells}{promotion}</tr>"
    )


def _cell(cell: RegisterCell, place: int, end: str, name: str, subject: str, said: _Said) -> str:
    """`place` of its column within the subject; `end` of an address: the pupil and the moment."""
    first = " first" if place == 0 else ""
    if cell.journal is None:
        return f'<td class="outside{first}"></td>'
    address = f"{said.addresses[cell.journal][place]}{end}"
    if cell.value:
        sign = f'<sup title="{said.corrected}">↺</sup>' if cell.corrected else ""
        weak = " weak" if cell.value in said.fails else ""
        return f'<td class="{weak}{first}"><a href="{address}">{escape(cell.value)}{sign}</a></td>'
    if cell.risk is not None:
        words = said.risks[cell.risk]
        sign = "н/а?" if cell.risk.absent else f"{cell.risk.marks}/{cell.risk.needed}"
        label = escape(f"{name}, {subject}: ") + words
        return f'<td class="risk{first}"><a href="{address}" title="{words}" aria-label="{label}">{sign}</a></td>'
    if cell.missing:
        words = said.missing
        return (
            f'<td class="missing{first}"><a href="{address}" title="{words}" aria-label="{words}">—</a></td>'
        )
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
