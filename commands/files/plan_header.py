"""Where the columns of a plan stand: found by their names in the first lines, whatever stands above them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commands.files.names import match_key
from commands.files.plan_sheet import PlanSheet, PlanUnreadable, SheetLine

SEARCHED = 30  # lines: approvals and the subject's title stand above a table
FIELDS: Mapping[str, str] = {
    "number": "number, №, № п/п, № п.п., п/п, номер, № урока, номер урока, n",
    "section": "section, раздел, раздел программы, название раздела, модуль",
    "topic": "topic, тема, тема урока, тема занятия, темы, тема уроков, наименование темы, название темы, "
    "наименование разделов и тем программы, наименование разделов и тем",
    "hours": "hours, часов, часы, час, количество часов, кол-во часов, число часов, всего, всего часов",
    "date": "date, дата, дата проведения, дата изучения, дата по плану, плановая дата, план",
    "kind": "kind, вид работы, вид контроля, форма контроля, виды контроля",
    "control": "control, контрольная, контрольная работа, контрольные работы",
    "homework": "homework, домашнее задание, домашняя работа, дз, д/з",
}
SPELLINGS = {match_key(word): field for field, words in FIELDS.items() for word in words.split(", ")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """`columns`: field → column from 0; `titles`: column → the header as written; the table begins after `last`."""

    columns: Mapping[str, int]
    titles: Mapping[int, str]
    last: int

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(title for at, title in self.titles.items() if at not in self.columns.values())


def find_header(sheet: PlanSheet) -> Header:
    """The first line with a topic and one more known column, or with a topic alone. Raises PlanUnreadable."""
    lines = sheet.lines[:SEARCHED]
    known = [(line, _fields(line)) for line in lines]
    for least in (2, 1):
        for at, (line, fields) in enumerate(known):
            if "topic" in fields.values() and len(set(fields.values())) >= least:
                below = lines[at + 1] if at + 1 < len(lines) else None
                return _header(line, below, fields, sheet)
    raise PlanUnreadable(
        "не найдена строка заголовков: нужен столбец «Тема» (topic), бывают ещё «№», «Раздел», «Часов», "
        "«Дата», «Вид работы», «Контрольная», «Домашнее задание»"
    )


def _fields(line: SheetLine) -> dict[int, str]:
    keys = ((at, match_key(line.cell(at))) for at in line.filled)
    return {at: SPELLINGS[key] for at, key in keys if key in SPELLINGS}


def _header(line: SheetLine, below: SheetLine | None, fields: dict[int, str], sheet: PlanSheet) -> Header:
    titles = {at: " ".join(line.cell(at).split()) for at in line.filled}
    last = line.number
    if below is not None and _second(below, fields):
        # «Количество часов» over «Всего | Контрольные работы | Практические работы»
        fields = {at: fields[at] for at in fields if not below.cell(at).strip()} | _fields(below)
        titles |= {at: " ".join(below.cell(at).split()) for at in below.filled}
        last = below.number
    return Header(columns=_once(fields.items(), line, sheet), titles=titles, last=last)


def _second(below: SheetLine, fields: Mapping[int, str]) -> bool:
    topic = next(at for at, field in fields.items() if field == "topic")
    return not below.cell(topic).strip() and bool(_fields(below))


def _once(fields: Iterable[tuple[int, str]], line: SheetLine, sheet: PlanSheet) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, field in sorted(fields):
        if field in columns:
            one, two = (" ".join(line.cell(c).split()) for c in (columns[field], at))
            raise PlanUnreadable(f"столбцы «{one}» и «{two}» значат одно и то же: оставьте один", line.number)
        columns[field] = at
    return columns
