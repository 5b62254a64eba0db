"""The form a family signs about the electronic journal: consent to work with personal data, or the choice of paper
(152-ФЗ; UstBelaya 7.2, Perm 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.paper import HEAD, Imprint, p, sheets
from projections.pupil_card import PupilCard

LINE = "_" * 60
SHORT = "_" * 24
GAP = "\N{NO-BREAK SPACE}" * 4
WHAT = (
    "фамилия, имя, отчество ребёнка, класс и группы, отметки и пропуски уроков, их причины, домашние задания, мои "
    "фамилия, имя, отчество, телефон и адрес электронной почты"
)
TODO = (
    "сбор, запись, хранение, уточнение, использование, передачу в региональную информационную систему образования, "
    "обезличивание и уничтожение"
)


def pdf(card: PupilCard, imprint: Imprint) -> bytes:
    """Names are written in by hand where the journal does not know them: who signs, and the document."""
    return sheets(list(_story(card, imprint)), imprint, title=f"Согласие: {card.name}")


def _story(card: PupilCard, imprint: Imprint) -> Iterator[Flowable]:
    body = imprint.body
    yield p("СОГЛАСИЕ", HEAD)
    yield p("на обработку персональных данных в электронном журнале и электронном дневнике", HEAD)
    yield Spacer(1, 5 * mm)
    yield p(f"Я, {LINE},", body)
    yield p(f"документ: {LINE},", body)
    place = f", {card.class_title} класс" if card.class_title else ""
    yield p(f"законный представитель: {card.name}{place},", body)
    yield p(
        f"даю {imprint.school} согласие на {TODO} следующих данных: {WHAT} — чтобы вести электронный журнал и сообщать "
        "мне об успеваемости.",
        body,
    )
    yield p(
        "Согласие действует до окончания обучения ребёнка в школе; его можно отозвать заявлением на имя директора. "
        "Записи журнала хранятся столько, сколько велит порядок школы.",
        body,
    )
    yield Spacer(1, 3 * mm)
    yield p("Сообщать об успеваемости прошу (нужное отметить):", body)
    yield p(f"[{GAP}] в электронном дневнике{GAP}{GAP}{GAP}[{GAP}] на бумаге, раз в неделю", body)
    yield Spacer(1, 8 * mm)
    yield p(f"Дата {SHORT}     Подпись {SHORT}", body)
    yield Spacer(1, 6 * mm)
    yield p(f"Согласие принял(а) {SHORT} / {SHORT} /", body)
