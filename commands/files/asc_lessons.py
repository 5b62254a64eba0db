"""Lessons and cards of an aSc file to slots of the week.

`lessons` name classes, groups, subject and teachers; `cards` place them on a day (from 0) and a period.
A card without weeks of its own takes the lesson's; the card's rooms are real, the lesson's are wishes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from commands.files.asc_rows import AscSlot
from commands.files.asc_tables import AscTables, Findings
from commands.files.asc_xml import Element

Row = TypeVar("Row")
WEEKS = {"": "all", "1": "all", "11": "all", "10": "odd", "01": "even"}
LONGEST_LESSON = 10  # periods under one card


@dataclass(frozen=True, kw_only=True)
class AscLesson:
    """What cards place: `slot` but for line, weekday, number and rooms; `length` in periods."""

    slot: AscSlot
    length: int


def read_slots(elements: Iterable[Element], tables: AscTables, findings: Findings) -> Iterator[AscSlot]:
    lessons: dict[str, AscLesson | None] = {}
    for element in elements:
        if element.tag == "lesson":
            id_ = element.attributes.get("id", "")
            if not id_ or id_ in lessons:
                findings.problem(element, "id", f"у урока нет id или он встречается дважды: «{id_[:40]}»")
            lessons.setdefault(id_, read_lesson(element, tables, findings))
    placed: dict[tuple[str, int, int, str], int] = {}
    for element in elements:
        if element.tag == "card":
            for slot in read_card(element, lessons, tables, findings):
                before = placed.setdefault((slot.lesson, slot.weekday, slot.number, slot.week), slot.line)
                if before != slot.line:
                    findings.problem(element, "lessonid", f"тот же урок уже стоит здесь в строке {before}")
                yield slot


def read_lesson(element: Element, tables: AscTables, findings: Findings) -> AscLesson | None:
    before = len(findings.problems)
    classes = named(element, "classids", tables.classes, findings)
    teachers = named(element, "teacherids", tables.teachers, findings)
    groups = named(element, "groupids", tables.groups, findings)
    subjects = named(element, "subjectid", tables.subjects, findings)
    week = read_week(element, findings)
    length = element.attributes.get("periodspercard", "1") or "1"
    if not length.isdecimal() or not 1 <= int(length) <= LONGEST_LESSON:
        findings.problem(element, "periodspercard", f"«{length[:40]}» — не число уроков подряд")
    elif not subjects and len(findings.problems) == before:
        findings.problem(element, "subjectid", "у урока нет предмета")
    if len(findings.problems) > before:
        return None
    slot = AscSlot(
        line=element.line,
        lesson=element.attributes.get("id", ""),
        classes=classes,
        groups=tuple(group for group in groups if not group.entire),
        subject=subjects[0],
        teachers=teachers,
        rooms=(),
        weekday=1,
        number=0,
        week=week,
    )
    remark(slot, element, findings)
    return AscLesson(slot=slot, length=int(length))


def remark(slot: AscSlot, element: Element, findings: Findings) -> None:
    if not slot.classes:
        findings.notice(
            element.line, "classids", f"«{slot.subject.name}» без класса — не урок журнала, пропущен"
        )
    elif not slot.teachers:
        findings.notice(element.line, "teacherids", f"у урока «{slot.subject.name}» нет учителя")
    elif len(slot.teachers) > 1 and not slot.groups:
        names = ", ".join(teacher.short for teacher in slot.teachers)
        reason = f"«{slot.subject.name}»: учителей несколько ({names}), а группы класса не названы"
        findings.notice(element.line, "groupids", reason)


def named(element: Element, attribute: str, rows: Mapping[str, Row], findings: Findings) -> tuple[Row, ...]:
    """The rows an attribute like "*24,*22" names, in its order; unknown ids become problems."""
    found = []
    for id_ in (part.strip() for part in element.attributes.get(attribute, "").split(",")):
        if id_ and id_ not in rows:
            findings.problem(
                element, attribute, f"<{element.tag}> называет «{id_[:40]}», а такого в файле нет"
            )
        elif id_:
            found.append(rows[id_])
    return tuple(found)


def read_week(element: Element, findings: Findings) -> str:
    weeks = element.attributes.get("weeks", "").strip()
    if weeks not in WEEKS:
        reason = f"недели «{weeks[:40]}»: читаются только каждая (1), первая (10) и вторая (01) из двух"
        findings.problem(element, "weeks", reason)
    return WEEKS.get(weeks, "all")


def read_card(
    card: Element, lessons: Mapping[str, AscLesson | None], tables: AscTables, findings: Findings
) -> Iterator[AscSlot]:
    """A slot for each period the card covers; none for a lesson of no class or one already found wrong."""
    id_ = card.attributes.get("lessonid", "")
    if id_ not in lessons:
        findings.problem(card, "lessonid", f"карточка называет урок «{id_[:40]}», а такого в файле нет")
        return
    lesson = lessons[id_]
    weekday = read_weekday(card, findings)
    rooms = named(card, "classroomids", tables.rooms, findings)
    week = read_week(card, findings) if card.attributes.get("weeks") else None
    if lesson is None or weekday is None or not lesson.slot.classes:
        return
    for number in read_numbers(card, lesson.length, tables, findings):
        yield replace(
            lesson.slot,
            line=card.line,
            weekday=weekday,
            number=number,
            rooms=tuple(room for room in rooms if room.name),
            week=week or lesson.slot.week,
        )


def read_weekday(card: Element, findings: Findings) -> int | None:
    day = card.attributes.get("day", "").strip()
    if day not in ("0", "1", "2", "3", "4", "5", "6"):
        findings.problem(card, "day", f"день «{day[:40]}»: дни считаются от 0 (понедельник) до 6")
        return None
    return int(day) + 1


def read_numbers(card: Element, length: int, tables: AscTables, findings: Findings) -> tuple[int, ...]:
    """The card's period and as many after it as the lesson is long, in the order of the day."""
    first = card.attributes.get("period", "").strip()
    numbers = tuple(tables.periods)
    if not first.isdecimal() or len(first) > 2 or int(first) not in numbers:
        findings.problem(card, "period", f"урока «{first[:40]}» нет среди звонков файла")
        return ()
    covered = numbers[numbers.index(int(first)) :][:length]
    if len(covered) < length:
        findings.problem(card, "period", f"урок длится {length} звонка подряд и не помещается в день")
    return covered
