"""Cards of an aSc 2012 file as cards of 2008: bits become days and weeks, or a card is left out and named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from commands.files.asc_tables import Findings
from commands.files.asc_unplaced import unplaced
from commands.files.asc_xml import Element
from commands.files.names import tidy

BITS = re.compile(r"[01]{1,60}")
DAYS = 7
Tables = Mapping[str, Mapping[str, Element]]


@dataclass(frozen=True, kw_only=True)
class Cards:
    """What cards refer to, by tag and id; `numbers`: code of a period → number of the lesson where they differ; `term`:
    the part of the year that is wanted, from 1, or 0."""

    tables: Tables
    numbers: Mapping[str, str]
    term: int


def tables_of(elements: Iterable[Element]) -> Tables:
    tables: dict[str, dict[str, Element]] = {
        tag: {} for tag in ("weeksdef", "termsdef", "lesson", "group", "subject")
    }
    for element in elements:
        if element.tag in tables:
            tables[element.tag][element.attributes.get("id", "")] = element
    return tables


def told(element: Element, **attributes: str) -> Element:
    """The element with other attributes."""
    return replace(element, attributes=MappingProxyType({**element.attributes, **attributes}))


def cards_of_2008(card: Element, cards: Cards, findings: Findings) -> Iterator[Element]:
    """One for each day of the bits; none, and a notice why, for what the journal's week cannot say.
    Of a card without a place `remark_unplaced` speaks, of one of another term `remark_term`."""
    lesson = cards.tables["lesson"].get(card.attributes.get("lessonid", ""))
    days, period = (card.attributes.get(name, "").strip() for name in ("days", "period"))
    weeks = bits_of(card, lesson, "weeks", cards.tables["weeksdef"], findings)
    terms = bits_of(card, lesson, "terms", cards.tables["termsdef"], findings)
    if not BITS.fullmatch(days or "0") or len(days) > DAYS:
        findings.problem(card, "days", f"дни «{days[:40]}»: нужны нули и единицы, от одного до {DAYS} знаков")
    elif weeks is not None and terms is not None:
        reason = left_out(weeks, terms, cards.term)
        if reason:
            findings.notice(card.line, reason[0], f"{title_of(lesson, cards.tables)}, {reason[1]}: пропущен")
        elif not cards.term or in_term(terms, cards.term):
            for day in (at for at, bit in enumerate(days if period else "") if bit == "1"):
                number = cards.numbers.get(period, period)
                yield told(card, day=str(day), period=number, weeks=week_of(weeks))


def bits_of(
    card: Element, lesson: Element | None, name: str, defined: Mapping[str, Element], findings: Findings
) -> str | None:
    """The card's own bits, else those its lesson refers to; "1" where neither says; None: a problem."""
    bits, holder, column = card.attributes.get(name, "").strip(), card, name
    id_ = lesson.attributes.get(f"{name}defid", "").strip() if lesson is not None else ""
    if not bits and lesson is not None and id_:
        holder, column = lesson, f"{name}defid"
        if id_ not in defined:
            reason = f"<lesson> называет «{id_[:40]}», а такого <{name}def> в файле нет"
            findings.problem(lesson, column, reason)
            return None
        bits = defined[id_].attributes.get(name, "").strip()
    if all(BITS.fullmatch(part) for part in (bits or "1").split(",")):
        return bits or "1"
    findings.problem(holder, column, f"«{bits[:40]}»: нужны нули и единицы")
    return None


def left_out(weeks: str, terms: str, term: int) -> tuple[str, str] | None:
    """(column, reason) of a card that is no lesson of the journal's week."""
    if "," in terms or ("0" in terms and not term):
        return "terms", f"только части года «{terms[:20]}» (часть выбирают при загрузке)"
    if not week_of(weeks):
        return "weeks", f"недели «{weeks[:20]}» (бывают каждая, первая и вторая из двух)"
    return None


def in_term(terms: str, term: int) -> bool:
    """One bit means a year that is not parted."""
    return terms == "1" or terms[term - 1 : term] == "1"


def week_of(bits: str) -> str:
    """«1», «10» or «01»; "" for what is none of them. A longer cycle of the same two weeks is one of them."""
    if "0" not in bits and "," not in bits:
        return "1"
    pairs = len(bits) // 2
    return next((week for week in ("10", "01") if bits == week * pairs), "")


def remark_term(elements: tuple[Element, ...], cards: Cards, findings: Findings) -> None:
    """How many cards are of other parts of the year than the one wanted; a part that no bits have is a problem."""
    said = [plain_bits(e, "terms", cards.tables) for e in elements if e.tag == "card"]
    parts = max((len(bits) for bits in said), default=1)
    others = sum(not in_term(bits, cards.term) for bits in said)
    if cards.term > max(parts, 1):
        reason = f"частей года в файле {max(parts, 1)}, а выбрана {cards.term}-я"
        findings.problem(elements[0], "terms", reason)
    elif others:
        reason = f"карточек других частей года, чем {cards.term}-я: {others}, не взяты"
        findings.notice(0, "terms", reason)


def remark_unplaced(elements: Iterable[Element], tables: Tables, findings: Findings) -> None:
    placed = [e for e in elements if e.tag == "card"]
    left = unplaced(tables["lesson"].values(), placed, lambda card: plain_bits(card, "weeks", tables))
    for lesson, there, wanted in left:
        reason = f"{title_of(lesson, tables)}: поставлено часов в неделю {there:f} из {wanted:f}"
        findings.notice(lesson.line, "periodsperweek", reason)


def plain_bits(card: Element, name: str, tables: Tables) -> str:
    """What `bits_of` answers where nothing is wrong; for remarks, which find no fault."""
    lesson = tables["lesson"].get(card.attributes.get("lessonid", ""))
    defined = (
        tables[f"{name}def"].get(lesson.attributes.get(f"{name}defid", "")) if lesson is not None else None
    )
    own = card.attributes.get(name, "").strip()
    return own or (defined.attributes.get(name, "").strip() if defined is not None else "") or "1"


def title_of(lesson: Element | None, tables: Tables) -> str:
    subject = tables["subject"].get(lesson.attributes.get("subjectid", "")) if lesson is not None else None
    return f"урок «{tidy(subject.attributes.get('name', ''))}»" if subject is not None else "урок"
