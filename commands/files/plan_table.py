"""Lines of a sheet to rows of a plan: taken whole, or every cell that cannot be taken is named."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from commands.files import plan_values as v
from commands.files.plan_header import Header, find_header
from commands.files.plan_rows import HOUR, PlanFile, PlanRow
from commands.files.plan_sheet import Area, PlanSheet, PlanUnreadable, SheetLine, letters
from commands.files.reading import Problem, Reading, refused

MAX_ROWS = 2_000
TOTAL = re.compile(r"(?:ОБЩЕЕ КОЛИЧЕСТВО|ИТОГО|ВСЕГО)\b", re.IGNORECASE)
GLUED = re.compile(r"\s*ОБЩЕЕ КОЛИЧЕСТВО (?:УРОКОВ|ЧАСОВ)(?: ПО ПРОГРАММЕ)?:?\s*([0-9]{1,4})?.*$", re.DOTALL)


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "number": v.number,
    "section": str,
    "topic": v.topic,
    "hours": v.hours,
    "date": v.planned_day,
    "kind": str,
    "control": v.yes,
    "homework": str,
}


@dataclass(frozen=True, kw_only=True)
class PlanFindings:
    sheet: PlanSheet
    header: Header
    problems: list[Problem]
    notices: list[Problem]

    def say(self, kind: list[Problem], line: int, column: int | None, reason: str) -> None:
        kind.append(Problem(file=self.sheet.file, line=line, column=self.where(line, column), reason=reason))

    def where(self, line: int, column: int | None) -> str:
        """«Тема», or «Тема (B12)» where cells have names."""
        if column is None:
            return ""
        title = self.header.titles.get(column, "")
        return f"{title} ({letters(column)}{line})" if self.sheet.lettered and line else title


def read_plan_sheet(sheet: PlanSheet) -> Reading[PlanFile]:
    try:
        header = find_header(sheet)
    except PlanUnreadable as why:
        return refused([Problem(file=sheet.file, line=why.line, column="", reason=why.reason)])
    found = PlanFindings(sheet=sheet, header=header, problems=[], notices=list(sheet.notices))
    for title in header.unread:
        found.say(found.notices, 0, None, f"столбец «{title[:60]}» не читается")
    plan = _plan(found)
    if not plan.rows and not found.problems:
        found.say(found.problems, 0, None, "под заголовками нет ни одной темы")
    if found.problems:
        return refused(found.problems, found.notices)
    _compare(plan, found)
    return Reading(value=plan, notices=tuple(found.notices))


def _plan(found: PlanFindings) -> PlanFile:
    """Lines after the header: sections, totals and topics, told apart by what they fill."""
    rows: list[PlanRow] = []
    section, declared = "", None
    for line in _table(found):
        if _total(line, found.header) is not None:
            declared = _total(line, found.header) or declared
        elif (heading := _heading(line, found.header)) is not None:
            section = heading
        elif (row := _row(line, section, found)) is not None:
            topic, total = _unglued(row.topic)
            if topic != row.topic:
                declared = total or declared
                reason = "в теме стоял итог по программе («ОБЩЕЕ КОЛИЧЕСТВО…»): в тему не взят"
                found.say(found.notices, line.number, found.header.columns["topic"], reason)
            rows.append(replace(row, topic=topic))
    return PlanFile(rows=tuple(rows), declared=declared)


def _table(found: PlanFindings) -> Iterator[SheetLine]:
    lines = [line for line in found.sheet.lines if line.number > found.header.last and line.filled]
    if len(lines) > MAX_ROWS:
        found.say(found.problems, lines[MAX_ROWS].number, None, f"строк больше {MAX_ROWS}: это не план")
        return
    areas = [area for area in found.sheet.merged if area.bottom > found.header.last]
    yield from lines if not areas else _unmerged(lines, areas, found)


def _unmerged(lines: list[SheetLine], areas: list[Area], found: PlanFindings) -> Iterator[SheetLine]:
    """A section over several lines is the section of each; any other merged cell would hide a value."""
    section = found.header.columns.get("section")
    by_number = {line.number: line for line in lines}
    for area in areas:
        covered = [at for at in found.header.columns.values() if area.left <= at <= area.right]
        top = by_number.get(area.top)
        if covered == [section] and section is not None:
            _fill(by_number, area, section)
        elif area.top == area.bottom and (len(covered) <= 1 or _says_no_topic(top, found.header)):
            continue  # a heading across the table, a total, or a cell and neighbours that nobody reads
        elif covered:
            reason = f"ячейки {area.name} объединены: разъедините их; объединять можно только раздел"
            found.say(found.problems, area.top, covered[0], reason)
    yield from by_number.values()


def _says_no_topic(line: SheetLine | None, header: Header) -> bool:
    return line is None or len(line.filled) == 1 or _total(line, header) is not None


def _fill(by_number: dict[int, SheetLine], area: Area, section: int) -> None:
    top = by_number.get(area.top)
    for number, line in by_number.items():
        if top is not None and area.top < number <= area.bottom:
            cells = list(line.cells) + [""] * (section + 1 - len(line.cells))
            cells[section] = top.cell(section)
            by_number[number] = SheetLine(number=number, cells=tuple(cells), wrong=line.wrong)


def _total(line: SheetLine, header: Header) -> int | None:
    """The hundredths a line of totals names, 0 where it names none; None: no such line. Only a line that begins so,
    has no number and stands over its own hours is one: «Всего лишь миг» is a topic."""
    first = line.filled[0]
    text = " ".join(line.cell(first).split())
    at = header.columns.get("hours")
    if (
        not TOTAL.match(text)
        or first == at
        or line.cell(header.columns.get("number", -1)).strip().isdecimal()
    ):
        return None
    named = GLUED.match(text) or re.match(r"(?:итого|всего)\b.{0,40}$", text, re.IGNORECASE)
    if named is None:
        return None
    said = named.group(1) if named.re is GLUED else None
    hours = said or (line.cell(at).strip() if at is not None else "")
    return int(hours) * HOUR if hours.isdecimal() and _whole(text) else 0


def _whole(text: str) -> bool:
    """Whether the total is of the whole plan and not of a section."""
    return "раздел" not in text.casefold() and "тем" not in text.casefold()


def _heading(line: SheetLine, header: Header) -> str | None:
    """«Раздел 1. Числа» alone in its line, anywhere but in the column of topics; or a «Раздел …» there too."""
    if len(line.filled) != 1:
        return None
    text = " ".join(line.cell(line.filled[0]).split())
    if line.filled[0] == header.columns["topic"] and not text.casefold().startswith("раздел "):
        return None
    return text if re.search(r"[^\W\d_]{3}", text) else None


def _row(line: SheetLine, section: str, found: PlanFindings) -> PlanRow | None:
    """None where a cell cannot be taken; all such cells of the line are named."""
    before = len(found.problems)
    values: dict[str, Any] = {"number": "", "section": "", "hours": HOUR}
    for field, at in found.header.columns.items():
        try:
            if at in line.wrong:
                raise ValueError(line.wrong[at])
            cell = line.cell(at)
            values[field] = PARSERS[field](cell.strip() if field == "control" else v.plain(cell))
        except ValueError as error:
            found.say(found.problems, line.number, at, str(error))
    extra = [at for at in line.filled if at not in found.header.titles]
    if extra and not found.sheet.lettered:
        reason = f"в строке {len(line.cells)} ячеек, а столбцов {len(found.header.titles)}"
        found.say(found.problems, line.number, None, reason)
    if len(found.problems) > before:
        return None
    return PlanRow(line=line.number, **{**values, "section": values["section"] or section})


def _unglued(topic: str) -> tuple[str, int | None]:
    """Federal plans glue the total of the programme to the last topic."""
    found = GLUED.search(topic)
    if found is None or not found.start():
        return topic, None
    total = found.group(1)
    return topic[: found.start()], int(total) * HOUR if total else None


def _compare(plan: PlanFile, found: PlanFindings) -> None:
    """Remarks, not errors: schools' own files have a lesson missing and a total that is not the sum."""
    if plan.declared is not None and plan.declared != plan.hours:
        reason = f"часов по строкам {plan.hours / HOUR:g}, а итог в файле {plan.declared / HOUR:g}"
        found.say(found.notices, 0, None, reason)
    numbers = [int(row.number) for row in plan.rows if row.number.isdecimal()]
    gone = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if gone and len(numbers) == len(plan.rows):
        listed = ", ".join(map(str, gone[:20]))
        found.say(found.notices, 0, None, f"в нумерации нет уроков: {listed}")
    twice = sorted({n for n in numbers if numbers.count(n) > 1})
    if twice:
        found.say(found.notices, 0, None, f"номера стоят дважды: {', '.join(map(str, twice[:20]))}")
