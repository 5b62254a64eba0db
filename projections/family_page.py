"""«Мои дети», the first page of a family: of every child the next school day, what is new since the last visit, and
what waits for «Ознакомлен»."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.personal import KeyOf
from ledger.school import School
from projections import diary, diary_acquaintance, diary_agreements, family_news
from projections.as_of import AsOf
from projections.diary import DiaryDay
from projections.diary_acquaintance import ToRead
from projections.family_news import News
from projections.reading import Reading

AHEAD = 100  # days in which the next school day is looked for: the summer is longer, and has none


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """`next_day` None where there is none in sight; `agreements` cases that wait for a parent's word."""

    pupil: UUID
    class_title: str
    next_day: DiaryDay | None
    news: News
    awaits: tuple[ToRead, ...]
    agreements: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyPage:
    """`acquaintance` is the act's word (P-72): off, view or explicit. `shut`: children of age whose diary this person
    may not read, and `adults` the act's word on it (P-37); nothing else is told of them. `admits`: of a reader who is a
    pupil of age and is asked, whether the parents may read (None: nothing said yet); `asked` whether one is."""

    reader: UUID
    children: tuple[Child, ...]
    acquaintance: str
    shut: int
    adults: str
    asked: bool
    admits: bool | None
    today: date
    as_of: AsOf


def page(
    reading: Reading,
    reader: UUID,
    children: Collection[UUID],
    visits: Mapping[UUID, datetime],
    key_of: KeyOf,
) -> FamilyPage:
    """Of the `children` whose diaries the reader may open; `visits` are when each was looked at last (aware)."""
    school, regulation = reading.school, reading.regulation()
    own = school.pupils.get(reader)
    shown = [child for child in children if child in school.pupils]
    return FamilyPage(
        reader=reader,
        children=tuple(_child(reading, reader, child, visits.get(child), key_of) for child in shown),
        acquaintance=regulation.acquaintance,
        shut=sum(child.id not in children for child in school.children_of(reader)),
        adults=regulation.adult_pupil,
        asked=own is not None and own.of_age and regulation.adult_pupil == "consent",
        admits=own.admits if own is not None else None,
        today=reading.today,
        as_of=reading.as_of,
    )


def _child(reading: Reading, reader: UUID, pupil: UUID, visit: datetime | None, key_of: KeyOf) -> Child:
    school = reading.school
    day = next_school_day(school, pupil, reading.today)
    rows = reading.together(
        said=diary_acquaintance.asked_who_read(school, pupil), agreements=diary_agreements.asked(pupil)
    )
    said = diary_acquaintance.read_by(rows.said, pupil, school)
    class_id = school.pupils[pupil].class_on(reading.today)
    return Child(
        pupil=pupil,
        class_title=school.classes[class_id].title if class_id is not None else "",
        next_day=diary.days_of(reading, pupil, [day], key_of)[0] if day is not None else None,
        news=family_news.since(reading, pupil, visit, key_of),
        awaits=diary_acquaintance.awaiting(reading, pupil, reader, said),
        agreements=sum(not each.agreed for each in diary_agreements.told(rows.agreements, reading)),
    )


def next_school_day(school: School, pupil: UUID, today: date) -> date | None:
    """The first day after today on which the pupil has lessons; None when there is none in sight."""
    days = (today + timedelta(days=n) for n in range(1, AHEAD))
    return next((day for day in days if school.lessons_of_pupil(pupil, day)), None)
