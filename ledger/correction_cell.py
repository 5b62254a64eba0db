"""The one place a correction case opens: what stands there, and what the case wants there (R-163…R-165)."""

from __future__ import annotations

from uuid import UUID

from ledger import streams
from ledger.correction import Place, place_of
from ledger.entry import Entry
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn
from ledger.events.corrections import CorrectionRequested
from ledger.events.homework import HomeworkNotSet, HomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import (
    LiteracyMarkGiven,
    LiteracyMarkWithdrawn,
    MarkGiven,
    MarkWithdrawn,
    WorkKindChanged,
)
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkWithdrawn
from ledger.lesson import Sheet
from ledger.period_sheet import PeriodSheet

MARK, ABSENCE, TOPIC, HOMEWORK, KIND, PERIOD_MARK = (
    *("mark", "absence", "topic", "homework", "kind", "period_mark"),
)
ABSENT, NOT_SET = "н", "не задано"
_OF_TWO_PAGES = (MarkGiven, LiteracyMarkGiven)


def stands(place: Place, sheet: Sheet, marks: PeriodSheet | None) -> tuple[Entry | None, str]:
    """The entry that stands in the place, of the lesson or of the period sheet, and its words as a case says them;
    (None, «») of an empty one."""
    target, work, pupil, kind = place
    if target == PERIOD_MARK:
        entry = None if marks is None or pupil is None else marks.marks.get((kind, pupil))
    elif target == KIND:
        known = None if work is None else sheet.works.get(work)
        return (None, "") if known is None else (known.kind_entry, known.kind)
    else:
        entry = _of_lesson(target, work, pupil, sheet)
    if entry is None:
        return None, ""
    return entry, says(entry.event)[1] + _literacy(place, sheet)


def _of_lesson(target: str, work: UUID | None, pupil: UUID | None, sheet: Sheet) -> Entry | None:
    if target == MARK and work is not None and pupil is not None:
        return sheet.marks.get((work, pupil))
    if target == ABSENCE and pupil is not None:
        return sheet.absences.get(pupil)
    return {TOPIC: sheet.topic, HOMEWORK: sheet.homework}.get(target)


def _literacy(place: Place, sheet: Sheet) -> str:
    """«/4»: the part of the mark that stands on the page of Russian (P-28)."""
    target, work, pupil, _ = place
    if target != MARK or work is None or pupil is None:
        return ""
    entry = sheet.literacy.get((streams.literacy(work), pupil))
    return "" if entry is None else f"/{_spoken(entry.event.value)}"  # type: ignore[attr-defined]


def says(event: object) -> tuple[Place, str]:
    """The place an entry is about and its words, «» for what it takes away. KeyError: no case brings such an entry."""
    match event:
        case (
            MarkGiven(work=work, pupil=pupil, value=value)
            | LiteracyMarkGiven(work=work, pupil=pupil, value=value)
        ):
            return (MARK, work, pupil, ""), _spoken(value)
        case MarkWithdrawn(work=work, pupil=pupil) | LiteracyMarkWithdrawn(work=work, pupil=pupil):
            return (MARK, work, pupil, ""), ""
        case AbsenceNoted(pupil=pupil) | AbsenceWithdrawn(pupil=pupil):
            return (ABSENCE, None, pupil, ""), ABSENT if isinstance(event, AbsenceNoted) else ""
        case TopicRecorded(text=text):
            return (TOPIC, None, None, ""), text
        case HomeworkSet(text=text):
            return (HOMEWORK, None, None, ""), text
        case HomeworkNotSet():
            return (HOMEWORK, None, None, ""), NOT_SET
        case WorkKindChanged(work=work, kind=kind):
            return (KIND, work, None, ""), kind
        case PeriodMarkGiven(pupil=pupil, kind=kind, value=value):
            return (PERIOD_MARK, None, pupil, kind), value
        case PeriodMarkWithdrawn(pupil=pupil, kind=kind):
            return (PERIOD_MARK, None, pupil, kind), ""
    raise KeyError(type(event).__name__)


def covers(asked: CorrectionRequested, event: object) -> bool:
    """Whether the entry is what the case asked for: this place, this value. Of a mark on two pages (7.15) each entry
    brings one part, and of a single number the second part goes."""
    place, words = says(event)
    if isinstance(event, LiteracyMarkWithdrawn):
        return place == place_of(asked) and "/" not in asked.new
    part = isinstance(event, _OF_TWO_PAGES) and words in asked.new.split("/")
    return place == place_of(asked) and (words == asked.new or part)


def holds(asked: CorrectionRequested, sheet: Sheet, marks: PeriodSheet | None) -> bool:
    """Whether the place is still as the requester saw it."""
    entry, words = stands(place_of(asked), sheet, marks)
    return (0 if entry is None else entry.position, words) == (asked.seen, asked.old)


def wanted(asked: CorrectionRequested) -> object | None:
    """The entry that would say what is asked for, without what it keeps of the one that stands; None of what no cell
    says (a move)."""
    case, new = asked.case, asked.new
    match asked.target, asked.pupil, asked.work:
        case "mark", UUID() as pupil, UUID() as work:
            taken = MarkWithdrawn(work=work, pupil=pupil, correction=case)
            return MarkGiven(work=work, pupil=pupil, value=_value(new), correction=case) if new else taken
        case "absence", UUID() as pupil, _:
            back = AbsenceWithdrawn(pupil=pupil, came_late=False, correction=case)
            return AbsenceNoted(pupil=pupil, correction=case) if new else back
        case "topic", _, _:
            return TopicRecorded(text=new, correction=case)
        case "homework", _, _ if new == NOT_SET:
            return HomeworkNotSet(correction=case)
        case "homework", _, _:
            return HomeworkSet(text=new, manner=(), due=None, due_lesson=None, correction=case)
        case "kind", _, UUID() as work:
            return WorkKindChanged(work=work, kind=new, correction=case)
        case "period_mark", UUID() as pupil, _ if asked.period is not None:
            place = {"journal": asked.journal, "period": asked.period, "kind": asked.kind, "pupil": pupil}
            if not new:
                return PeriodMarkWithdrawn(**place, correction=case)  # type: ignore[arg-type]
            return PeriodMarkGiven(**place, value=new, proposed="", rests_on=(), correction=case)  # type: ignore[arg-type]
    return None


def _value(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("/"))


def _spoken(value: tuple[int, ...]) -> str:
    return "/".join(map(str, value))
