"""Parameters about the act itself, breaches, prints and how long things are kept (P-04, P-60…P-67, P-78…P-92)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from string import Formatter
from typing import Any

from ledger.parameter_people import ROLES
from ledger.parameter_values import Reader, choice, fields, month_day, text, truth, whole

PRINTS = ("journal", "year_sheets", "class_report", "class_sheet", "report_page", "register")
_OFTEN = ("never", "daily", "weekly", "monthly", "periodically", "plan")


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """P-04: who adopted the act, when, by which protocol and order; "" and None: its text does not say."""

    body: str
    protocol: str
    order: str
    date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BreachNotice:
    """P-60: whether breaches are reported here, and within how many minutes."""

    enabled: bool
    notify_within_min: int


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidFrom:
    """P-61, K-20: `moment` is first_receipt or both_received; `extend_to_breach` voids from the breach on."""

    moment: str
    extend_to_breach: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Commission:
    """P-64: least number of members, and whether the account's owner may be none of them."""

    members: int
    exclude_owner: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSlip:
    """P-67: a paper slip a week, on this ISO weekday at this time of the school."""

    on: bool
    weekday: int
    at: time


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlFrequency:
    """P-81: never, daily, weekly, monthly, periodically or by a plan."""

    director: str
    deputy: str
    class_teacher: str
    working_group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintDue:
    """One line of P-85: a kind of print, the role that answers for it, and when: "06-30" (month and day),
    period_end, year_end or page_ready."""

    kind: str
    role: str
    due: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Backup:
    """P-88: every so many days, on so many media; `year_end` adds a set at the end of the year."""

    every_days: int
    media: int
    year_end: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Rollover:
    """P-89: (month, day) of the first and last day of passing to the new year, and whether by order."""

    first: tuple[int, int]
    last: tuple[int, int]
    order: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """P-90: the seal as the act calls it, and whether prints are signed electronically."""

    seal: str
    e_signature: bool


def approval(raw: Any) -> Approval:
    given = raw if isinstance(raw, dict) else {}
    empty = {"body": "", "protocol": "", "order": "", "date": None}
    return Approval(**fields({**empty, **given}, body=_words, protocol=_words, order=_words, date=_date))


def _words(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError("нужна строка в кавычках")
    return raw


def _date(raw: Any) -> date | None:
    if raw is not None and type(raw) is not date:
        raise ValueError("нужна дата без кавычек: 2024-08-30")
    return raw


def breach_notice(raw: Any) -> BreachNotice:
    return BreachNotice(**fields(raw, enabled=truth, notify_within_min=whole(1, 10_080)))


def void_from(raw: Any) -> VoidFrom:
    moment = choice("first_receipt", "both_received")
    return VoidFrom(**fields(raw, moment=moment, extend_to_breach=truth))


def commission(raw: Any) -> Commission:
    return Commission(**fields(raw, members=whole(1, 20), exclude_owner=truth))


def paper_slip(raw: Any) -> PaperSlip:
    return PaperSlip(**fields(raw, on=truth, weekday=whole(1, 7), at=_time))


def _time(raw: Any) -> time:
    if not isinstance(raw, time):
        raise ValueError("нужно время без кавычек: 15:00:00")
    return raw


def control_frequency(raw: Any) -> ControlFrequency:
    readers: dict[str, Reader] = dict.fromkeys(
        ("director", "deputy", "class_teacher", "working_group"), choice(*_OFTEN)
    )
    return ControlFrequency(**fields(raw, **readers))


def print_schedule(raw: Any) -> tuple[PrintDue, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError("нужен непустой список таблиц { kind, role, due }")
    return tuple(
        PrintDue(**fields(each, kind=choice(*PRINTS), role=choice(*ROLES), due=_due)) for each in raw
    )


def _due(raw: Any) -> str:
    if raw not in ("period_end", "year_end", "page_ready"):
        month_day(raw)
    return str(raw)


def backup(raw: Any) -> Backup:
    return Backup(**fields(raw, every_days=whole(1, 31), media=whole(1, 10), year_end=truth))


def rollover(raw: Any) -> Rollover:
    values = fields(raw, **{"from": month_day, "to": month_day, "order": truth})
    return Rollover(first=values["from"], last=values["to"], order=values["order"])


def seal(raw: Any) -> Seal:
    return Seal(**fields(raw, seal=text, e_signature=truth))


def indicator(raw: Any) -> str:
    """The number of a control report: C-01…C-31 of requirements 1.U."""
    match = re.fullmatch(r"C-(\d\d)", raw) if isinstance(raw, str) else None
    if match is None or not 1 <= int(match[1]) <= 31:
        raise ValueError("нужен номер отчёта от C-01 до C-31")
    return match[0]


def suffix(raw: Any) -> str:
    """What follows the topic of a distance lesson; {n} stands for the number of the order."""
    sentence = text(raw)
    try:
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError:
        names = []
    if names != ["n"] or sentence.count("{n}") != 1:
        raise ValueError("нужна строка, где один раз стоит {n} — номер приказа")
    return sentence
