"""The teacher's pages: «Сегодня», the journal, the lesson. Whoever may look sees them; the teacher writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from ledger.span import DAY
from projections.as_of import Filled
from projections.correction_notes import CorrectionNote
from projections.day import DayPage
from projections.journal import JournalPage
from projections.lesson import LessonPage
from projections.lesson_fate import Fate
from web import reading, reading_class, reading_first, reading_tasks
from web.tour import tour

blueprint = Blueprint("teacher", __name__)
MONTH = len("2026-10")
YEARS = range(2000, 2100)  # of a day somebody may ask for


def asked_day(name: str) -> date | None:
    """A day of the address, `?on=2026-10-14`; None when not given, 400 when it is no day."""
    return day_of(request.args.get(name, ""))


def asked_month() -> date | None:
    """The first day of `?month=2026-10`, or of the month of any day; None when not given, 400 when it is none."""
    text = request.args.get("month", "")
    day = day_of(f"{text}-01" if len(text) == MONTH else text, text)
    return None if day is None else day.replace(day=1)


def day_of(text: str, typed: str | None = None) -> date | None:
    """400, with what was typed, when it is no day."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        reading.no_such_day(typed or text)
    if day is not None and day.year not in YEARS:
        reading.no_such_day(typed or text)
    return day


def asked_id(name: str) -> UUID | None:
    """An id of the address; None when not given, 400 when it is none."""
    text = request.args.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(400)


@blueprint.get("/today")
def today() -> ResponseReturnValue:
    on = asked_day("on") or reading.now().date()
    page = reading.today(g.actor.person, on, request.args.get("at"))
    disputes = reading_class.disputes_of_teacher(request.args.get("at"))
    waiting = reading_tasks.of_teacher(request.args.get("at")) if page.is_today else ()
    people = [person for line in disputes for person in (line.pupil, line.asker)]
    people += [person for task in waiting for person in task.people]
    return render_template(
        "today/today.html",
        page=page,
        disputes=disputes,
        waiting=waiting,
        names=reading.names(_of_day(page) + people),
        before=page.date - DAY,
        after=page.date + DAY,
        minutes_left=_minutes_left(page),
        acting_role=g.acting_role,
        tour=tour(),
        own=reading_first.own_classes(request.args.get("at")) if page.is_today else (),
    )


def asked_year() -> int | None:
    """A study year of the address, `?year=2026`; None when not given, 400 when it is none."""
    text = request.args.get("year", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) in YEARS):
        reading.no_such_day(text)
    return int(text)


@blueprint.get("/journals")
def journals() -> ResponseReturnValue:
    year, at = asked_year(), request.args.get("at")
    found = reading.journals(at, year)
    names = reading.names(
        {who for journal in found for who in (*journal.teachers, journal.pupil) if who is not None}
    )
    classes = [(title, list(own)) for title, own in groupby(found, key=lambda journal: journal.class_title)]
    return render_template(
        "journal/list.html",
        classes=classes,
        names=names,
        years=reading.years(),
        year=year or reading.this_year(at),
        at=at,
    )


@blueprint.get("/journal/<uuid:journal>")
def journal(journal: UUID) -> ResponseReturnValue:
    page = reading.journal(journal, asked_id("period"), request.args.get("at"))
    editable = page.as_of.live and reading.may_write(page.journal, reading.now().date())
    return render_template(
        "journal/journal.html",
        page=page,
        names=reading.names({*page.teachers, *_fillers(page.filled), *_teachers_elsewhere(page)}),
        trails=reading.trails(row.pupil for row in page.rows),
        notes={note.pupil: note for note in page.notes},
        signs={each.pupil: each for each in page.sheet.signs},
        years=reading.years(),
        editable=editable,
        acting_role=g.acting_role,
    )


@blueprint.get("/lesson/<uuid:lesson>")
def lesson(lesson: UUID) -> ResponseReturnValue:
    page = reading.lesson(lesson, request.args.get("at"))
    editable = page.as_of.live and reading.may_write(page.journal, page.date, page.lesson)
    late = [page.topic_due, page.attendance_due, *(column.due for column in page.columns)]
    return render_template(
        "lesson/lesson.html",
        page=page,
        notes={note.pupil: note for note in page.notes},
        names=reading.names(
            [
                *_fillers(page.filled),
                *_in_place_of(page.fate),
                *_of_cases(page.cases.notes),
                *(each.pupil for each in page.contested),
            ]
        ),
        trails=reading.trails(row.pupil for row in page.pupils),
        editable=editable,
        corrects=page.as_of.live and _may_correct(page),
        kinds=reading.kinds(page.journal),
        manners=reading.manners(),
        ask_lesson=min(late) < reading.now(),
        acting_role=g.acting_role,
    )


def _may_correct(page: LessonPage) -> bool:
    planned = reading.lesson_of(page.lesson)
    return reading.may("request_correction", on=page.date, lesson=planned, journal=page.journal)


def _of_cases(notes: Iterable[CorrectionNote]) -> list[UUID]:
    return [person for note in notes for person in note.people]


def _of_day(page: DayPage) -> list[UUID]:
    fillers = [lesson.filled.by for lesson in page.lessons if lesson.filled]
    fates = [lesson.fate for lesson in (*page.lessons, *page.given_away) if lesson.fate]
    others = [person for fate in fates for person in _in_place_of(fate)]
    return fillers + others


def _teachers_elsewhere(page: JournalPage) -> list[UUID]:
    substitutes = [line.substitute for line in page.lines if line.substitute]
    return substitutes + [teacher for column in page.foreign for teacher in column.teachers]


def _in_place_of(fate: Fate | None) -> list[UUID]:
    return [] if fate is None else [person for person in (fate.absent, fate.substitute) if person is not None]


def _fillers(filled: Filled | None) -> list[UUID]:
    return [filled.by] if filled else []


def _minutes_left(page: DayPage) -> int | None:
    """Minutes to the bell of the lesson that is running, None between lessons."""
    running = next((lesson for lesson in page.lessons if lesson.now == "running"), None)
    if running is None or not page.as_of.live:
        return None
    return max(0, round((running.ends - reading.now()).total_seconds() / 60))
