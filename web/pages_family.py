"""The family's pages: «Мои дети», and of each child the week, the month and the year's teachers and days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ledger.span import monday_of
from projections.diary import DiaryDay, DiaryWeek
from projections.family_page import FamilyPage
from web import diary_doors, marks_of_pupil, reading, reading_family
from web.pages_teacher import asked_day, asked_month
from web.tour import tour

blueprint = Blueprint("family", __name__)
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@blueprint.get("/children")
def children() -> ResponseReturnValue:
    page = reading_family.first_page(request.args.get("at"))
    return render_template(
        "diary/children.html",
        page=page,
        names=reading.names(_of_family(page)),
        may_acknowledge=diary_doors.acknowledging(page.as_of, (child.pupil for child in page.children)),
        may_admit=diary_doors.may_admit(page),
        tour=tour(),
    )


@blueprint.get("/diary/<uuid:pupil>")
def diary(pupil: UUID) -> ResponseReturnValue:
    today = reading.now().date()
    monday = monday_of(asked_day("week") or today)
    page = reading.diary(pupil, monday, request.args.get("at"))
    found = reading.children()
    return render_template(
        "diary/week.html",
        page=page,
        period_marks=marks_of_pupil,
        names=reading.names({pupil, *found, *_of_week(page)}),
        children=found,
        today=today,
        before=page.monday - WEEK,
        after=page.monday + WEEK,
        reports=diary_doors.reports(page),
        may_agree=diary_doors.may_agree(page),
        may_acknowledge=diary_doors.acknowledging(page.as_of, [pupil]),
        tour=tour(),
    )


@blueprint.get("/diary/<uuid:pupil>/month")
def month(pupil: UUID) -> ResponseReturnValue:
    """`?month=2026-10`, or any day of it."""
    today = reading.now().date()
    first = asked_month() or today.replace(day=1)
    page = reading_family.month(pupil, first, request.args.get("at"))
    found = reading.children()
    return render_template(
        "diary/month.html",
        page=page,
        names=reading.names({pupil, *found}),
        children=found,
        today=today,
        before=(first - DAY).replace(day=1),
        after=page.last + DAY,
    )


@blueprint.get("/diary/<uuid:pupil>/about")
def about(pupil: UUID) -> ResponseReturnValue:
    page = reading_family.about(pupil, request.args.get("at"))
    found = reading.children()
    teachers = {teacher for row in page.subjects for teacher in row.teachers}
    written = {each.by for each in page.recommendations}
    return render_template(
        "diary/about.html",
        page=page,
        names=reading.names({pupil, *found, *teachers, *written, *page.class_teachers}),
        children=found,
        control_works="control_schedule" in page.sections and page.class_id is not None,
    )


def _of_family(page: FamilyPage) -> set[UUID]:
    days = [child.next_day for child in page.children if child.next_day is not None]
    return {*(child.pupil for child in page.children), *_of_days(days)}


def _of_week(page: DiaryWeek) -> set[UUID]:
    written = {each.by for each in page.recommendations}
    filled = {page.filled.by} if page.filled else set[UUID]()
    return {*_of_days(page.days), *written, *filled, *_readers(page)}


def _of_days(days: Iterable[DiaryDay]) -> set[UUID]:
    lessons = [lesson for day in days for lesson in day.lessons]
    fates = (lesson.fate.substitute for lesson in lessons if lesson.fate is not None)
    comments = {comment.by for lesson in lessons for comment in lesson.comments}
    return {person for person in (*fates, *(each.teacher for each in lessons)) if person} | comments


def _readers(page: DiaryWeek) -> set[UUID]:
    return {said.person for own in page.read.values() for said in own}
