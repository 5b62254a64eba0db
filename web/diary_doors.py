"""What a reader of the diary may do from it: say that a record of a lesson is wrong (R-169), agree to an exception, say
«Ознакомлен» (R-194), let the parents read on (P-37)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import g

from projections.as_of import AsOf
from projections.diary import DiaryLesson, DiaryWeek
from projections.family_page import FamilyPage
from web import reading

# What a ReportError says beside its lesson; `title` names it among others of the lesson.
Asked = dict[str, str]


def reports(page: DiaryWeek) -> dict[UUID, tuple[Asked, ...]]:
    """By lesson that has begun and says anything, the records that may be wrong: of a family, of its own child. Empty
    on a page of the past, and for who may not."""
    if not page.as_of.live or not reading.may("report_error", pupil=page.pupil):
        return {}
    now = reading.now()
    began = (each for day in page.days for each in day.lessons if each.held and each.starts <= now)
    held = (each for each in began if _says(each))
    return {each.lesson: tuple(_of(each)) for each in held}


def may_agree(page: DiaryWeek) -> bool:
    return page.as_of.live and reading.may("agree_to_exception", pupil=page.pupil)


def acknowledging(as_of: AsOf, pupils: Iterable[UUID]) -> frozenset[UUID]:
    """Of these pupils those of whose records this reader says «Ознакомлен»; of none on a page of the past."""
    if not as_of.live:
        return frozenset()
    return frozenset(pupil for pupil in pupils if reading.may("acknowledge", pupil=pupil))


def may_admit(page: FamilyPage) -> bool:
    """The pupil of age says it himself; the act asks him."""
    own = g.actor.person
    return page.asked and page.as_of.live and reading.may("admit_guardians", pupil=own, person=own)


def _says(lesson: DiaryLesson) -> bool:
    """Whether anything is recorded of it."""
    of_pupil = bool(lesson.marks or lesson.absent or lesson.late)
    return of_pupil or bool(lesson.topic or lesson.homework_set or lesson.not_set)


def _of(lesson: DiaryLesson) -> list[Asked]:
    """A mark or an «н» that is missing is an error too."""
    marks = [_mark(mark.work, f"{mark.value} ({mark.kind_title.lower()})") for mark in lesson.marks]
    others = ["absence", *(["topic"] if lesson.topic else [])]
    if lesson.homework_set or lesson.not_set:
        others.append("homework")
    return [*(marks or [_mark(lesson.lesson, "")]), *({"target": each} for each in others)]


def _mark(work: UUID, title: str) -> Asked:
    return {"target": "mark", "work": str(work), "title": title}
