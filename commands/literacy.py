"""The literacy mark of a work in literature, on the page of Russian (7.15, R-126, P-28)."""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger import streams
from ledger.events.marks import LiteracyMarkGiven, LiteracyMarkWithdrawn
from ledger.lesson import Sheet
from ledger.school import School
from ledger.timetable import Lesson


def parts(
    lesson: UUID, work: UUID, pupil: UUID, value: tuple[int, ...], sight: Sight
) -> tuple[tuple[int, ...], LiteracyMarkGiven | None]:
    """(5, 4) as the mark (5,) and the literacy mark (4,) on the page of Russian where the act wants it there; any
    other value as it is."""
    if len(value) != 2 or not _is_for_two_pages(lesson, work, sight):
        return value, None
    page = russian_page(sight.lesson(lesson), pupil, sight.school)
    if page is None:
        raise Refusal(
            "P-28",
            "Отметку за грамотность ставят на странице русского языка, а у этого ученика такой страницы нет. "
            "Поставьте одну отметку или попросите завести страницу.",
        )
    return value[:1], LiteracyMarkGiven(work=work, journal=page, pupil=pupil, value=value[1:])


def _is_for_two_pages(lesson: UUID, work: UUID, sight: Sight) -> bool:
    """A kind of work that is marked by a fraction, in literature of these grades (P-28)."""
    given, known = sight.lesson(lesson), sight.sheet(lesson).works.get(work)
    kind = None if known is None else sight.regulation.work_kinds.get(known.kind)
    return (
        kind is not None
        and kind.fraction
        and "literature" in sight.school.subject_of(given.journal).attributes
        and sight.school.klass_of(given.journal).grade in sight.regulation.literacy_grades
    )


def russian_page(lesson: Lesson, pupil: UUID, school: School) -> UUID | None:
    """The page of Russian the pupil is on that day in the same class; of several that of the same group. A native
    language keeps the windows of Russian (P-45) and so its attribute: the title tells them apart."""
    page = school.journals[lesson.journal]
    found = [
        other
        for other in school.journals.values()
        if (other.class_id, other.year) == (page.class_id, page.year)
        and "language" in school.subject_of(other.id).attributes
        and school.enrolled(pupil, other.id, lesson.date)
    ]
    russian = {other.id: "русск" in school.subject_of(other.id).title.casefold() for other in found}
    best = min(
        found,
        key=lambda other: (not russian[other.id], other.pupil != page.pupil, other.group != page.group),
        default=None,
    )
    return None if best is None else best.id


def standing(sheet: Sheet, work: UUID, pupil: UUID) -> tuple[int, ...] | None:
    entry = sheet.literacy.get((streams.literacy(work), pupil))
    return None if entry is None else entry.event.value  # type: ignore[attr-defined]


def withdrawn(sheet: Sheet, work: UUID, pupil: UUID) -> tuple[LiteracyMarkWithdrawn, ...]:
    """Taken away together with the mark of the work."""
    there = standing(sheet, work, pupil) is not None
    return (LiteracyMarkWithdrawn(work=work, pupil=pupil),) if there else ()
