"""A school begins: it is founded, adopts its regulation, opens the journals of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from commands.deciding import Refusal, Sight, drafts
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.calendar import JournalOpened, SchoolFounded
from ledger.events.regulations import RegulationAdopted
from ledger.regulation import RegulationError, load


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundSchool:
    """`zone` is an IANA name (P-02). Only a demonstration may import marks into open journals."""

    title: str
    zone: str
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptRegulation:
    """`toml` is the whole file. It judges from the school day `in_force` on, which has not passed; only the
    first one may be in force from an earlier day (the first of the year): nothing was judged before it."""

    title: str
    toml: str
    in_force: date


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenJournal:
    """From here on nothing is imported into the journals of `year` (2026 for 2026/27)."""

    year: int


def found_school(command: FoundSchool, sight: Sight) -> tuple[Draft, ...]:
    stream = streams.calendar(sight.school.id)
    if sight.school.version(stream):
        raise Refusal("school-founded", "Школа уже основана.", status=409)
    if command.zone not in available_timezones():
        raise Refusal("school-zone", f"«{command.zone[:40]}» — не часовой пояс.")
    if not command.title.strip():
        raise Refusal("school-title", "У школы должно быть название.")
    event = SchoolFounded(title=command.title.strip(), zone=command.zone, demonstration=command.demonstration)
    return drafts(Category.SCHOOL, stream, 0, event)


def adopt_regulation(command: AdoptRegulation, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    try:
        load(command.toml, command.title)
    except RegulationError as error:
        raise Refusal("regulation", str(error)) from error
    if school.regulations and command.in_force < sight.now.date():
        raise Refusal("regulation-past", "Порядок вступает в силу с сегодняшнего дня или позже.")
    event = RegulationAdopted(title=command.title, toml=command.toml, in_force=command.in_force)
    last = school.regulations[-1].event if school.regulations else None
    stream = streams.regulation(school.id)
    same = last == event
    return () if same else drafts(Category.REGULATION, stream, school.version(stream), event)


def open_journal(command: OpenJournal, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    if command.year in school.opened:
        return ()
    if command.year not in school.years:
        raise Refusal("year", f"Учебного года {command.year} в школе ещё нет: сначала загрузите его.")
    stream = streams.calendar(school.id)
    return drafts(Category.SCHOOL, stream, school.version(stream), JournalOpened(year=command.year))
