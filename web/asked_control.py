"""What the address of a control report asks for: a period, filters, what to compare with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NoReturn

from flask import abort, make_response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ledger.school import School
from projections import staff_list
from projections.control import Row, spans
from projections.control.control_page import AGAINST, BEFORE
from projections.control.report import Asked
from projections.control.scope import LEVELS
from web import reading
from web.answers import told
from web.format import day_full, school_year
from web.pages_teacher import asked_day, asked_id

OWN = "own"  # the period is not one of those offered
TO = ".."
FILTERS = {
    "level": lazy_gettext("уровень образования"),
    "class_id": lazy_gettext("класс"),
    "subject": lazy_gettext("предмет"),
    "teacher": lazy_gettext("учителя"),
}


class _Unanswerable(Exception):
    """What is asked makes no report; the sentence says why and what to do."""


def refuse(sentence: str) -> NoReturn:
    """400 with the sentence, for files, fragments and programs."""
    abort(make_response(told(400, "no-such-report", sentence)))


def today() -> date:
    """Of the moment the page shows, or of now."""
    instant = reading.moment(request.args.get("at"))
    return reading.now().date() if instant is None else reading.school().local(instant).date()


def asked() -> Asked:
    """400 with a sentence for what makes no report; 404 for a class, a subject or a person the school has not."""
    found, wrong = understood()
    return refuse(wrong) if wrong else found


def understood() -> tuple[Asked, str]:
    """What is asked and "", or the same filters over the period that runs and the sentence why the days do not do."""
    school, level = reading.school(), request.args.get("level") or None
    if level not in (None, *LEVELS):
        refuse(_("Уровня образования «%(text)s» нет.", text=str(level)[:20]))
    class_id, subject, teacher = asked_id("class"), asked_id("subject"), asked_id("teacher")
    if class_id is not None and class_id not in school.classes:
        abort(404)
    if subject is not None and subject not in school.subjects:
        abort(404)
    if teacher is not None and teacher not in staff_list.staff_of(school):
        abort(404)
    own = school.classes[class_id].level if class_id else level
    first, last = _running(school, own)
    plain = Asked(first=first, last=last, level=level, class_id=class_id, subject=subject, teacher=teacher)
    try:
        days = _days() or (first, last)
        found = replace(plain, first=days[0], last=days[1])
        _reject(school, found)
    except _Unanswerable as error:
        return plain, str(error)
    return found, ""


def _days() -> tuple[date, date] | None:
    """Of `period=2026-09-01..2026-11-30`, or of `from` and `to`."""
    chosen = request.args.get("period", "")
    if chosen and chosen != OWN:
        first, to, last = chosen.partition(TO)
        return (_day(first), _day(last)) if to else reading.no_such_day(chosen)
    first_day, last_day = asked_day("from"), asked_day("to")
    if (first_day is None) != (last_day is None):
        raise _Unanswerable(_("Назовите оба дня: с какого и по какой."))
    return (first_day, last_day) if first_day is not None and last_day is not None else None


def _running(school: School, level: str | None) -> tuple[date, date]:
    """The reporting period that runs, or ended last."""
    day, year = today(), reading.this_year(request.args.get("at"))
    preset = spans.default(school, year, day, level) if year is not None else None
    return (preset.first, preset.last) if preset else (day, day)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.no_such_day(text[:20])


def _reject(school: School, wanted: Asked) -> None:
    why = spans.wrong(school, wanted.first, wanted.last)
    if why == "order":
        raise _Unanswerable(_("Период заканчивается раньше, чем начинается: поменяйте дни местами."))
    if why:
        raise _Unanswerable(_("Отчёт строится внутри одного учебного года. %(years)s", years=_years(school)))
    klass = school.classes.get(wanted.class_id) if wanted.class_id else None
    year = school.years.get(klass.year) if klass else None
    if klass and year and not (year.first <= wanted.last and wanted.first <= (year.last or wanted.last)):
        raise _Unanswerable(
            _(
                "Класс %(title)s учился в %(year)s учебном году, а дни названы другого года.",
                title=klass.title,
                year=school_year(klass.year),
            )
        )


def _years(school: School) -> str:
    return "; ".join(
        f"{school_year(year)}: {day_full(span.first)}–{day_full(span.last) if span.last else ''}"
        for year, span in sorted(school.years.items())
    )


def lacking(row: Row, wanted: Asked) -> str:
    """The sentence that asks for a filter the report cannot do without; "" when it has all."""
    missing = [str(FILTERS[name]) for name in FILTERS if name in row.needs and getattr(wanted, name) is None]
    return _("Чтобы построить этот отчёт, выберите %(what)s.", what=", ".join(missing)) if missing else ""


def against() -> str:
    """What to compare with; 400 for what nobody offers."""
    wanted = request.args.get("against") or BEFORE
    return wanted if wanted in AGAINST else abort(400)


def asked_sheet() -> int:
    """Which part of a long table, from 1; 400 for what is no number."""
    text = request.args.get("sheet", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else abort(400)
