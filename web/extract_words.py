"""The words of a certified extract: a journal page as its paper says it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _

from exports.extract import Extract
from ledger.school import School
from projections.journal import Cell, JournalPage
from projections.journal_lines import Line
from web.format import day_short, moment_full, school_year
from web.time_bar import ENTRY


def extract(page: JournalPage, school: School, names: Mapping[UUID, str]) -> Extract:
    """The same page gives the same words, so the same bytes."""
    moment, position = moment_full(page.as_of.instant, school.zone), page.as_of.position
    marks = {sign.pupil: sign.value for sign in page.sheet.signs}
    title = f"{page.class_title}{f' ({page.group_title})' if page.group_title else ''}, {page.subject}"
    period = next((each.title for each in page.periods if each.chosen), "")
    chosen = next((each.id for each in page.periods if each.chosen), None)
    return Extract(
        school=school.title,
        title=title,
        teachers=", ".join(names.get(teacher, "") for teacher in page.teachers),
        period=f"{period}, {school_year(page.year)}" if period else school_year(page.year),
        moment=_("%(moment)s, после записи № %(position)s", moment=moment, position=position),
        days=tuple(day_short(column.date) for column in page.columns),
        rows=tuple(
            (row.name, tuple(said(cell) for cell in row.cells), row.mean, marks.get(row.pupil, ""))
            for row in page.rows
        ),
        lessons=tuple(_lesson(line) for line in page.lines if not line.planned),
        foot=_(
            "На %(moment)s, запись № %(position)s. %(school)s",
            moment=moment,
            position=position,
            school=school.title,
        ),
        qr=f"letopis:{school.id}/journal/{page.journal}?period={chosen or ''}&at={ENTRY}{position}",
    )


def said(cell: Cell) -> str:
    """«4», «н», «4 н»; «×» where the pupil was not on the list."""
    words = [cell.value, _("н") if cell.absent else "", "×" if cell.outside and not cell.value else ""]
    return " ".join(word for word in words if word)


def _lesson(line: Line) -> tuple[str, str, str]:
    homework = _("не задано") if line.not_set else line.homework or ""
    return day_short(line.date), line.topic or "", homework
