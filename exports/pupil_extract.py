"""The extract of the journal for one pupil (R-060, R-220): signed, sealed, given to whoever leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, TINY_STRONG, centred, signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from projections.pupil_extract import PupilExtract
from projections.pupil_marks import PeriodCell

Titles = Mapping[str, str]


def pdf(page: PupilExtract, kinds: Titles, promotions: Titles, imprint: Imprint) -> bytes:
    story = [
        *_story(page, kinds, promotions, imprint),
        signature(imprint, [("Классный руководитель", ""), ("Заместитель директора", "")]),
    ]
    return sheets(story, imprint, title=f"Выписка из журнала: {page.card.name}")


def _story(page: PupilExtract, kinds: Titles, promotions: Titles, imprint: Imprint) -> Iterator[Flowable]:
    card, record = page.card, page.record
    yield p("ВЫПИСКА ИЗ ЭЛЕКТРОННОГО ЖУРНАЛА", HEAD)
    yield p(card.name, HEAD)
    place = f"{card.class_title} класс" if card.class_title else "в школе не числится"
    year = f"{said.study_year(record.year)} учебный год, по {said.full_day(record.last)}"
    yield p(f"{imprint.school}. {place}. {year}.", imprint.body)
    for stretch in card.classes:
        for moved in stretch.movements:
            kind = "зачислен(а) в" if moved.kind == "arrived" else "выбыл(а) из"
            order = f", приказ № {moved.order}" if moved.order else ""
            yield p(f"{said.full_day(moved.on)} {kind} {stretch.title}{order}.", SMALL)
    yield Spacer(1, 3 * mm)
    yield p("Отметки", STRONG)
    yield _marks(page, kinds)
    yield Spacer(1, 4 * mm)
    yield p(_absences(page), SMALL)
    for each in record.promotions:
        word = promotions.get(each.decision, each.decision)
        proposed = "" if each.decided else " (предложено)"
        order = f", {each.order}" if each.order else ""
        yield p(f"{said.study_year(each.year)}: {word}{proposed}{order}.", SMALL)
    yield Spacer(1, 3 * mm)
    yield p("Выписка верна.", imprint.body)


def _marks(page: PupilExtract, kinds: Titles) -> Flowable:
    shown, current = page.record.table, dict(page.current)
    runs = any(period.runs for period in shown.periods)
    head = [
        "Предмет",
        *(p(period.title, TINY_STRONG) for period in shown.periods),
        *(p(kinds.get(kind, kind), TINY_STRONG) for kind in shown.kinds),
        *([p("Текущие отметки идущего периода", TINY_STRONG)] if runs else []),
    ]
    rows = [
        [
            p(subject.title, SMALL),
            *(_cell(cell) for cell in (*subject.cells, *subject.year)),
            *([p(", ".join(current.get(subject.subject, ())), SMALL)] if runs else []),
        ]
        for subject in shown.subjects
    ]
    sums = len(shown.periods) + len(shown.kinds)
    narrow = 17 * mm if sums <= 4 else 13 * mm
    last = 170 * mm - 50 * mm - narrow * sums
    widths = [50 * mm if runs else 170 * mm - narrow * sums, *[narrow] * sums, *([last] if runs else [])]
    return table(head, rows, widths, more=[centred(1, sums)] if sums else [])


def _cell(cell: PeriodCell) -> str:
    return cell.value or ("не выст." if cell.state == "overdue" else "")


def _absences(page: PupilExtract) -> str:
    categories = page.record.categories
    told = ", ".join(f"{name or 'причина не указана'} — {count}" for name, count in categories)
    return f"Пропущено уроков: {sum(count for _, count in categories)}{f' ({told})' if told else ''}."
