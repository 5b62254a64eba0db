"""How papers write days, hours and cells: the same words on every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from babel.dates import format_date

from projections.journal import Cell

Names = Mapping[UUID, str]
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def day(on: date) -> str:
    """«14.10»."""
    return f"{on:%d.%m}"


def week_day(on: date) -> str:
    """«вт 13.10»."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def full_day(on: date | None) -> str:
    """«14.10.2026»; "" for none."""
    return "" if on is None else f"{on:%d.%m.%Y}"


def long_day(on: date) -> str:
    """«14 октября 2026 г.»."""
    return str(format_date(on, "d MMMM y 'г.'", locale="ru"))


def month(on: date) -> str:
    """«октябрь»."""
    return str(format_date(on, "LLLL", locale="ru"))


def study_year(first: int) -> str:
    """«2026/27»."""
    return f"{first}/{(first + 1) % 100:02}"


def hours(hundredths: int) -> str:
    """«3», «0,5»."""
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02}".rstrip("0") if part else str(whole)


def percent(value: float | None) -> str:
    """«97,4»; "" of nothing."""
    return "" if value is None else f"{value:g}".replace(".", ",")


def short_kind(title: str) -> str:
    """«Сочинение: Осень» without its own title."""
    return title.partition(":")[0]


def of_work(title: str) -> str:
    """« (контрольная работа)» after a mark; "" of no work."""
    return f" ({title[0].lower()}{title[1:]})" if title else ""


def cell(each: Cell) -> str:
    """«4», «н», «4 н», «4*» where an entry is contested."""
    said = " ".join(word for word in (each.value, "н" if each.absent else "") if word)
    return f"{said}*" if each.contested else said


def of_period(kind: str) -> str:
    """«отметка за период», «годовая отметка»: a kind of mark with its noun."""
    return f"отметка {kind}" if kind.startswith("за ") else f"{kind} отметка"


def people(ids: tuple[UUID, ...], names: Names) -> str:
    return ", ".join(names.get(each, "") for each in ids)
