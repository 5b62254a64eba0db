"""Error reports: whoever reads a record says that it is wrong, the deputy answers for it (R-168, W-22, P-59)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from commands.deciding import Page, Refusal, Sight, drafts
from commands.period_facts import span_of
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.error_report import ErrorTicket
from ledger.events.error_reports import ErrorReportClosed, ErrorReported, ErrorReportForwarded
from ledger.period_sheet import KINDS, PERIOD
from ledger.regulation import Regulation
from ledger.school import School

TEXT_LENGTH = 500  # characters
OF_PUPIL = ("mark", "absence")
OF_WORK = ("mark", "kind")
OF_LESSON = ("mark", "absence", "topic", "homework", "kind")
OF_SHEET = "period_mark"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportError:
    """`target` as in CorrectionRequested. A family names its child also where the record is of the whole class."""

    target: str
    journal: UUID
    text: str
    lesson: UUID | None = None
    period: UUID | None = None
    work: UUID | None = None
    pupil: UUID | None = None
    kind: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRef:
    """A report and the lesson or the period sheet it is about."""

    report: UUID
    journal: UUID
    lesson: UUID | None = None
    period: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ForwardErrorReports:
    """The teachers of the pages are asked to look; `note` goes to them and may be empty."""

    reports: tuple[ReportRef, ...]
    note: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseErrorReport:
    """`answer` is what the reporter reads."""

    report: UUID
    journal: UUID
    corrected: bool
    answer: str
    lesson: UUID | None = None
    period: UUID | None = None
    confirmed: bool = False


Named = ReportError | ReportRef | CloseErrorReport


def whose_record(command: ReportError, school: School) -> tuple[dict[str, Any], ...]:
    """Rights are asked of the page and the pupil, on the day of the lesson."""
    planned = school.timetable.by_id.get(command.lesson) if command.lesson is not None else None
    on = None if planned is None else planned.date
    return ({"journal": command.journal, "pupil": command.pupil, "on": on},)


def the_records(
    command: ForwardErrorReports | CloseErrorReport, school: School
) -> tuple[dict[str, Any], ...]:
    return tuple({"journal": each.journal} for each in _asked(command))


def lessons(command: ForwardErrorReports | CloseErrorReport) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(each.lesson for each in _asked(command) if each.lesson is not None))


def sheets(command: ForwardErrorReports | CloseErrorReport, school: School) -> tuple[Page, ...]:
    """Those there are: what is no period of the page is refused by the decider."""
    named = ((each.journal, each.period) for each in _asked(command) if each.lesson is None and each.period)
    return tuple(dict.fromkeys(page for page in named if _is_sheet(page, school)))


def place(command: ReportError, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """What the report is about, and the reports about it."""
    about = _about(command, school)
    return () if about is None else (about, streams.error_reports(school.id, about))


def reports(
    command: ForwardErrorReports | CloseErrorReport, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    places = (_about(each, school) for each in _asked(command))
    return tuple(dict.fromkeys(streams.error_reports(school.id, each) for each in places if each is not None))


def report_error(command: ReportError, sight: Sight) -> tuple[Draft, ...]:
    about = _there(command, sight)
    text = plain(command.text, TEXT_LENGTH)
    known = sight.tickets(about)
    if any(_same(ticket, command, sight) for ticket in known.tickets.values()):
        raise Refusal(
            "report-waits", "Ваше сообщение об этой записи уже ждёт ответа заместителя директора.", status=409
        )
    now = sight.now.replace(microsecond=0)
    event = ErrorReported(
        report=uuid5(sight.stamp.command_id, "report"),
        journal=command.journal,
        target=command.target,
        text=sight.sealed(text, about=sight.stamp.person),
        due=now + timedelta(hours=sight.regulation.error_report_hours),
        lesson=command.lesson,
        period=command.period,
        work=command.work,
        pupil=command.pupil,
        kind=command.kind,
    )
    stream = streams.error_reports(sight.school.id, about)
    return drafts(Category.CASE, stream, known.version, event)


def forward_error_reports(command: ForwardErrorReports, sight: Sight) -> tuple[Draft, ...]:
    note = command.note.strip()
    found: list[Draft] = []
    for n, ref in enumerate(dict.fromkeys(command.reports)):
        about, ticket = _ticket(ref, sight)
        if ticket.status != "reported":
            raise Refusal(
                "report-decided", "Это сообщение уже передано учителю — обновите страницу.", status=409
            )
        reporter = ticket.reported.stamp.person
        reason = sight.sealed(plain(note, TEXT_LENGTH), about=reporter, part=n) if note else None
        event = ErrorReportForwarded(report=ref.report, reason=reason)
        found.append(_next(about, event, sight, found))
    if not found:
        raise Refusal("reports", "Отметьте, какие сообщения передать учителям.")
    return tuple(found)


def close_error_report(command: CloseErrorReport, sight: Sight) -> tuple[Draft, ...]:
    about, ticket = _ticket(command, sight)
    answer = plain(command.answer, TEXT_LENGTH)
    event = ErrorReportClosed(
        report=command.report,
        corrected=command.corrected,
        answer=sight.sealed(answer, about=ticket.reported.stamp.person),
    )
    return (_next(about, event, sight, []),)


def _asked(command: ForwardErrorReports | CloseErrorReport) -> tuple[ReportRef | CloseErrorReport, ...]:
    return command.reports if isinstance(command, ForwardErrorReports) else (command,)


def _about(named: Named, school: School) -> UUID | None:
    """The lesson, or the stream of the period sheet."""
    if named.lesson is not None:
        return named.lesson
    if named.period is not None:
        return streams.period_sheet(school.id, named.journal, named.period)
    return None


def _is_sheet(page: Page, school: School) -> bool:
    try:
        span_of(school, *page)
    except Refusal:
        return False
    return True


def _ticket(named: ReportRef | CloseErrorReport, sight: Sight) -> tuple[UUID, ErrorTicket]:
    """Raises Refusal when there is none, or it was answered."""
    about = _about(named, sight.school)
    ticket = sight.tickets(about).tickets.get(named.report) if about is not None else None
    if about is None or ticket is None:
        raise Refusal("report-exists", "Такого сообщения об ошибке нет.", status=404)
    if ticket.status == "closed":
        raise Refusal("report-decided", "На это сообщение уже ответили — обновите страницу.", status=409)
    return about, ticket


def _next(about: UUID, event: object, sight: Sight, found: list[Draft]) -> Draft:
    stream = streams.error_reports(sight.school.id, about)
    taken = sum(draft.stream == stream for draft in found)
    return drafts(Category.CASE, stream, sight.tickets(about).version + taken, event)[0]


def _same(ticket: ErrorTicket, command: ReportError, sight: Sight) -> bool:
    """One person says one thing of one record once; another reader may say it as well."""
    said: ErrorReported = ticket.reported.event  # type: ignore[assignment]
    own = ticket.reported.stamp.person == sight.stamp.person
    place = (said.target, said.work, said.pupil, said.kind)
    waits = ticket.status != "closed"
    return own and waits and place == (command.target, command.work, command.pupil, command.kind)


def _there(command: ReportError, sight: Sight) -> UUID:
    """What the report is about. Raises Refusal when there is no such place."""
    about = _about(command, sight.school)
    if about is None or any(_missing(command, sight)):
        raise Refusal(
            "report-place", "Такой записи в журнале нет: откройте её ещё раз и сообщите об ошибке из неё."
        )
    return about


def _missing(command: ReportError, sight: Sight) -> Iterator[bool]:
    if command.lesson is None:
        yield from _missing_in_sheet(command, sight)
    else:
        yield from _missing_in_lesson(command, command.lesson, sight)


def _missing_in_lesson(command: ReportError, lesson_id: UUID, sight: Sight) -> Iterator[bool]:
    """As LateEntryRequested is checked, so that nobody is sent to look for what is not there."""
    yield command.target not in OF_LESSON or command.period is not None or command.kind != ""
    yield (command.work is not None) != (command.target in OF_WORK)
    yield command.target in OF_PUPIL and command.pupil is None
    lesson, sheet = sight.lesson(lesson_id), sight.sheet(lesson_id)
    columns: dict[UUID | None, UUID] = {
        column: entry.event.journal  # type: ignore[attr-defined]
        for (column, _), entry in sheet.literacy.items()
    }
    yield columns.get(command.work, lesson.journal) != command.journal
    yield command.work is not None and command.work not in {lesson_id, *sheet.works, *columns}
    yield command.pupil is not None and not sight.school.enrolled(command.pupil, command.journal, lesson.date)


def _missing_in_sheet(command: ReportError, sight: Sight) -> Iterator[bool]:
    yield command.target != OF_SHEET or command.kind not in KINDS
    yield command.work is not None or command.pupil is None or command.period is None
    if command.period is not None:
        span_of(sight.school, command.journal, command.period)
        of_year = command.period == streams.year(sight.school.id, sight.school.journals[command.journal].year)
        yield of_year != (command.kind != PERIOD)
    yield command.pupil not in sight.school.members_ever(command.journal)
