"""The register of weekly paper slips (7.2, W-23): prepared, handed out by whom to whom, of a class or of the school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.people import NO_NAME, Name
from ledger.school import School
from ledger.school_records import Klass
from ledger.windows import day_end
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

SUNDAY = timedelta(days=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipLine:
    """`prepared_at` and `handed_at` are aware, None: not yet; the slip shows the journal as of `position`. `receivers`
    are who may take it: the pupil and the guardians, with their names."""

    pupil: UUID
    name: str
    prepared_at: datetime | None
    position: int
    handed_at: datetime | None
    handed_by: str
    receiver: str
    receivers: tuple[tuple[UUID, str], ...]

    @property
    def waits(self) -> bool:
        """To be handed out."""
        return self.prepared_at is not None and self.handed_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSlips:
    class_id: UUID
    class_title: str
    lines: tuple[SlipLine, ...]

    @property
    def handed(self) -> int:
        return sum(each.handed_at is not None for each in self.lines)

    @property
    def prepared(self) -> tuple[SlipLine, ...]:
        return tuple(each for each in self.lines if each.prepared_at is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipsPage:
    """Of one week, from `monday` to `last`. Slips are due by `due` (local), `over` that it is past; `on`: the act knows
    slips (P-67), on its ISO weekday at its hour. `clause` is where."""

    monday: date
    last: date
    classes: tuple[ClassSlips, ...]
    due: datetime
    over: bool
    on: bool
    weekday: int
    at: str
    clause: str
    as_of: AsOf


def taught(school: School, monday: date) -> frozenset[UUID]:
    """Classes with lessons in the week: without any there is nothing to print; what is entered then stands on the
    next slip."""
    days = [monday + timedelta(days=n) for n in range(7)]
    return frozenset(
        each for each in school.classes if any(school.lessons_of_class(each, day) for day in days)
    )


def page(reading: Reading, classes: Iterable[UUID], monday: date) -> SlipsPage:
    """Of these classes in the order given; a class that did not exist then is left out. Raises NoSuchPage: no act."""
    school, regulation = reading.school, reading.regulation()
    known = [school.classes[each] for each in classes if each in school.classes]
    ids = [klass.id for klass in known]
    rows = reading.rows("slips", "week = %(week)s AND class_id = ANY(%(ids)s)", week=monday, ids=ids)
    by_class = {klass.id: [row for row in rows if row.class_id == klass.id] for klass in known}
    due = day_end(monday + SUNDAY)
    return SlipsPage(
        monday=monday,
        last=monday + SUNDAY,
        classes=tuple(_of_class(reading, klass, monday, by_class[klass.id]) for klass in known),
        due=due,
        over=reading.now > due,
        on=regulation.paper_slip.on,
        weekday=regulation.paper_slip.weekday,
        at=f"{regulation.paper_slip.at:%H:%M}",
        clause=regulation.clause("P-67"),
        as_of=reading.as_of,
    )


def of_class(reading: Reading, class_id: UUID, monday: date) -> SlipsPage:
    """Raises NoSuchPage: no such class at the moment."""
    if class_id not in reading.school.classes:
        raise NoSuchPage(str(class_id))
    return page(reading, [class_id], monday)


def _of_class(reading: Reading, klass: Klass, monday: date, rows: list[Any]) -> ClassSlips:
    """Slips prepared, and families on paper without one."""
    school, by_pupil = reading.school, {row.pupil: row for row in rows}
    on = max(monday, min(monday + SUNDAY, reading.today))
    asked = {p for p in school.pupils_of_class(klass.id, on) if school.pupils[p].on_paper(on)}
    pupils = asked | set(by_pupil)
    people = {p for pupil in pupils for p in (pupil, *school.pupils[pupil].guardians)}
    people |= {row.handed_by for row in rows if row.handed_by is not None}
    names = reading.names(people)
    return ClassSlips(
        class_id=klass.id,
        class_title=klass.title,
        lines=tuple(
            _line(reading, pupil, by_pupil.get(pupil), names) for pupil in reading.sorted(list(pupils), names)
        ),
    )


def _line(reading: Reading, pupil: UUID, row: Any | None, names: Mapping[UUID, Name]) -> SlipLine:
    receivers = (*reading.school.pupils[pupil].guardians, pupil)
    by, to = (row.handed_by, row.receiver) if row is not None else (None, None)
    return SlipLine(
        pupil=pupil,
        name=names.get(pupil, NO_NAME).listed,
        prepared_at=row.prepared_at if row is not None else None,
        position=row.position if row is not None else 0,
        handed_at=row.handed_at if row is not None else None,
        handed_by=names.get(by, NO_NAME).short if by else "",
        receiver=names.get(to, NO_NAME).short if to else "",
        receivers=tuple((person, names.get(person, NO_NAME).short) for person in receivers),
    )
