"""aSc Timetables 2012 XML in the words of the 2008 one, so that one reader reads both.

In 2012 days, weeks and terms are strings of bits («10000» is Monday, «10» the first week of two), defined by ids
in tables of their own; periods have a name beside their code; people have `firstname` and `lastname`. A card
that the journal's week cannot say (a longer cycle, a part of the year) is left out and named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commands.files.asc_cards import BITS, Cards, cards_of_2008, remark_term, remark_unplaced, tables_of, told
from commands.files.asc_tables import Findings
from commands.files.asc_xml import Element
from commands.files.names import tidy

LAST_NUMBER = 15  # of a lesson in its day
PATRONYMIC = re.compile(
    r"\s\S*(вич|вна|ична|оглы|кызы)$", re.IGNORECASE
)  # after a name: Павлович is a surname


def is_2012(elements: Iterable[Element]) -> bool:
    """A card tells: an export may name itself anything."""
    return any(e.tag == "daysdef" or (e.tag == "card" and "days" in e.attributes) for e in elements)


def as_2008(elements: tuple[Element, ...], term: int, findings: Findings) -> tuple[Element, ...]:
    """The same lines with `day`, `period`, `weeks` and `name` as 2008 has them; other tags as they are. `term` counts
    the parts of the year from 1; 0: only what goes on all year."""
    numbers = lesson_numbers([e for e in elements if e.tag == "period"], findings)
    cards = Cards(tables=tables_of(elements), numbers=numbers, term=term)
    remark_unplaced(elements, cards.tables, findings)
    remark_names([e for e in elements if e.tag == "teacher"], findings)
    if term:
        remark_term(elements, cards, findings)
    return tuple(said for element in elements for said in translated(element, cards, findings))


def translated(element: Element, cards: Cards, findings: Findings) -> Iterator[Element]:
    match element.tag:
        case "daysdef":
            yield from single_day(element)
        case "period":
            code = element.attributes.get("period", "")
            yield told(element, period=cards.numbers.get(code, code))
        case "teacher":
            yield told(element, name=full_name(element, findings))
        case "lesson":
            yield told(element, weeks="", classids=classes_of(element, cards.tables["group"]))
        case "card":
            yield from cards_of_2008(element, cards, findings)
        case _:
            yield element


def single_day(element: Element) -> Iterator[Element]:
    """«Any day» and «every day» are wishes of lessons, not days."""
    bits = element.attributes.get("days", "")
    if BITS.fullmatch(bits) and bits.count("1") == 1:
        yield replace(told(element, day=str(bits.index("1"))), tag="day")


def lesson_numbers(periods: list[Element], findings: Findings) -> dict[str, str]:
    """Code → number: the name where all names are the day's numbers. A school with a zero lesson counts codes
    from 1 and calls that lesson «0»."""
    codes = [e.attributes.get("period", "") for e in periods]
    names = [tidy(e.attributes.get("name", "")) for e in periods]
    if codes == names or not all(name.isdecimal() and len(name) <= 2 for name in names):
        return {}
    values = [int(name) for name in names]
    if values != sorted(set(values)) or values[-1] > LAST_NUMBER:
        return {}
    reason = f"уроки дня взяты по названиям звонков ({names[0]}–{names[-1]}), а не по их кодам"
    findings.notice(periods[0].line, "name", reason)
    return dict(zip(codes, names, strict=True))


def full_name(element: Element, findings: Findings) -> str:
    """Surname first, as 2008 writes it; a patronymic shows where the two were typed into each other's field."""
    first, last = (tidy(element.attributes.get(a, "")) for a in ("firstname", "lastname"))
    if not first or not last:
        return element.attributes.get("name", "")
    if PATRONYMIC.search(last) and not PATRONYMIC.search(first):
        findings.notice(element.line, "lastname", f"имя и фамилия переставлены: взято «{first} {last}»")
        return f"{first} {last}"
    return f"{last} {first}"


def remark_names(teachers: list[Element], findings: Findings) -> None:
    """Where no patronymic proves it, nobody knows which of two words is the surname: files have it both ways."""
    fields = ("firstname", "lastname")
    open_ = [e for e in teachers if not any(PATRONYMIC.search(tidy(e.attributes.get(f, ""))) for f in fields)]
    if open_:
        last = tidy(open_[0].attributes.get("lastname", ""))
        reason = f"отчества нет у {len(open_)} учителей, фамилии взяты из lastname, например «{last}»"
        findings.notice(0, "lastname", f"{reason}: проверьте, не переставлены ли имена и фамилии")


def classes_of(lesson: Element, groups: Mapping[str, Element]) -> str:
    """The lesson's classes; those of its groups where it names only groups."""
    named = lesson.attributes.get("classids", "")
    if named.strip():
        return named
    ids = [id_.strip() for id_ in lesson.attributes.get("groupids", "").split(",")]
    return ",".join(dict.fromkeys(groups[i].attributes.get("classid", "") for i in ids if i in groups))
