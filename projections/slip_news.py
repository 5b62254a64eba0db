"""What a family on paper was not told yet: whatever was entered after the slip before (7.2), of lessons before this
week, for this week's own stand in it. By positions, so that each entry stands on one slip: what is entered while a slip
is made comes after it, and so does what an import dates earlier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.effective import effective
from ledger.events.families import PaperInformingDeclared
from ledger.personal import KeyOf
from projections import diary_corrections, diary_remarks, diary_sections, diary_voids, family_news, void_signs
from projections.diary_corrections import DiaryCorrection
from projections.diary_remarks import Remark
from projections.diary_voids import DiaryVoid
from projections.family_news import NewsLine
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipNews:
    """`marks` are marks, absences and marks for a period, as entered; `remarks` each with its lesson's day, or the day
    it was written; corrections the oldest first."""

    marks: tuple[NewsLine, ...]
    remarks: tuple[tuple[date, Remark], ...]
    corrections: tuple[DiaryCorrection, ...]
    voids: tuple[DiaryVoid, ...]


def of_week(reading: Reading, pupil: UUID, monday: date, key_of: KeyOf) -> SlipNews:
    """For the slip of the week that begins on `monday`."""
    after = told_up_to(reading, pupil, monday)
    agreed = reading.asked(diary_corrections.asked_after(reading.school, pupil, after))
    return SlipNews(
        marks=tuple(sorted(_marks(reading, pupil, monday, after), key=lambda line: line.at)),
        remarks=tuple(_remarks(reading, pupil, monday, after, key_of)),
        corrections=diary_corrections.told(agreed, pupil, reading)[::-1],
        voids=_voids(reading, pupil, after, key_of),
    )


def told_up_to(reading: Reading, pupil: UUID, monday: date) -> int:
    """The entry the slip before shows last; of a family new on paper the one that says so: until then it had the
    diary."""
    rows = reading.rows("slips", "pupil = %(pupil)s AND week < %(week)s", pupil=pupil, week=monday)
    before = max(((row.week, row.position) for row in rows), default=(monday, 0))
    said = effective(reading.streams([pupil]).get(pupil, ()))
    declared = (each.position for each in said if isinstance(each.event, PaperInformingDeclared))
    return max([before[1], *declared])


def _marks(reading: Reading, pupil: UUID, monday: date, after: int) -> Iterator[NewsLine]:
    """What a correction brought is told as a correction."""
    sections, where = (
        diary_sections.of(reading),
        "pupil = %(pupil)s AND entry > %(after)s AND correction IS NULL",
    )
    dated = f"{where} AND date < %(monday)s"
    cells = reading.rows("cells", dated, pupil=pupil, after=after, monday=monday)
    yield from family_news.of_cells([row for row in cells if family_news.named(row, sections)], reading)
    if "attestation" in sections:
        for row in reading.rows("period_marks", where, pupil=pupil, after=after):
            yield family_news.of_period(row, reading)


def _remarks(
    reading: Reading, pupil: UUID, monday: date, after: int, key_of: KeyOf
) -> Iterator[tuple[date, Remark]]:
    shown = "recommendations" in diary_sections.of(reading)
    for each in diary_remarks.after(reading, pupil, after, key_of):
        day = _day(each, reading)
        if day < monday and (shown or each.kind == "comment"):
            yield day, each


def _day(remark: Remark, reading: Reading) -> date:
    lesson = reading.school.timetable.by_id.get(remark.lesson) if remark.lesson is not None else None
    return lesson.date if lesson is not None else reading.school.local(remark.at).date()


def _voids(reading: Reading, pupil: UUID, after: int, key_of: KeyOf) -> tuple[DiaryVoid, ...]:
    """Of Acts finalised since, and of those they annul."""
    rows = reading.rows("acts", "finalised > %(after)s", columns="act, annuls", after=after)
    lately = {row.annuls or row.act for row in rows}
    return diary_voids.of_acts(reading, pupil, lately, void_signs.acts(reading), key_of) if lately else ()
