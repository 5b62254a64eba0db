"""One cell to one value: each function takes a tidied cell and raises ValueError with a Russian sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from zoneinfo import available_timezones

from commands.files.names import match_key

LEVELS = ("НОО", "ООО", "СОО")
ROLES: Mapping[str, str] = {
    "teacher": "учитель",
    "class_teacher": "классный руководитель",
    "deputy": "заместитель директора",
    "methodist": "методист",
    "director": "директор",
    "administrator": "администратор",
    "inspector": "инспектор",
}
ATTRIBUTES: Mapping[str, str] = {
    "language": "русский язык",
    "literature": "литература",
    "pe": "физкультура",
    "foreign": "иностранный язык",
    "laboratory": "лабораторный",
    "unmarked": "безотметочный",
    "course": "курс внеурочной деятельности",
}
KINDS: Mapping[str, str] = {"quarter": "четверть", "trimester": "триместр", "half_year": "полугодие"}
WEEKS: Mapping[str, str] = {"all": "каждая", "odd": "нечётная", "even": "чётная"}
SEXES: Mapping[str, str] = {"М": "мужской", "Ж": "женский"}
COMPETENCES: Mapping[str, str] = {"УВР": "воспитательная", "УМР": "методическая"}
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
SHORT_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
SCHOOL_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$|^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::00)?$")
YEAR = re.compile(r"^(\d{4})/(\d{2}|\d{4})$")
GRADES = re.compile(r"^(\d{1,2})\s*[-–—]\s*(\d{1,2})$")


def text(cell: str) -> str:
    return cell


def identifier(cell: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,40}", cell):
        raise ValueError("код — это буквы, цифры, точка, дефис и подчёркивание, не длиннее 40 знаков")
    return cell


def slug(cell: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", cell):
        raise ValueError("название набора правил пишется строчными латинскими буквами, цифрами и дефисом")
    return cell


def school_date(cell: str) -> date:
    """2026-09-01 or 01.09.2026."""
    found = SCHOOL_DATE.match(cell)
    if not found:
        raise ValueError(f"«{cell}» не дата: пишите 01.09.2026 или 2026-09-01")
    parts = [int(part) for part in found.groups() if part]
    year, month, day = parts if found.group(1) else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"такого дня нет в календаре: «{cell}»") from None


def clock(cell: str) -> time:
    """8:30 or 08:30, the school's own time."""
    found = CLOCK.match(cell)
    if not found or int(found.group(1)) > 23 or int(found.group(2)) > 59:
        raise ValueError(f"«{cell}» не время: пишите 08:30")
    return time(int(found.group(1)), int(found.group(2)))


def whole(low: int, high: int) -> Callable[[str], int]:
    def parse(cell: str) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", cell) or not low <= int(cell) <= high:
            raise ValueError(f"«{cell}»: здесь нужно целое число от {low} до {high}")
        return int(cell)

    return parse


def hours(cell: str) -> Decimal:
    """Lessons a week; «0,5» is every second week."""
    known = re.fullmatch(r"[0-9]{1,2}([.,][0-9]{1,2})?", cell)
    value = Decimal(cell.replace(",", ".")) if known else Decimal(0)
    if not 0 < value <= 40:
        raise ValueError(f"«{cell}»: здесь нужно число часов в неделю, до 40, например 3 или 0,5")
    return value


def weekday(cell: str) -> int:
    for names in (WEEKDAYS, SHORT_WEEKDAYS):
        if match_key(cell) in names:
            return names.index(match_key(cell)) + 1
    if re.fullmatch(r"[1-7]", cell):
        return int(cell)
    raise ValueError(f"«{cell}» не день недели: 1 — понедельник … 7 — воскресенье")


def zone(cell: str) -> str:
    if cell not in available_timezones():
        raise ValueError(f"«{cell}» не часовой пояс; пишите, например, Asia/Anadyr или Europe/Moscow")
    return cell


def school_year(cell: str) -> str:
    """«2026/27»; the second year follows the first."""
    found = YEAR.match(cell)
    if not found or (int(found.group(1)) + 1) % 100 != int(found.group(2)) % 100:
        raise ValueError(f"«{cell}» не учебный год: пишите 2026/27")
    return f"{found.group(1)}/{found.group(2)[-2:]}"


def one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """A code of the table, or its Russian name; answers the code."""
    codes = {match_key(spelling): code for code, name in words.items() for spelling in (code, name)}

    def parse(cell: str) -> str:
        if match_key(cell) not in codes:
            known = ", ".join(f"{code} ({name})" for code, name in words.items())
            raise ValueError(f"«{cell}» здесь не бывает; бывает: {known}")
        return codes[match_key(cell)]

    return parse


def several_of(words: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """Codes between `;`, `,` or `|` inside one cell, each once."""
    single = one_of(words)

    def parse(cell: str) -> tuple[str, ...]:
        codes = [single(part.strip()) for part in re.split(r"[;,|]", cell) if part.strip()]
        if len(codes) != len(set(codes)):
            raise ValueError(f"«{cell}»: одно и то же названо дважды")
        return tuple(codes)

    return parse


def level(cell: str) -> str:
    if cell.upper() not in LEVELS:
        raise ValueError(f"«{cell}» не уровень образования: НОО, ООО или СОО")
    return cell.upper()


def level_of(grade: int) -> str:
    """Федеральный закон «Об образовании», ст. 66: 1–4, 5–9, 10–11."""
    return "НОО" if grade <= 4 else "ООО" if grade <= 9 else "СОО"


def grade_range(cell: str) -> tuple[int, int] | None:
    """«5-9» as (5, 9), «5» as (5, 5), None when the cell names something else (a class)."""
    found = GRADES.match(cell)
    ends = found.groups() if found else (cell, cell) if cell.isdecimal() else ("0", "0")
    low, high = int(ends[0]), int(ends[1])
    return (low, high) if 1 <= low <= high <= 12 else None
