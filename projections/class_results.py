"""What a period came to in a class (C-27): movement, subjects in figures, who learns how, and what was missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.period_sheet import EXEMPT, NOT_ATTESTED
from ledger.school import School
from projections import attendance_stats, register
from projections.as_of import AsOf
from projections.attendance_stats import AttendancePage
from projections.outcome import FOUR, THREE, Outcome
from projections.reading import NoSuchPage, Reading
from projections.register import RegisterPage, RegisterRow
from projections.register_columns import RegisterColumn
from projections.register_sums import Sum, Total
from projections.years import day_of

VALUES = ("5", "4", "3", "2", "1", NOT_ATTESTED, EXEMPT)


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectResult:
    """`counts` as VALUES; `mean` of the marks in hundredths, None of none; `teachers` on the period's last day."""

    subject: UUID
    title: str
    teachers: tuple[UUID, ...]
    counts: tuple[int, ...]
    mean: int | None
    sum: Sum


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """`title`: excellent, good, one_four, one_three, failing or incomplete; names in order, each with the subjects it
    hangs on."""

    title: str
    pupils: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassResults:
    """`column` is the period, or the year. `begun` pupils on its first day, `ended` on its last or today: of these are
    subjects, `lists` and `total`; `came` and `left` in between. `lists` as Standing names them, each once, also where
    nobody is in it."""

    class_id: UUID
    class_title: str
    year: int
    column: RegisterColumn
    class_teachers: tuple[UUID, ...]
    begun: int
    came: int
    left: int
    ended: int
    subjects: tuple[SubjectResult, ...]
    lists: tuple[Standing, ...]
    total: Total
    attendance: AttendancePage
    as_of: AsOf


def page(reading: Reading, class_id: UUID, column: str) -> ClassResults:
    """`column`: the key of a register's column. Raises NoSuchPage: no such class or column."""
    shown = next((each for each in register.columns(reading, class_id) if each.key == column), None)
    if shown is None or shown.span.last is None:
        raise NoSuchPage(column)
    school, first, last = reading.school, shown.span.first, day_of(shown.span, reading.today)
    sheet = register.page(reading, class_id, (column,), last)
    rows = [row for row in sheet.rows if not row.gone]
    before, after = (set(school.pupils_of_class(class_id, day)) for day in (first, last))
    return ClassResults(
        class_id=class_id,
        class_title=sheet.title,
        year=sheet.year,
        column=shown,
        class_teachers=tuple(p for p, span in school.classes[class_id].teachers if last in span),
        begun=len(before),
        came=len(after - before),
        left=len(before - after),
        ended=len(after),
        subjects=tuple(_subject(sheet, n, rows, class_id, last, school) for n in range(len(sheet.subjects))),
        lists=tuple(_lists(sheet, rows)),
        total=sheet.totals[0],
        attendance=attendance_stats.page(reading, class_id, first, last),
        as_of=reading.as_of,
    )


def _subject(
    sheet: RegisterPage, n: int, rows: Iterable[RegisterRow], class_id: UUID, on: date, school: School
) -> SubjectResult:
    known = sheet.subjects[n]
    values = [row.cells[n][0].value for row in rows if row.cells[n][0].value]
    marks = [int(value) for value in values if value.isdigit()]
    pages = [page for page in school.pages_of_class(class_id) if page.subject == known.subject]
    taught = (t for each in pages if each.pupil is None for t in school.teachers_of(each.id, on))
    return SubjectResult(
        subject=known.subject,
        title=known.title,
        teachers=tuple(dict.fromkeys(taught)),
        counts=tuple(values.count(value) for value in VALUES),
        mean=(200 * sum(marks) + len(marks)) // (2 * len(marks)) if marks else None,
        sum=known.sums[0],
    )


def _lists(sheet: RegisterPage, rows: list[RegisterRow]) -> Iterable[Standing]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {
        title: [] for title in ("excellent", "one_four", "good", "one_three", "failing", "incomplete")
    }
    subjects = [each.subject for each in sheet.subjects]
    titles = {each.subject: each.title for each in sheet.subjects}
    names = {row.pupil: row.name for row in rows}
    for outcome in register.outcomes(rows, subjects, 0, sheet.fails):
        for title, weak in _places(outcome):
            found[title].append((names[outcome.pupil], tuple(titles[each] for each in weak)))
    return (Standing(title=title, pupils=tuple(pupils)) for title, pupils in found.items())


def _places(outcome: Outcome) -> Iterable[tuple[str, list[UUID]]]:
    """One list a pupil, but that who fails may lack marks too; with the subjects it hangs on."""
    if outcome.failing:
        yield "failing", outcome.subjects_of(*outcome.fails)
    if outcome.unset:
        yield "incomplete", outcome.subjects_of("")
    if outcome.excellent:
        yield "excellent", []
    elif outcome.one_four:
        yield "one_four", outcome.subjects_of(FOUR)
    elif outcome.good:
        yield "good", []
    elif outcome.one_three:
        yield "one_three", outcome.subjects_of(THREE)
