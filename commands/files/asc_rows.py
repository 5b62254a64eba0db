"""What an aSc Timetables file says, as rows. Identifiers («*1») hold inside one file only."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, kw_only=True)
class AscPeriod:
    """`number` is the lesson's place in the day (0 comes before the first); times are the school's own."""

    line: int
    number: int
    start: time | None
    end: time | None


@dataclass(frozen=True, kw_only=True)
class AscTeacher:
    line: int
    id: str
    name: str
    short: str


@dataclass(frozen=True, kw_only=True)
class AscClass:
    """`grade` is None for what is no class: pupils taught at home are exported as classes of their own."""

    line: int
    id: str
    name: str
    short: str
    grade: int | None
    teacher: AscTeacher | None


@dataclass(frozen=True, kw_only=True)
class AscSubject:
    line: int
    id: str
    name: str
    short: str


@dataclass(frozen=True, kw_only=True)
class AscRoom:
    line: int
    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class AscGroup:
    """`entire` is the group that is the whole class; groups of one `division` together are the class."""

    line: int
    id: str
    name: str
    class_id: str
    entire: bool
    division: str


@dataclass(frozen=True, kw_only=True)
class AscSlot:
    """One lesson of the week. `groups` is empty when classes come whole; several teachers then share them.

    weekday 1–7 from Monday; week is all, odd or even; rooms may be none; line is the card's line in the file,
    lesson the id of what the card places. A double lesson is two slots with one line.
    """

    line: int
    lesson: str
    classes: tuple[AscClass, ...]
    groups: tuple[AscGroup, ...]
    subject: AscSubject
    teachers: tuple[AscTeacher, ...]
    rooms: tuple[AscRoom, ...]
    weekday: int
    number: int
    week: str


@dataclass(frozen=True, kw_only=True)
class AscTimetable:
    """encoding: what the bytes were read as; lessons and cards: how many the file has, taken or not."""

    encoding: str
    days: tuple[str, ...]
    periods: tuple[AscPeriod, ...]
    teachers: tuple[AscTeacher, ...]
    classes: tuple[AscClass, ...]
    subjects: tuple[AscSubject, ...]
    rooms: tuple[AscRoom, ...]
    groups: tuple[AscGroup, ...]
    slots: tuple[AscSlot, ...]
    lessons: int
    cards: int
