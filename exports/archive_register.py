"""The archive register and the label of a volume (R-224, R-227, R-229)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, TINY, TINY_STRONG, centred, signature, table
from exports.paper import BODY, HEAD, NARROW, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.archive_page import ArchiveItem, ArchivePage

Titles = Mapping[str, str]
WIDE = 269 * mm
HEADS = (
    "№",
    "Документ",
    "Листов",
    "Экз.",
    "Прошит",
    "Место хранения",
    "Запись журнала, SHA-256 файла",
    "Внёс",
    "До года",
)
WIDTHS = tuple(each * mm for each in (16, 62, 14, 11, 20, 48, 56, 27, 15))


def pdf(page: ArchivePage, names: Names, kinds: Titles, imprint: Imprint) -> bytes:
    """`kinds` of papers as they are called."""
    story = [
        *_story(page, names, kinds),
        signature(imprint, [("Заместитель директора", "")], width=WIDE, across=2),
    ]
    title = f"Архивный реестр, {said.study_year(page.year)}"
    return sheets(story, imprint, title=title, landscape=True, margin=NARROW)


def _story(page: ArchivePage, names: Names, kinds: Titles) -> Iterator[Flowable]:
    yield p("РЕЕСТР ДОКУМЕНТОВ, СДАННЫХ В АРХИВ", HEAD)
    yield p(
        f"{said.study_year(page.year)} учебный год. На бумаге хранить до {page.paper_until} года, в электронном виде "
        f"до {page.electronic_until} года.",
        SMALL,
    )
    yield Spacer(1, 2 * mm)
    rows = [_row(item, names) for item in page.items]
    yield table([p(word, TINY_STRONG) for word in HEADS], rows, WIDTHS, more=[centred(2, 3), centred(8)])
    missing = [each for each in page.due if not each.number]
    if missing:
        yield Spacer(1, 3 * mm)
        yield p("Ещё не сданы", STRONG)
        told = "; ".join(f"{kinds.get(each.kind, each.kind)}, {each.class_title}" for each in missing)
        yield p(f"{told}. Срок — {said.full_day(missing[0].due)}.", SMALL)


def _row(item: ArchiveItem, names: Names) -> list[object]:
    return [
        p(item.number, SMALL),
        p(item.title, SMALL),
        str(item.sheets),
        str(item.copies),
        said.full_day(item.stitched),
        p(item.place, SMALL),
        p(f"№ {item.position}\n{item.sha256[:32]} {item.sha256[32:]}", TINY),
        p(names.get(item.registered_by, ""), TINY),
        str(item.until),
    ]


BIG = ParagraphStyle("big", parent=BODY, fontSize=20, leading=28, alignment=TA_CENTER)
MIDDLE = ParagraphStyle("middle", parent=BODY, alignment=TA_CENTER, fontSize=13, leading=19)


def label(item: ArchiveItem, imprint: Imprint) -> bytes:
    """Glued to the volume: number, what it is, sheets, to which year it is kept, and the sum of the file."""
    story = [
        Spacer(1, 12 * mm),
        p(imprint.school, MIDDLE),
        Spacer(1, 10 * mm),
        p(f"№ {item.number}", BIG),
        p(item.title, BIG),
        Spacer(1, 6 * mm),
        p(f"Листов: {item.sheets}. Экземпляров: {item.copies}.", MIDDLE),
        p(f"Прошит {said.full_day(item.stitched)}. Место хранения: {item.place}.", MIDDLE),
        p(f"Хранить до {item.until} года.", MIDDLE),
        Spacer(1, 6 * mm),
        p(f"Напечатан по записи № {item.position}; SHA-256 файла {item.sha256}.", SMALL),
        Spacer(1, 6 * mm),
        signature(imprint),
    ]
    return sheets(story, imprint, title=f"Ярлык № {item.number}")
