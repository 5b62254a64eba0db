"""Corrections as cases: request, approve, decline, withdraw (R-163…R-167, 7.14(b9), 9.2(b4)).

A case opens exactly its cell, while what the requester saw stands there; what it brings is written by the same append
as the deputy's word. Marks of graduating classes take more: commands.final_corrections.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from commands import correction_moves
from commands.applying import TARGETS, Brought, numbered
from commands.deciding import Page, Refusal, Sight
from commands.period_facts import span_of
from commands.period_reads import of_page
from commands.texts import plain, tidy
from ledger import streams
from ledger.correction import OPEN, CorrectionCase, Place, place_of
from ledger.correction_cell import PERIOD_MARK, stands
from ledger.entry import Category, Draft, Entry
from ledger.events.corrections import (
    CorrectionApproved,
    CorrectionDeclined,
    CorrectionRequested,
    CorrectionWithdrawn,
)
from ledger.personal import PersonalText
from ledger.regulation import Regulation
from ledger.school import School

REASON_LENGTH = 1000  # characters; of a final mark it is the written explanation
WITH_WORDS = frozenset(TARGETS) - {"move"}  # what a case about it says is the value of a cell
GROUNDS = ("erroneous_entry", "omitted", "revision", "other")  # an order is named: commands.bulk_corrections


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionItem:
    """`target` and the fields that name its place as in CorrectionRequested. `new`: «4», «4/3», «н», the words of a
    topic or of homework, «не задано», the key of a kind of work, «5», «осв», «н/а»; «» takes away. `seen` is the entry
    the person saw there, 0 for none."""

    target: str
    lesson: UUID | None = None
    journal: UUID | None = None
    period: UUID | None = None
    work: UUID | None = None
    pupil: UUID | None = None
    kind: str = ""
    new: str = ""
    seen: int = 0
    to_date: date | None = None
    to_number: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestCorrections:
    """Several items are asked for together. `report` is the error report they answer."""

    items: tuple[CorrectionItem, ...]
    ground: str
    reason: str
    report: UUID | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionRef:
    """A case and the lesson or the period sheet it is about."""

    case: UUID
    lesson: UUID | None = None
    journal: UUID | None = None
    period: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApproveCorrections:
    cases: tuple[CorrectionRef, ...]
    reason: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineCorrections:
    cases: tuple[CorrectionRef, ...]
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawCorrection:
    case: UUID
    lesson: UUID | None = None
    journal: UUID | None = None
    period: UUID | None = None
    confirmed: bool = False


# What the commands are about: each of their items, or the command itself.


def _named(command: Any) -> tuple[Any, ...]:
    several = getattr(command, "items", getattr(command, "cases", None))
    return (command,) if several is None else several


def lessons(command: Any) -> tuple[UUID, ...]:
    found = (getattr(each, "lesson", None) for each in _named(command))
    return tuple(dict.fromkeys(lesson for lesson in found if lesson is not None))


def sheets(command: Any, school: School) -> tuple[Page, ...]:
    """Of what is about no lesson."""
    found = (
        (each.journal, each.period)
        for each in _named(command)
        if getattr(each, "lesson", None) is None and None not in (each.journal, each.period)
    )
    return tuple(dict.fromkeys(found))


def pages(command: Any, school: School) -> tuple[dict[str, Any], ...]:
    """Rights to a period mark: of whoever taught the page when the period ended, or teaches it today."""
    return tuple(
        {"journal": journal, "on": span_of(school, journal, period).last}
        for journal, period in sheets(command, school)
    )


def cases(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The cases of the lessons, the error reports of all (those of sheets are read with them)."""
    own = (streams.period_sheet(school.id, *sheet) for sheet in sheets(command, school))
    about = (*lessons(command), *own)
    said = (streams.error_reports(school.id, each) for each in about)
    return (*(streams.corrections(school.id, each) for each in lessons(command)), *said)


def evidence(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """And what a new period mark rests on."""
    found = (of_page(*sheet, school, regulation) for sheet in sheets(command, school))
    return tuple(
        dict.fromkeys((*cases(command, school, regulation), *(each for one in found for each in one)))
    )


def request_corrections(command: RequestCorrections, sight: Sight) -> tuple[Draft, ...]:
    of_sheets = all(item.target == PERIOD_MARK for item in command.items)
    if command.ground not in GROUNDS or (command.ground == "revision" and not of_sheets):
        raise Refusal("correction-ground", "Выберите основание исправления из списка.")
    return opened(command.items, command.ground, command.reason, sight, report=command.report)


def opened(
    items: Iterable[CorrectionItem],
    ground: str,
    reason: str,
    sight: Sight,
    *,
    report: UUID | None = None,
    order: UUID | None = None,
    act: UUID | None = None,
) -> tuple[Draft, ...]:
    """A case for each item; `bulk` ties several together."""
    wanted = tuple(dict.fromkeys(items))
    if not wanted:
        raise Refusal("correction-items", "Укажите, что исправить.")
    _report_is_there(report, wanted, sight)
    words = plain(reason, REASON_LENGTH)
    bulk = uuid5(sight.stamp.command_id, "bulk") if len(wanted) > 1 else None
    found: list[Brought] = []
    places: set[tuple[UUID, Place]] = set()
    for n, item in enumerate(wanted):
        sealed = sight.sealed(words, about=sight.stamp.person, part=n)
        event = _requested(item, n, ground, sealed, sight, (report, order, bulk, act))
        place = (about(event, sight), place_of(event))
        if place in places:
            raise Refusal("correction-twice", "Одна запись названа дважды: оставьте одно исправление.")
        places.add(place)
        found.append(in_cases(event, event, sight))
    return numbered(found, sight)


def _requested(
    item: CorrectionItem,
    n: int,
    ground: str,
    reason: PersonalText,
    sight: Sight,
    ties: tuple[UUID | None, ...],
) -> CorrectionRequested:
    names = _named_in_full(item)
    TARGETS[item.target].fits(item, sight)
    journal = sight.lesson(item.lesson).journal if item.lesson is not None else item.journal
    assert journal is not None
    report, order, bulk, act = ties
    event = CorrectionRequested(
        case=uuid5(sight.stamp.command_id, str(n)),
        journal=journal,
        target=item.target,
        old="",
        new=tidy(item.new),
        seen=item.seen,
        ground=ground,
        reason=reason,
        lesson=item.lesson,
        period=item.period if "period" in names else None,
        work=item.work if "work" in names else None,
        pupil=item.pupil if "pupil" in names else None,
        kind=item.kind if "kind" in names else "",
        to_date=item.to_date,
        to_number=item.to_number,
        order=order,
        bulk=bulk,
        report=report,
        act=act,
    )
    return _over_what_stands(event, sight)


def _named_in_full(item: CorrectionItem) -> frozenset[str]:
    """The fields that name its place."""
    target = TARGETS.get(item.target)
    names = frozenset() if target is None else target.names
    missing = any(getattr(item, name) in (None, "", 0) for name in names)
    if target is None or missing or (item.lesson is not None) != ("lesson" in names):
        raise Refusal(
            "correction-items", "Исправление названо неполно: не хватает урока, клетки или ведомости."
        )
    return names


def _over_what_stands(event: CorrectionRequested, sight: Sight) -> CorrectionRequested:
    """With the words of what stands there. Refused: over another value than was seen, for the same one, beside a case
    that waits."""
    entry, old = standing(event, sight)
    if event.seen != (0 if entry is None else entry.position):
        now = f"теперь там «{old}»" if old else "теперь там пусто"
        raise Refusal(
            "correction-changed",
            f"Запись уже другая: {now}. Обновите страницу и посмотрите ещё раз.",
            status=409,
        )
    if event.new == old and event.target in WITH_WORDS:
        raise Refusal("correction-same", "Новое значение такое же, как то, что стоит сейчас.")
    waiting = sight.corrections(about(event, sight)).open_on(place_of(event))
    if waiting is not None:
        raise Refusal("correction-open", "Об этой записи уже есть запрос, по нему ещё не решили.", status=409)
    return replace(event, old=old)


def standing(asked: CorrectionRequested, sight: Sight) -> tuple[Entry | None, str]:
    """What is in the place now. Raises Refusal where the lesson has no records at all."""
    if asked.lesson is None:
        assert asked.period is not None
        marks = sight.period_sheet(asked.journal, asked.period)
        return stands(place_of(asked), sight.sheet(about(asked, sight)), marks)
    sheet = sight.sheet(asked.lesson)
    if sheet.held is None and asked.target in WITH_WORDS and asked.act is None:
        raise Refusal(
            "correction-nothing",
            "В этом уроке ещё ничего не записано: исправлять нечего. Запросите внесение после срока.",
            status=409,
        )
    return stands(place_of(asked), sheet, None)


def approve_corrections(command: ApproveCorrections, sight: Sight) -> tuple[Draft, ...]:
    reason = plain(command.reason, REASON_LENGTH) if command.reason.strip() else ""
    cases = _by_turns(command.cases, sight)
    found: dict[tuple[UUID, object], Brought] = {}  # a lesson that several cases open is opened once
    for n, case in enumerate(cases):
        unchanged(case.asked, sight)
        sealed = sight.sealed(reason, about=case.requested.stamp.person, part=n) if reason else None
        for each in brought(case, CorrectionApproved(case=case.case, reason=sealed), sight):
            found.setdefault((each.stream, each.event), each)
    correction_moves.together((case.asked for case in cases if case.asked.target == "move"), sight)
    return numbered(found.values(), sight)


def brought(case: CorrectionCase, word: object, sight: Sight) -> tuple[Brought, ...]:
    """The word that settles the case and what it brings: the request is their cause, so that whoever looks into a
    breach of access finds them (E-05)."""
    asked = case.asked
    whole = (in_cases(word, asked, sight), *TARGETS[asked.target].brings(asked, sight))
    return tuple(replace(each, causation=case.requested.position) for each in whole)


def _by_turns(refs: Iterable[CorrectionRef], sight: Sight) -> tuple[CorrectionCase, ...]:
    """What is taken away goes first: an «н» gives way to the mark that another of the cases brings (P-29)."""
    found = tuple(waiting(ref, sight) for ref in dict.fromkeys(refs))
    if not found:
        raise Refusal("correction-items", "Выберите хотя бы один запрос.")
    return tuple(sorted(found, key=lambda case: case.asked.new != ""))


def decline_corrections(command: DeclineCorrections, sight: Sight) -> tuple[Draft, ...]:
    reason = plain(command.reason, REASON_LENGTH)
    found: list[Brought] = []
    for n, case in enumerate(_by_turns(command.cases, sight)):
        sealed = sight.sealed(reason, about=case.requested.stamp.person, part=n)
        found.append(in_cases(CorrectionDeclined(case=case.case, reason=sealed), case.asked, sight))
    return numbered(found, sight)


def withdraw_correction(command: WithdrawCorrection, sight: Sight) -> tuple[Draft, ...]:
    case = waiting(command, sight)
    if case.requested.stamp.person != sight.stamp.person:
        raise Refusal("not-allowed", "Запрос отзывает тот, кто его подал.", status=403)
    return numbered((in_cases(CorrectionWithdrawn(case=case.case), case.asked, sight),), sight)


def waiting(ref: Any, sight: Sight) -> CorrectionCase:
    """The case that waits for a decision. Raises Refusal for any other."""
    case = sight.corrections(about(ref, sight)).cases.get(ref.case)
    if case is None:
        raise Refusal("correction-case", "Такого запроса нет.", status=404)
    if case.status != OPEN:
        raise Refusal(
            "correction-decided", "По этому запросу уже есть решение — обновите страницу.", status=409
        )
    return case


def unchanged(asked: CorrectionRequested, sight: Sight) -> None:
    """Raises Refusal when another value stands there than the requester saw: a colleague's, or an older one after the
    entry was declared void."""
    entry, now = standing(asked, sight)
    if (0 if entry is None else entry.position, now) == (asked.seen, asked.old):
        return
    raise Refusal(
        "correction-changed",
        f"После запроса запись изменилась: было «{asked.old or 'пусто'}», теперь «{now or 'пусто'}». "
        "Отклоните запрос: если исправление ещё нужно, учитель подаст новый.",
        status=409,
    )


def about(named: Any, sight: Sight) -> UUID:
    """The lesson or the period sheet. Raises Refusal where neither is named."""
    lesson: UUID | None = getattr(named, "lesson", None)
    if lesson is not None:
        return lesson
    if named.journal is None or named.period is None:
        raise Refusal("correction-items", "Не сказано, об уроке или о какой ведомости запрос.")
    return streams.period_sheet(sight.school.id, named.journal, named.period)


def in_cases(event: object, named: Any, sight: Sight) -> Brought:
    """A word about a case, in the stream of the cases of its lesson or sheet."""
    stream = streams.corrections(sight.school.id, about(named, sight))
    return Brought(category=Category.CASE, stream=stream, event=event)


def _report_is_there(report: UUID | None, items: Iterable[CorrectionItem], sight: Sight) -> None:
    if report is not None and not all(report in sight.tickets(about(i, sight)).tickets for i in items):
        raise Refusal(
            "correction-report",
            "Сообщение об ошибке не об этих записях: ответьте на него исправлением той, что в нём названа.",
            status=404,
        )
