"""aSc Timetables XML, 2008 and 2012, to lessons of the week; the formats are known from schools' files."""

from dataclasses import replace
from pathlib import Path

from commands.files.asc_2012 import as_2008, is_2012
from commands.files.asc_lessons import read_slots
from commands.files.asc_rows import AscSlot, AscTimetable
from commands.files.asc_tables import AscTables, Findings, read_tables
from commands.files.asc_xml import MAX_BYTES, AscRefused, Document, Element, read_document
from commands.files.reading import Problem, Reading, refused


def read_asc_file(path: Path, term: int = 0) -> Reading[AscTimetable]:
    with path.open("rb") as stream:
        return read_asc(path.name, stream.read(MAX_BYTES + 1), term)


def read_asc(file: str, data: bytes, term: int = 0) -> Reading[AscTimetable]:
    """The timetable, or the problems. Notices: what was guessed, lessons without class or teacher, cards left out.
    `term`: of a 2012 file the part of the year from 1; 0: only what goes on all year."""
    findings = Findings(file=file, problems=[], notices=[])
    try:
        document = read_document(data)
        check_root(document.elements)
    except AscRefused as why:
        return refused([Problem(file=file, line=why.line, column="", reason=why.reason)])
    if document.guessed:
        findings.notice(0, "", f"кодировка в файле не указана; прочитан как {document.encoding}")
    elements = document.elements
    if is_2012(elements):
        elements = as_2008(elements, term, findings)
    elif term:
        findings.notice(0, "", "частей года в файле нет (вариант 2008): прочитано всё")
    tables = read_tables(elements, findings)
    slots = tuple(read_slots(elements, tables, findings))
    if findings.problems:
        return refused(findings.problems, findings.notices)
    return Reading(value=assemble(document, tables, slots), notices=tuple(findings.notices))


def check_root(elements: tuple[Element, ...]) -> None:
    tags = {element.tag for element in elements}
    root = elements[0]
    if root.tag != "timetable":
        raise AscRefused(f"это не файл aSc Timetables: корневой элемент <{root.tag[:40]}>", root.line)
    if "card" not in tags:
        raise AscRefused("в файле нет карточек <card>: уроки не расставлены или экспорт неполон", root.line)


def assemble(document: Document, tables: AscTables, slots: tuple[AscSlot, ...]) -> AscTimetable:
    tags = [element.tag for element in document.elements]
    return AscTimetable(
        encoding=document.encoding,
        days=tables.days,
        periods=tuple(tables.periods.values()),
        teachers=tuple(tables.teachers.values()),
        classes=tuple(tables.classes.values()),
        subjects=tuple(tables.subjects.values()),
        rooms=tuple(tables.rooms.values()),
        groups=tuple(tables.groups.values()),
        slots=slots,
        lessons=tags.count("lesson"),
        cards=tags.count("card"),
    )


def halves(slot: AscSlot) -> tuple[AscSlot, ...]:
    """The slot as one lesson for each teacher, where the file says which group is whose by their order.

    Two teachers beside two groups of a class are halves of the class, the first group with the first teacher.
    Anything else stays one slot: a joint lesson, a whole class with two teachers, one teacher with both.
    """
    count = len(slot.teachers)
    if count < 2 or len(slot.groups) != count or len(slot.classes) != 1:
        return (slot,)
    rooms = slot.rooms if len(slot.rooms) == count else ()
    return tuple(
        replace(slot, groups=(group,), teachers=(teacher,), rooms=rooms[at : at + 1])
        for at, (group, teacher) in enumerate(zip(slot.groups, slot.teachers, strict=True))
    )
