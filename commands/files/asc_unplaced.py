"""Hours a week that lessons of an aSc 2012 file have and its cards do not place: said, for nobody would miss them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from commands.files.asc_xml import Element

Bits = Callable[[Element], str]


def unplaced(
    lessons: Iterable[Element], cards: Iterable[Element], weeks: Bits
) -> Iterator[tuple[Element, Decimal, Decimal]]:
    """(lesson, placed, wanted), both in lessons a week; `weeks` answers a card's bits. Lessons of no class, which no
    journal misses, are left out, and those whose hours are no number."""
    placed: Counter[str] = Counter()
    for card in cards:
        id_, days = card.attributes.get("lessonid", ""), card.attributes.get("days", "")
        if card.attributes.get("period", "").strip():
            placed[id_] += hundredths(weeks(card)) * days.count("1")
    for lesson in lessons:
        wanted = lesson.attributes.get("periodsperweek", "").replace(",", ".")
        length = lesson.attributes.get("periodspercard", "1") or "1"
        if is_number(wanted) and length.isdecimal() and lesson.attributes.get("classids", "").strip():
            there = Decimal(placed[lesson.attributes.get("id", "")] * int(length)) / 100
            if there < Decimal(wanted):
                yield lesson, there, Decimal(wanted)


def hundredths(bits: str) -> int:
    """The share of weeks a card takes; of «either week» one is taken."""
    first = bits.split(",")[0]
    return 100 * first.count("1") // len(first) if first else 100


def is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and len(text) <= 8
