"""aSc Timetables 2012 XML in the words of the 2008 one, so that one reader reads both.

In 2012 days, weeks and terms are strings of bits («10000» is Monday, «10» the first week of two), defined by ids
in tables of their own; periods have a name beside their code; people have `firstname` and `lastname`. A card
that the journal's week cannot say (a longer cycle, a part of the year) is left out and named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from commands.files.asc_tables import Findings
from commands.files.asc_unplaced import unplaced
from commands.files.asc_xml import Element
from commands.files.names import tidy

BITS = re.compile(r"[01]{1,60}")
DAYS = 7
LAST_NUMBER = 15  # of a lesson in its day
PATRONYMIC = re.compile(r"(вич|вна|ична|инична|оглы|кызы)$", re.IGNORECASE)
Tables = Mapping[str, Mapping[str, Element]]


def is_2012(elements: Iterable[Element]) -> bool:
    """A card tells: an export may name itself anything."""
    return any(e.tag == "daysdef" or (e.tag == "card" and "days" in e.attributes) for e in elements)


def as_2008(elements: tuple[Element, ...], findings: Findings) -> tuple[Element, ...]:
    """The same lines with `day`, `period`, `weeks` and `name` as 2008 has them; other tags as they are."""
    tables = {
        tag: {e.attributes.get("id", ""): e for e in elements if e.tag == tag}
        for tag in ("weeksdef", "termsdef", "lesson", "group", "subject")
    }
    numbers = lesson_numbers([e for e in elements if e.tag == "period"], findings)
    remark_unplaced(elements, tables, findings)
    remark_names([e for e in elements if e.tag == "teacher"], findings)
    return tuple(said for element in elements for said in translated(element, tables, numbers, findings))


def translated(
    element: Element, tables: Tables, numbers: Mapping[str, str], findings: Findings
) -> Iterator[Element]:
    match element.tag:
        case "daysdef":
            yield from single_day(element)
        case "period":
            code = element.attributes.get("period", "")
            yield told(element, period=numbers.get(code, code))
        case "teacher":
            yield told(element, name=full_name(element, findings))
        case "lesson":
            yield told(element, weeks="", classids=classes_of(element, tables["group"]))
        case "card":
            yield from cards(element, tables, numbers, findings)
        case _:
            yield element


def told(element: Element, **attributes: str) -> Element:
    return replace(element, attributes=MappingProxyType({**element.attributes, **attributes}))


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
    open_ = [e for e in teachers if not PATRONYMIC.search(" ".join(e.attributes.get("name", "").split()[1:]))]
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


def cards(card: Element, tables: Tables, numbers: Mapping[str, str], findings: Findings) -> Iterator[Element]:
    """A 2008 card for each day of the bits; none, and a notice why, for what the journal's week cannot say.
    Of a card without a place `remark_unplaced` speaks."""
    lesson = tables["lesson"].get(card.attributes.get("lessonid", ""))
    days, period = (card.attributes.get(name, "").strip() for name in ("days", "period"))
    weeks = bits_of(card, lesson, "weeks", tables["weeksdef"], findings)
    terms = bits_of(card, lesson, "terms", tables["termsdef"], findings)
    if not BITS.fullmatch(days or "0") or len(days) > DAYS:
        findings.problem(card, "days", f"дни «{days[:40]}»: нужны нули и единицы, от одного до {DAYS} знаков")
    elif weeks is not None and terms is not None:
        reason = left_out(weeks, terms)
        if reason:
            findings.notice(card.line, reason[0], f"{title_of(lesson, tables)}, {reason[1]}: пропущен")
            return
        for day in (at for at, bit in enumerate(days if period else "") if bit == "1"):
            yield told(card, day=str(day), period=numbers.get(period, period), weeks=week_of(weeks))


def bits_of(
    card: Element, lesson: Element | None, name: str, defined: Mapping[str, Element], findings: Findings
) -> str | None:
    """The card's own bits, else those its lesson refers to; "1" where neither says; None: a problem."""
    bits, holder, column = card.attributes.get(name, "").strip(), card, name
    id_ = lesson.attributes.get(f"{name}defid", "").strip() if lesson is not None else ""
    if not bits and lesson is not None and id_:
        holder, column = lesson, f"{name}defid"
        if id_ not in defined:
            findings.problem(
                lesson, column, f"<lesson> называет «{id_[:40]}», а такого <{name}def> в файле нет"
            )
            return None
        bits = defined[id_].attributes.get(name, "").strip()
    if all(BITS.fullmatch(part) for part in (bits or "1").split(",")):
        return bits or "1"
    findings.problem(holder, column, f"«{bits[:40]}»: нужны нули и единицы")
    return None


def left_out(weeks: str, terms: str) -> tuple[str, str] | None:
    """(column, reason) of a card that is no lesson of the journal's week."""
    if "0" in terms or "," in terms:
        return "terms", f"только части года «{terms[:20]}» (такую часть загружают своим файлом)"
    if not week_of(weeks):
        return "weeks", f"недели «{weeks[:20]}» (бывают каждая, первая и вторая из двух)"
    return None


def week_of(bits: str) -> str:
    """«1», «10» or «01»; "" for what is none of them. A longer cycle of the same two weeks is one of them."""
    if "0" not in bits and "," not in bits:
        return "1"
    pairs = len(bits) // 2
    return next((week for week in ("10", "01") if bits == week * pairs), "")


def remark_unplaced(elements: tuple[Element, ...], tables: Tables, findings: Findings) -> None:
    def weeks(card: Element) -> str:
        lesson = tables["lesson"].get(card.attributes.get("lessonid", ""))
        definition = tables["weeksdef"].get(lesson.attributes.get("weeksdefid", "")) if lesson else None
        return card.attributes.get("weeks") or (definition.attributes.get("weeks", "") if definition else "")

    placed = [e for e in elements if e.tag == "card"]
    for lesson, there, wanted in unplaced(tables["lesson"].values(), placed, weeks):
        reason = f"{title_of(lesson, tables)}: поставлено часов в неделю {there:f} из {wanted:f}"
        findings.notice(lesson.line, "periodsperweek", reason)


def title_of(lesson: Element | None, tables: Tables) -> str:
    subject = tables["subject"].get(lesson.attributes.get("subjectid", "")) if lesson is not None else None
    return f"урок «{tidy(subject.attributes.get('name', ''))}»" if subject is not None else "урок"
