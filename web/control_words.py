"""What control reports are called on the screen and in what is printed of them: filters, moments, places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from exports.digest import digest
from exports.heading import Heading
from exports.paper import Imprint
from ledger import regulation as regulations
from ledger.school import School
from projections.control import spans
from projections.control.control_page import ControlPage
from projections.control.report import Asked, Behind, Report
from projections.control.spans import Preset
from web import reading
from web.format import day_full, moment_full, month_title, school_year
from web.time_bar import ENTRY

LIST, INCIDENTS = ("view_class_list", "view_journal"), ("confirm_notice", "view_voids")


def preset_title(preset: Preset, school: School) -> str:
    """«I триместр», «I четверть (НОО)», «октябрь», «2026/27 учебный год»."""
    if preset.kind == "month":
        return month_title(preset.first)
    if preset.kind == "year":
        return _("%(year)s учебный год", year=school_year(preset.first.year))
    others = {klass.level for klass in school.classes.values()} - set(preset.levels)
    return f"{preset.title} ({', '.join(preset.levels)})" if others else preset.title


def days(first: date, last: date) -> str:
    """«01.09–31.10.2026»; one day is «01.09.2026»."""
    if first == last:
        return day_full(first)
    return (
        f"{first:%d.%m}–{day_full(last)}"
        if first.year == last.year
        else f"{day_full(first)}–{day_full(last)}"
    )


def period_words(school: School, first: date, last: date) -> str:
    """«I триместр, 01.09–30.11.2026», or the days alone."""
    year = school.year_of(first) or school.year_of(last)
    found = spans.presets(school, year) if year is not None else ()
    own = next((each for each in found if (each.first, each.last) == (first, last)), None)
    return f"{preset_title(own, school)}, {days(first, last)}" if own else days(first, last)


def filters(asked: Asked, school: School, teacher: str) -> Iterator[tuple[str, str]]:
    """Those that were asked for, in words; `teacher` is the name."""
    yield _("Период"), period_words(school, asked.first, asked.last)
    if asked.level:
        yield _("Уровень"), asked.level
    if asked.class_id:
        yield _("Класс"), school.classes[asked.class_id].title
    if asked.subject:
        yield _("Предмет"), school.subjects[asked.subject].title
    if asked.teacher:
        yield _("Учитель"), teacher


def heading(report: Report, school: School, teacher: str) -> Heading:
    moment = moment_full(report.as_of.instant, school.zone)
    words = _("%(moment)s, запись № %(position)s", moment=moment, position=report.as_of.position)
    return Heading(
        school=school.title,
        about=(
            *filters(report.asked, school, teacher),
            (_("На момент"), words),
            (_("По локальному акту"), regulation_words(report, school)),
        ),
    )


def regulation_words(report: Report, school: School) -> str:
    """Which act judged, by the entry that adopted it."""
    for entry in school.regulations:
        if entry.position == report.regulation:
            in_force: date = entry.event.in_force  # type: ignore[attr-defined]
            return _("в силе с %(day)s, запись № %(n)s", day=day_full(in_force), n=report.regulation)
    return _("запись № %(n)s", n=report.regulation)


def imprint(report: Report, school: School, address: str) -> Imprint:
    found = regulations.in_force(school, school.local(report.as_of.instant).date())
    return Imprint(
        school=school.title,
        moment=moment_full(report.as_of.instant, school.zone),
        position=report.as_of.position,
        address=address,
        check=digest(report),
        seal=found[1].seal.seal if found is not None else "печать",
    )


def query(asked: Asked, **more: str | None) -> dict[str, str]:
    """The address of the same question, without what was not asked."""
    said: dict[str, object | None] = {
        "period": f"{asked.first}..{asked.last}",
        "level": asked.level,
        "class": asked.class_id,
        "subject": asked.subject,
        "teacher": asked.teacher,
        **more,
    }
    return {name: str(value) for name, value in said.items() if value}


def report_address(code: str, asked: Asked, **more: str | None) -> str:
    """Of the page of a report."""
    return url_for("control.one", code=code, **query(asked, **more))


def place(behind: Behind, at: str | None) -> str:
    """Where it stands: the cell's history, the lesson, the sheet of a period, the page, the pupil, the class, the
    incident; "" for what has no place of its own."""
    address = _place(behind)
    moment = {"at": at} if at else {}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(moment)}" if address and moment else address


def where(behind: Behind, school: School) -> str:
    """«7А · Алгебра» of what stands on a page of the journal, where its own words do not say so; else ""."""
    planned = school.timetable.by_id.get(behind.lesson) if behind.lesson is not None else None
    journal = planned.journal if planned is not None else behind.journal
    if journal not in school.journals or journal is None:
        return ""
    title = school.klass_of(journal).title
    return "" if title in behind.words else f"{title} · {school.subject_of(journal).title}"


def _place(behind: Behind) -> str:
    if behind.lesson is not None:
        if behind.pupil is None:
            return url_for("teacher.lesson", lesson=behind.lesson)
        work = behind.work or behind.lesson
        return url_for("trail.cell", lesson=behind.lesson, work=work, pupil=behind.pupil)
    if behind.journal is not None and behind.period is not None:
        return url_for("period.sheet", journal=behind.journal, period=behind.period)
    if behind.journal is not None:
        return url_for("teacher.journal", journal=behind.journal)
    return _place_of_people(behind)


def _place_of_people(behind: Behind) -> str:
    """Whoever may ask about a report may not always open what it names."""
    if behind.pupil is not None:
        shown = _any(LIST, pupil=behind.pupil)
        return url_for("pupil.card", pupil=behind.pupil) if shown else ""
    if behind.class_id is not None:
        shown = _any(LIST, class_id=behind.class_id)
        return url_for("school.klass", class_id=behind.class_id) if shown else ""
    if behind.incident is not None and _any(INCIDENTS):
        return url_for("incidents.one", incident=behind.incident)
    return ""


def _any(actions: tuple[str, ...], **about: UUID) -> bool:
    return any(reading.may(action, **about) for action in actions)


def printed_address(code: str, asked: Asked, school: UUID, position: int, moment: str) -> str:
    """What the square code of a print says: which school, which report, at which entry."""
    words = urlencode(query(asked, at=f"{ENTRY}{position}", moment=moment))
    return f"letopis:{school}/control/{code}?{words}"


def too_long(lines: int, most: int) -> str:
    return _(
        "В отчёте %(lines)s строк: на бумаге их не прочесть. Сузьте отбор до %(most)s строк или возьмите таблицу XLSX.",
        lines=lines,
        most=most,
    )


def compared_words(page: ControlPage, school: School) -> str:
    """What the changes are from: «II триместр …», «контроль директора за 10.2026»; "" where nothing is compared."""
    if page.compared is None:
        return ""
    if page.check is None:
        return period_words(school, page.compared.asked.first, page.compared.asked.last)
    if page.check.kind == "control":
        return _("контроль директора за %(month)s", month=page.check.title)
    return _("справка № %(number)s", number=page.check.title)
