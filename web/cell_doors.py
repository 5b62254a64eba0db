"""What one may do from a cell's history: open «Почему эта отметка?», report an error, ask for a correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.timetable import Lesson
from projections.trail_lines import TrailPage
from web import reading

Asked = dict[str, Any]  # a CorrectionItem, or a ReportError without its text, as the scripts send it


@dataclass(frozen=True, kw_only=True, slots=True)
class Doors:
    """`what` says the place in words. `corrections` and `reports` are what to choose among, the likeliest first;
    `explanation` the address of «Почему эта отметка?», "" where there is none for this person; `remark` and
    `advice` what a comment to the family and a recommendation already say (WriteRemark), None for who writes none."""

    what: str
    corrections: tuple[Asked, ...] = ()
    reports: tuple[Asked, ...] = ()
    explanation: str = ""
    remark: Asked | None = None
    advice: Asked | None = None


def of_cell(page: TrailPage, lesson: Lesson, work: UUID, pupil: UUID, what: str) -> Doors | None:
    """None for a page of the past: nothing is asked there. A place with a case that waits offers no second one."""
    if not page.as_of.live:
        return None
    about: dict[str, Any] = {"on": lesson.date, "lesson": lesson, "journal": lesson.journal}
    cell: Asked = {"lesson": str(lesson.id), "pupil": str(pupil)}
    subject: Asked = {"journal": str(lesson.journal), "pupil": str(pupil)}
    writes = reading.may("write_remark", journal=lesson.journal, pupil=pupil)
    asks = reading.may("request_correction", **about)
    return Doors(
        what=what,
        corrections=_corrections(page, cell, work) if asks else (),
        reports=_reports(cell, lesson, work)
        if not asks and reading.may("report_error", pupil=pupil, **about)
        else (),
        explanation=_explanation(lesson, pupil),
        remark=_remark(cell, lesson, work) if writes else None,
        advice={"kind": "recommendation", **subject} if writes else None,
    )


def _remark(cell: Asked, lesson: Lesson, work: UUID) -> Asked:
    """The ready column is the lesson itself."""
    about = {"kind": "comment", "journal": str(lesson.journal), **cell}
    return about if work == lesson.id else {**about, "work": str(work)}


def _corrections(page: TrailPage, cell: Asked, work: UUID) -> tuple[Asked, ...]:
    taken = {note.target for note in page.waiting}
    found = sorted(page.standing, key=lambda each: each.target, reverse=True)  # the mark before the «н»
    return tuple(
        {**_of(each.target, cell, work), "old": each.value, "seen": each.seen}
        for each in found
        if each.past and each.target not in taken
    )


def _reports(cell: Asked, lesson: Lesson, work: UUID) -> tuple[Asked, ...]:
    """A mark or an «н» that is missing is an error too."""
    page = {"journal": str(lesson.journal)}
    return tuple({**_of(target, cell, work), **page} for target in ("mark", "absence"))


def _of(target: str, cell: Asked, work: UUID) -> Asked:
    return {"target": target, **cell} | ({"work": str(work)} if target == "mark" else {})


def _explanation(lesson: Lesson, pupil: UUID) -> str:
    school = reading.school()
    period = school.period_on(school.klass_of(lesson.journal).level, lesson.date)
    allowed = reading.may("view_explanation", on=lesson.date, journal=lesson.journal, pupil=pupil)
    if period is None or not allowed:
        return ""
    return f"/explanations/{lesson.journal}/{period.id}/period/{pupil}"
