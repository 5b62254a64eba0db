"""Who teaches what, how many hours, from when to when (R-063, R-064). Streams: the journal; the class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.importing import ids
from commands.importing.terms import Fact, numbered
from commands.known import a_group, a_journal, a_member_of_staff, a_stretch, a_subject, the_class
from ledger.entry import Draft
from ledger.events.journals import JournalListed, StudyPlanSet, WorkloadAssigned, WorkloadEnded
from ledger.school import Journal, School, Span
from ledger.windows import spoken

WEEK_HOURS = range(0, 4001)  # in hundredths: forty hours are a working week
YEAR_HOURS = range(0, 2001)


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignWorkload:
    """Of a class's page, or of a group's; the page is opened when there is none. `hours` a week, in hundredths."""

    class_id: UUID
    group: UUID | None = None
    subject: UUID
    teacher: UUID
    first: date
    until: date | None = None
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EndWorkload:
    """`last` is the last day on which the page is this teacher's."""

    journal: UUID
    teacher: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStudyPlan:
    """`week_hours` in hundredths, `year_hours` whole; both 0: the subject is not in the plan."""

    class_id: UUID
    subject: UUID
    week_hours: int
    year_hours: int


def assign_workload(command: AssignWorkload, sight: Sight) -> tuple[Draft, ...]:
    school, klass = sight.school, the_class(command.class_id, sight)
    a_subject(command.subject, sight)
    if command.group is not None:
        a_group(command.group, klass.id, sight)
    a_member_of_staff(command.teacher, sight)
    a_stretch(command.first, command.until, klass.year, sight)
    page = page_of(school, klass.id, command.group, command.subject)
    return numbered(_assigned(command, page, klass.year, school), school)


def _assigned(command: AssignWorkload, page: Journal | None, year: int, school: School) -> Iterator[Fact]:
    if page is None:
        listed = JournalListed(
            class_id=command.class_id, group=command.group, subject=command.subject, year=year
        )
        new = ids.journal(school.id, year, command.class_id, command.group, command.subject)
        yield new, listed
    yield (
        (page.id if page else new),
        taught(page, command.teacher, Span(first=command.first, last=command.until), command.hours),
    )


def taught(page: Journal | None, teacher: UUID, span: Span, hours: int) -> WorkloadAssigned:
    """Raises Refusal for hours out of range, or a teacher who has the page on some of these days."""
    if hours not in WEEK_HOURS:
        raise Refusal("workload-hours", "Часов в неделю — от 0 до 40.")
    twice = [s for t, s in (page.teachers if page else ()) if t == teacher and s.overlaps(span)]
    if twice:
        raise Refusal("workload-twice", f"Эта страница уже у этого учителя с {spoken(twice[-1].first)}.")
    return WorkloadAssigned(teacher=teacher, first=span.first, until=span.last, hours=hours)


def end_workload(command: EndWorkload, sight: Sight) -> tuple[Draft, ...]:
    page = a_journal(command.journal, sight)
    open_ = [span for teacher, span in page.teachers if teacher == command.teacher and command.last in span]
    if not open_:
        raise Refusal("workload-open", f"{spoken(command.last)} эта страница не у этого учителя.")
    a_stretch(command.last, None, page.year, sight)
    ended = WorkloadEnded(teacher=command.teacher, last=command.last)
    return () if open_[-1].last == command.last else numbered([(page.id, ended)], sight.school)


def set_study_plan(command: SetStudyPlan, sight: Sight) -> tuple[Draft, ...]:
    klass, subject = the_class(command.class_id, sight), a_subject(command.subject, sight)
    if command.week_hours not in WEEK_HOURS or command.year_hours not in YEAR_HOURS:
        raise Refusal("study-plan-hours", "Часов в неделю — от 0 до 40, в год — от 0 до 2000.")
    if sight.school.study_plan.get((klass.id, subject.id)) == (command.week_hours, command.year_hours):
        return ()
    planned = StudyPlanSet(subject=subject.id, week_hours=command.week_hours, year_hours=command.year_hours)
    return numbered([(klass.id, planned)], sight.school)


def page_of(school: School, class_id: UUID, group: UUID | None, subject: UUID) -> Journal | None:
    """The class's (not a pupil's own) page of a subject: one class, one group, one subject — one page."""
    wanted = (class_id, group, subject, None)
    pages = school.journals.values()
    return next((j for j in pages if (j.class_id, j.group, j.subject, j.pupil) == wanted), None)
