"""The demonstration school from its files, through the same commands as any school's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from commands.files.csv_bundle import read_bundle_folder
from commands.files.csv_rows import SchoolBundle
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.importing.school import ImportSchool, names_of
from ledger import regulation
from ledger.people import Name
from web.demo.calendar import DemoCalendar, lay_calendar, moved
from web.demo.steps import Step, system

FOLDER = Path(__file__).parent
REGULATIONS = Path(regulation.__file__).parent / "regulations"
SAID = (
    "ДЕМОНСТРАЦИЯ: даты адаптационного периода передвинуты, первый период 5–9 классов короткий и отметок для "
    "аттестации нужно меньше, добавлена рабочая группа."
)
PREPARED = timedelta(days=7)  # before the year begins


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The files, laid on the calendar of one day."""

    bundle: SchoolBundle
    calendar: DemoCalendar

    @property
    def founded(self) -> datetime:
        """Local."""
        return datetime.combine(self.calendar.year_first - PREPARED, time(12))


def plan(today: date) -> Plan:
    """The demonstration as it is founded on `today`, a date in the school's zone."""
    reading = read_bundle_folder(FOLDER / "school")
    if reading.value is None:
        raise ValueError(f"the demonstration's own files are broken: {reading.problems}")
    calendar = lay_calendar(today)
    return Plan(bundle=moved(reading.value, calendar), calendar=calendar)


def zone() -> str:
    """Of the files, before anything is laid."""
    rows = (FOLDER / "school" / "school.csv").read_text(encoding="utf-8").splitlines()
    return next(row.removeprefix("zone,") for row in rows if row.startswith("zone,"))


def founding_steps(laid: Plan) -> tuple[Step, ...]:
    bundle, first = laid.bundle, laid.calendar.year_first
    toml = demonstration_toml(laid.calendar)
    commands = (
        FoundSchool(title=bundle.school.name, zone=bundle.school.zone, demonstration=True),
        AdoptRegulation(title="Порядок (демонстрация)", toml=toml, in_force=first),
        ImportSchool(bundle=bundle),
        OpenJournal(year=int(bundle.school.year[:4])),
    )
    return tuple(
        system(laid.founded + timedelta(minutes=n), type(command).__name__, command)
        for n, command in enumerate(commands)
    )


def names(laid: Plan, school: UUID) -> Mapping[UUID, Name]:
    return names_of(laid.bundle, school)


def demonstration_toml(calendar: DemoCalendar) -> str:
    """ust-belaya.toml with the adaptation period where the calendar lays it, fewer marks for a period that is half as
    long as a real one and the working group other schools have, and a title that says so."""
    toml = (REGULATIONS / "ust-belaya.toml").read_text(encoding="utf-8")
    first, last = _within_a_year(calendar.adaptation_from, calendar.adaptation_to)
    changes = (
        (_value("P-15", ".*$"), f'value = {{ from = "{first:%m-%d}", to = "{last:%m-%d}" }}'),
        (_value("P-19", ".*$"), "value = { under_2 = 1, under_3 = 3, from_3 = 4 }"),
        (_value("P-20", ".*$"), "value = { load = 3, marks = 3 }"),
        (_value("P-82", "false$"), "value = true"),
        (_value("P-93", r"\["), 'value = ["working_group", '),
        (r'(?m)^title = "', f'title = "{SAID} '),
    )
    for pattern, text in changes:
        toml, found = re.subn(pattern, text, toml, count=1)
        if not found:
            raise ValueError("ust-belaya.toml is not as the demonstration knows it")
    return toml


def _value(parameter: str, known: str) -> str:
    return rf"(?m)(?<=^\[parameters\.{parameter}\]\n)value = {known}"


def _within_a_year(first: date, last: date) -> tuple[date, date]:
    """A regulation names days of a year, not a year: of a period over New Year the longer part."""
    if first.year == last.year:
        return first, last
    turn = date(last.year, 1, 1)
    return (turn, last) if last - turn >= turn - first else (first, turn - timedelta(days=1))
