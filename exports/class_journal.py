"""The whole journal of a class, to be stitched, signed, sealed and kept (9.2(b5), R-221, R-224)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from exports import fulfilment, journal_page, pupil_list, register_sheet, said
from exports.grid import SHADE, STRONG, signature, table
from exports.paper import HEAD, NARROW, Imprint, p, sheets
from exports.said import Names
from projections.class_journal import ClassJournal

Titles = Mapping[str, str]
WIDE = 269 * mm


def pdf(
    book: ClassJournal, names: Names, words: register_sheet.Words, health: Titles, imprint: Imprint
) -> bytes:
    story = list(_story(book, names, words, health, imprint))
    return sheets(story, imprint, title=f"Классный журнал {book.klass.title}", landscape=True, margin=NARROW)


def _story(
    book: ClassJournal, names: Names, words: register_sheet.Words, health: Titles, imprint: Imprint
) -> Iterator[Flowable]:
    yield from _title(book, names, imprint)
    yield PageBreak()
    yield from pupil_list.lists(book.klass, names, health)
    for page in book.pages:
        yield PageBreak()
        yield from journal_page.spread(page, names)
    yield PageBreak()
    yield from fulfilment.lines(book.fulfilment, names)
    yield PageBreak()
    title = "Сводная ведомость учёта успеваемости"
    yield from register_sheet.sheets_of(book.register, words, title, register_sheet.LYING, promoting=True)
    yield signature(imprint, _posts(book, names), width=WIDE, across=3)


def _posts(book: ClassJournal, names: Names) -> list[tuple[str, str]]:
    return [("Классный руководитель", _leader(book, names)), ("Заместитель директора", "")]


def _leader(book: ClassJournal, names: Names) -> str:
    klass = book.klass
    return said.people(tuple(person for person, span in klass.teachers if klass.on in span), names)


def _title(book: ClassJournal, names: Names, imprint: Imprint) -> Iterator[Flowable]:
    klass = book.klass
    yield Spacer(1, 30 * mm)
    yield p(imprint.school, HEAD)
    yield Spacer(1, 12 * mm)
    yield p("КЛАССНЫЙ ЖУРНАЛ", HEAD)
    yield p(f"{klass.title} класс, {said.study_year(klass.year)} учебный год", HEAD)
    yield Spacer(1, 12 * mm)
    yield p(f"Классный руководитель: {_leader(book, names) or '—'}", imprint.body)
    yield p(
        f"Распечатка электронного журнала на {imprint.moment}, запись № {imprint.position}.", imprint.body
    )
    yield Spacer(1, 4 * mm)
    yield _stitched(imprint)


def _stitched(imprint: Imprint) -> Flowable:
    """Filled in by hand when the sheets are stitched (R-224)."""
    rows = [
        ["Пронумеровано и прошнуровано листов", ""],
        ["Номер в архивном реестре", ""],
        ["Дата, место хранения", ""],
    ]
    style = [("BACKGROUND", (0, 0), (0, -1), SHADE)]
    head = [p("Заверительная запись", STRONG), p(f"М. П. ({imprint.seal})", STRONG)]
    return table(head, rows, [80 * mm, 100 * mm], size=9, more=style)
