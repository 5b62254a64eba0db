"""One cell of a plan to one value; raises ValueError with a Russian sentence."""

import re
from datetime import date
from decimal import Decimal

from commands.files.csv_text import clean_cell
from commands.files.csv_values import school_date
from commands.files.names import match_key

HOURS = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?(?: ?(?:ч|час|часа|часов)\.?)?")
DASH = re.compile(r"^- (?=[^\W\d_])")
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")  # hyphenation pasted from a text processor
EXCEL_DAY = re.compile(r"[0-9]{4}-([0-9]{2})-([0-9]{2})")
YES = {"да", "+", "х", "v", "✓", "true", "истина", "к", "к/р", "кр", "контрольная", "контрольная работа"}
NO = {"", "нет", "-", "—", "–", "0", "false", "ложь"}


def plain(cell: str) -> str:
    """The cell as one line of text: a line break inside a cell is a blank, a dash before its first word is a list's.
    Raises for what `clean_cell` refuses."""
    return clean_cell(DASH.sub("", " ".join(cell.translate(INVISIBLE).split())))


def hours(cell: str) -> int:
    """«1», «0,5», «2 ч» in hundredths; an empty cell is an hour."""
    found = HOURS.fullmatch(cell)
    value = int(Decimal(f"{found.group(1)}.{found.group(2) or 0}") * 100) if found else 0
    if cell and not value:
        raise ValueError(f"«{cell[:40]}»: здесь нужно число часов больше нуля, например 1 или 0,5")
    return value if cell else 100


def planned_day(cell: str) -> date | None:
    return school_date(cell) if cell else None


def topic(cell: str) -> str:
    if not cell:
        raise ValueError("тема пуста, а в строке есть другие данные")
    return cell


def number(cell: str) -> str:
    """As written. A spreadsheet turns «1.1» into 1 January: turned back."""
    day = EXCEL_DAY.fullmatch(cell)
    if day:
        return f"{int(day.group(2))}.{int(day.group(1))}"
    if len(cell) > 20:
        raise ValueError(f"«{cell[:40]}…» не номер: он не длиннее 20 знаков")
    return cell.removesuffix(".")


def yes(cell: str) -> bool:
    """«да», «+», «1», «к/р»; a number of control works is one, too."""
    key = match_key(cell)
    if key in NO:
        return False
    if key in YES or (key.isdecimal() and len(key) <= 2):
        return True
    raise ValueError(f"«{cell[:40]}»: здесь пишут «да», «+» или 1, а не контрольную оставляют пустой")
