"""The tables of an aSc file: days, periods, teachers, classes, subjects, rooms and groups."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Protocol, TypeVar

from commands.files.asc_rows import AscClass, AscGroup, AscPeriod, AscRoom, AscSubject, AscTeacher
from commands.files.asc_xml import Element
from commands.files.csv_values import clock
from commands.files.names import class_key, grade_of, match_key, mixes_alphabets, tidy
from commands.files.reading import Problem


class Named(Protocol):
    """What every row of these tables has."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def line(self) -> int: ...


Row = TypeVar("Row", bound=Named)


@dataclass(frozen=True, kw_only=True)
class AscTables:
    """Everything cards refer to, by the file's identifiers; periods by number, in the order of the day."""

    days: tuple[str, ...]
    periods: Mapping[int, AscPeriod]
    teachers: Mapping[str, AscTeacher]
    classes: Mapping[str, AscClass]
    subjects: Mapping[str, AscSubject]
    rooms: Mapping[str, AscRoom]
    groups: Mapping[str, AscGroup]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Where a reader writes what it found: problems refuse the file, notices do not."""

    file: str
    problems: list[Problem]
    notices: list[Problem]

    def problem(self, element: Element, column: str, reason: str) -> None:
        self.problems.append(Problem(file=self.file, line=element.line, column=column, reason=reason))

    def notice(self, line: int, column: str, reason: str) -> None:
        self.notices.append(Problem(file=self.file, line=line, column=column, reason=reason))


def read_tables(elements: Iterable[Element], findings: Findings) -> AscTables:
    by_tag: dict[str, list[Element]] = {}
    for element in elements:
        by_tag.setdefault(element.tag, []).append(element)
    teachers = table(by_tag.get("teacher", []), teacher, findings)
    tables = AscTables(
        days=tuple(tidy(day.attributes.get("name", "")) for day in by_tag.get("day", [])),
        periods=read_periods(by_tag.get("period", []), findings),
        teachers=teachers,
        classes=table(by_tag.get("class", []), lambda each: school_class(each, teachers), findings),
        subjects=table(by_tag.get("subject", []), subject, findings),
        rooms=table(by_tag.get("classroom", []), room, findings),
        groups=table(by_tag.get("group", []), group, findings),
    )
    for line, reason in remarks(tables):
        findings.notice(line, "name", reason)
    return tables


def table(elements: Iterable[Element], build: Callable[[Element], Row], findings: Findings) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for element in elements:
        row = build(element)
        if not row.id:
            findings.problem(element, "id", f"у элемента <{element.tag}> нет id")
        elif row.id in rows:
            findings.problem(element, "id", f"id «{row.id}» у элемента <{element.tag}> встречается дважды")
        rows.setdefault(row.id, row)
    return rows


def name_of(element: Element) -> tuple[str, str]:
    """(name, short): either stands in for the other when it is blank."""
    name, short = tidy(element.attributes.get("name", "")), tidy(element.attributes.get("short", ""))
    return name or short, short or name


def teacher(element: Element) -> AscTeacher:
    name, short = name_of(element)
    return AscTeacher(line=element.line, id=element.attributes.get("id", ""), name=name, short=short)


def school_class(element: Element, teachers: Mapping[str, AscTeacher]) -> AscClass:
    name, short = name_of(element)
    return AscClass(
        line=element.line,
        id=element.attributes.get("id", ""),
        name=name,
        short=short,
        grade=grade_of(name),
        teacher=teachers.get(element.attributes.get("teacherid", "")),
    )


def subject(element: Element) -> AscSubject:
    name, short = name_of(element)
    return AscSubject(line=element.line, id=element.attributes.get("id", ""), name=name, short=short)


def room(element: Element) -> AscRoom:
    return AscRoom(line=element.line, id=element.attributes.get("id", ""), name=name_of(element)[0])


def group(element: Element) -> AscGroup:
    return AscGroup(
        line=element.line,
        id=element.attributes.get("id", ""),
        name=name_of(element)[0],
        class_id=element.attributes.get("classid", ""),
        entire=element.attributes.get("entireclass", "") == "1",
        division=element.attributes.get("divisiontag", ""),
    )


def read_periods(elements: Iterable[Element], findings: Findings) -> dict[int, AscPeriod]:
    periods: dict[int, AscPeriod] = {}
    for element in elements:
        number = element.attributes.get("period", "")
        if not number.isdecimal() or len(number) > 2:
            findings.problem(element, "period", f"номер урока «{number[:40]}» — не число")
        elif int(number) in periods:
            findings.problem(element, "period", f"урок {number} встречается дважды")
        else:
            start, end = (bell(element, name, findings) for name in ("starttime", "endtime"))
            periods[int(number)] = AscPeriod(line=element.line, number=int(number), start=start, end=end)
    return dict(sorted(periods.items()))


def bell(element: Element, name: str, findings: Findings) -> time | None:
    value = element.attributes.get(name, "").strip()
    try:
        return clock(value) if value else None
    except ValueError as error:
        findings.problem(element, name, str(error))
        return None


def remarks(tables: AscTables) -> Iterator[tuple[int, str]]:
    """What a person should know before agreeing: none of it stops the import."""
    yield from remarks_on_classes(tables.classes.values())
    named: tuple[Mapping[str, Named], ...] = (tables.classes, tables.subjects, tables.teachers)
    for rows in named:
        times = Counter(match_key(row.name) for row in rows.values())
        for row in rows.values():
            if mixes_alphabets(row.name):
                yield row.line, f"в «{row.name}» смешаны латинские и русские буквы; сличается без их различия"
            if times[match_key(row.name)] > 1:
                yield row.line, f"«{row.name}» встречается под разными id: {times[match_key(row.name)]} раза"


def remarks_on_classes(classes: Collection[AscClass]) -> Iterator[tuple[int, str]]:
    keys = {class_key(each.name) for each in classes}
    for each in classes:
        said = f"«{each.name}»"
        if each.grade is None:
            yield (
                each.line,
                f"{said} не похоже на класс: вероятно, ученик, которого учат отдельно, или занятие",
            )
        if each.name.endswith(".") and class_key(each.name.rstrip(".")) in keys:
            yield each.line, f"{said} отличается от другого класса только точкой: это два разных класса"
