"""What the class teacher says of absences: their category and document, and the dispute of an «н» (R-143, R-144)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.in_lesson import in_lesson
from commands.texts import plain
from ledger import streams
from ledger.effective import effective
from ledger.entry import Category, Draft
from ledger.events.attendance import (
    AbsenceDisputed,
    AbsenceDisputeDecided,
    AbsencesExplained,
    AbsenceWithdrawn,
    ExplanationWithdrawn,
)
from ledger.regulation import Regulation
from ledger.school import School, Span

DOCUMENT_LENGTH = 200  # characters
REASON_LENGTH = 500
LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceStretch:
    """One pupil's absences from `first` to `last`, both included; `document` may be empty: «справка № 45»."""

    pupil: UUID
    first: date
    last: date
    category: str
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplainAbsences:
    stretches: tuple[AbsenceStretch, ...]
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawExplanation:
    pupil: UUID
    explanation: UUID
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeAbsence:
    """The class teacher cannot take an «н» away, only say that the pupil was there."""

    lesson: UUID
    pupil: UUID
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideDispute:
    """`upheld`: the pupil was there and the «н» goes; else a `reason` is due."""

    case: UUID
    lesson: UUID
    upheld: bool
    reason: str = ""
    confirmed: bool = False


def pupils(command: ExplainAbsences | WithdrawExplanation, school: School) -> tuple[dict[str, Any], ...]:
    """Whose absences: rights are asked of each in the class he was in on the last of the days, so that whoever has left
    it has somebody to explain the days before."""
    if isinstance(command, WithdrawExplanation):
        return ({"pupil": command.pupil, "on": _left_on(command.pupil, school)},)
    asked = dict.fromkeys((each.pupil, each.last) for each in command.stretches)
    return tuple({"pupil": pupil, "on": _in_class(pupil, last, school)} for pupil, last in asked)


def _in_class(pupil: UUID, on: date, school: School) -> date:
    """The day, or the pupil's last in a class before it."""
    spans = [span for _, span in _classes(pupil, school)]
    return max((min(on, span.last or on) for span in spans if span.first <= on), default=on)


def _left_on(pupil: UUID, school: School) -> date | None:
    """The last day in a class of whoever has left or will; None (that is today) of all others."""
    lasts = [span.last for _, span in _classes(pupil, school)]
    return max((last for last in lasts if last is not None), default=None) if None not in lasts else None


def _classes(pupil: UUID, school: School) -> tuple[tuple[UUID, Span], ...]:
    return school.pupils[pupil].classes if pupil in school.pupils else ()


def excuses(
    command: ExplainAbsences | WithdrawExplanation, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """The streams of what was said of these pupils' absences."""
    if isinstance(command, WithdrawExplanation):
        return (streams.excuses(school.id, command.pupil),)
    return tuple(dict.fromkeys(streams.excuses(school.id, each.pupil) for each in command.stretches))


def disputes(
    command: DisputeAbsence | DecideDispute, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    return (streams.disputes(school.id, command.lesson),)


def explain_absences(command: ExplainAbsences, sight: Sight) -> tuple[Draft, ...]:
    found: list[Draft] = []
    for n, stretch in enumerate(dict.fromkeys(command.stretches)):
        _check(stretch)
        text = stretch.document.strip()
        document = plain(text, DOCUMENT_LENGTH) if text else ""
        event = AbsencesExplained(
            explanation=uuid5(sight.stamp.command_id, f"explanation {n}"),
            pupil=stretch.pupil,
            first=stretch.first,
            last=stretch.last,
            category=stretch.category,
            document=sight.sealed(document, about=stretch.pupil, part=n) if document else None,
        )
        found.append(_next(streams.excuses(sight.school.id, stretch.pupil), event, sight, found))
    return tuple(found)


def withdraw_explanation(command: WithdrawExplanation, sight: Sight) -> tuple[Draft, ...]:
    stream = streams.excuses(sight.school.id, command.pupil)
    said = [entry.event for entry in effective(sight.loaded.get(stream, ()))]
    if ExplanationWithdrawn(explanation=command.explanation) in said:
        return ()
    if not any(isinstance(e, AbsencesExplained) and e.explanation == command.explanation for e in said):
        raise Refusal("no-explanation", "Такой причины пропуска в журнале нет.", status=404)
    return (_next(stream, ExplanationWithdrawn(explanation=command.explanation), sight, []),)


def dispute_absence(command: DisputeAbsence, sight: Sight) -> tuple[Draft, ...]:
    lesson, reason = sight.lesson(command.lesson), plain(command.reason, REASON_LENGTH)
    if command.pupil not in sight.sheet(lesson.id).absences:
        raise Refusal("no-absence", "На этом уроке у ученика нет «н» — оспаривать нечего.", status=409)
    open_ones = (each for each in sight.disputes(lesson.id).values() if each.decided is None)
    if any(each.pupil == command.pupil for each in open_ones):
        raise Refusal("dispute-waits", "Эта «н» уже оспорена и ждёт решения.", status=409)
    event = AbsenceDisputed(
        case=uuid5(sight.stamp.command_id, "dispute"),
        lesson=lesson.id,
        journal=lesson.journal,
        pupil=command.pupil,
        reason=sight.sealed(reason, about=command.pupil),
    )
    return (_next(streams.disputes(sight.school.id, lesson.id), event, sight, []),)


def decide_dispute(command: DecideDispute, sight: Sight) -> tuple[Draft, ...]:
    """The decision and, where it is upheld, the withdrawal of the «н» it causes: one action."""
    dispute = sight.disputes(command.lesson).get(command.case)
    if dispute is None:
        raise Refusal("no-dispute", "Такого спора о «н» нет.", status=404)
    if dispute.decided is not None:
        raise Refusal("dispute-decided", "По этому спору уже есть решение — обновите страницу.", status=409)
    text = command.reason.strip()
    if not (text or command.upheld):
        raise Refusal("dispute-reason", "Чтобы оставить «н», напишите причину.")
    reason = sight.sealed(plain(text, REASON_LENGTH), about=dispute.pupil) if text else None
    decided = AbsenceDisputeDecided(case=command.case, upheld=command.upheld, reason=reason)
    stream = streams.disputes(sight.school.id, command.lesson)
    standing = command.upheld and dispute.pupil in sight.sheet(command.lesson).absences
    gone = (AbsenceWithdrawn(pupil=dispute.pupil, came_late=False),) if standing else ()
    # What caused the withdrawal has no position yet; the dispute it answers has one.
    cause = dispute.asked.position
    withdrawn = (replace(draft, causation=cause) for draft in in_lesson(command.lesson, sight, *gone))
    return (_next(stream, decided, sight, []), *withdrawn)


def _check(stretch: AbsenceStretch) -> None:
    if stretch.last < stretch.first:
        raise Refusal("absence-dates", "Последний день пропуска раньше первого.")
    if stretch.last - stretch.first > LONGEST:
        raise Refusal("absence-dates", "Пропуск длиннее года: проверьте дни.")


def _next(stream: UUID, event: object, sight: Sight, found: list[Draft]) -> Draft:
    taken = sight.version(stream) + sum(draft.stream == stream for draft in found)
    return drafts(Category.CASE, stream, taken, event)[0]
