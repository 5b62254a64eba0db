"""The director's распоряжение to correct a mark for a period, the year or the final one (7.14(b10), R-167)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.correction_register import CorrectionLine
from projections.order_form import OrderForm

Titles = Mapping[str, str]
BLANK = "_" * 14


def pdf(form: OrderForm, names: Names, kinds: Titles, imprint: Imprint) -> bytes:
    """`kinds` of marks as they are called."""
    story = [*_story(form, names, kinds, imprint), signature(imprint)]
    return sheets(story, imprint, title="Распоряжение об исправлении отметки")


def _story(form: OrderForm, names: Names, kinds: Titles, imprint: Imprint) -> Iterator[Flowable]:
    note, body = form.line.note, imprint.body
    number, day = note.order_number or BLANK, said.full_day(note.order_date) or BLANK
    teacher = names.get(note.requester, BLANK)
    yield p(imprint.school, HEAD)
    yield Spacer(1, 8 * mm)
    yield p("РАСПОРЯЖЕНИЕ", HEAD)
    yield p(f"от {day}   № {number}", HEAD)
    yield p("Об исправлении отметки в электронном журнале", HEAD)
    yield Spacer(1, 6 * mm)
    yield p(_ground(form, names, teacher), body)
    yield _what(form.line, kinds)
    yield Spacer(1, 4 * mm)
    yield p(f"Объяснение учителя: {note.reason or BLANK}", body)
    if note.conclusion:
        yield p(f"Заключение: {note.conclusion}", body)
    yield Spacer(1, 4 * mm)
    yield p(f"С распоряжением ознакомлены: {teacher} {BLANK}", body)


def _ground(form: OrderForm, names: Names, teacher: str) -> str:
    act = f"В соответствии с п. {form.clause} порядка" if form.clause else "В соответствии с порядком"
    asked, deputy = said.full_day(form.line.asked_at.date()), form.line.note.concluded_by
    concluded = f" и заключения заместителя директора ({names.get(deputy, '')})" if deputy else ""
    return (
        f"{act} ведения электронного журнала, на основании письменного объяснения учителя ({teacher}, {asked})"
        f"{concluded} исправить отметку:"
    )


def _what(line: CorrectionLine, kinds: Titles) -> Flowable:
    note, place = line.note, line.place
    rows = [
        ["Класс, предмет", p(f"{place.class_title}, {place.subject}", SMALL)],
        ["Учащийся", p(line.pupil, SMALL)],
        ["Отметка", p(f"{said.of_period(kinds.get(place.kind, place.kind))}, {place.period_title}", SMALL)],
        ["Записано", p(note.old or "нет отметки", SMALL)],
        ["Следует читать", p(note.new or "нет отметки", SMALL)],
    ]
    return table(["Что", "Значение"], rows, [50 * mm, 120 * mm], size=9)
