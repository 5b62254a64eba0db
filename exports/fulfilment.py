"""The fulfilment of the plans: hours due to a day, held and owed, page by page (C-05, R-080)."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, TINY_STRONG, centred, signature, table
from exports.paper import HEAD, NARROW, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.plan_fulfilment import Fulfilment, FulfilmentPage

WIDE = 269 * mm
HEADS = (
    *("Класс", "Предмет", "Учитель", "План на год", "По КТП на дату", "Проведено", "Отставание", "%"),
    *("замены", "переносы", "внеур.", "дистанц."),
)
WIDTHS = tuple(each * mm for each in (22, 52, 50, 17, 18, 18, 20, 14, 14, 15, 15, 14))


def pdf(page: FulfilmentPage, names: Names, imprint: Imprint) -> bytes:
    story = [*lines(page, names), signature(imprint, [("Заместитель директора", "")], width=WIDE, across=2)]
    return sheets(story, imprint, title="Выполнение программ", landscape=True, margin=NARROW)


def lines(page: FulfilmentPage, names: Names) -> Iterator[Flowable]:
    """The sheet without its signature, for the whole journal too."""
    yield p("ВЫПОЛНЕНИЕ УЧЕБНЫХ ПРОГРАММ", HEAD)
    yield p(f"По {said.full_day(page.to)}; часы.", SMALL)
    yield Spacer(1, 2 * mm)
    rows = [_row(each, names) for each in page.rows]
    yield table([p(word, TINY_STRONG) for word in HEADS], rows, WIDTHS, more=[centred(3)])
    for each in page.rows:
        yield from _details(each)


def _row(each: Fulfilment, names: Names) -> list[object]:
    whole, none = each.curriculum or each.whole, each.plan is None
    lag = f"{'−' if each.lag < 0 else ''}{said.hours(abs(each.lag))}"
    counts = (each.substituted, each.moved, each.extracurricular, each.distance)
    return [
        p(each.class_title, SMALL),
        p(_subject(each), SMALL),
        p(said.people(each.teachers, names), SMALL),
        said.hours(whole) if whole else "",
        *("нет КТП" if none else said.hours(each.planned), said.hours(each.held)),
        *(("", "") if none else (lag, said.percent(each.percent))),
        *(str(count) if count else "" for count in counts),
    ]


def _subject(each: Fulfilment) -> str:
    return f"{each.subject} ({each.group_title})" if each.group_title else each.subject


def _details(each: Fulfilment) -> Iterator[Flowable]:
    """Topics that were due and not covered, and topics that are not of the plan."""
    if not each.owed and not each.departures:
        return
    yield Spacer(1, 3 * mm)
    yield p(f"{each.class_title}, {_subject(each)}", STRONG)
    if each.owed:
        owed = "; ".join(f"{o.place}. {o.topic} ({said.day(o.due)})" for o in each.owed)
        yield p(f"Не пройдено: {owed}.", SMALL)
    if each.departures:
        told = "; ".join(f"{said.day(d.date)} {d.topic}" for d in each.departures)
        yield p(f"Отступления от КТП: {told}.", SMALL)
