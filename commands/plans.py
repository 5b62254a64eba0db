"""The thematic plan: drawn up once for a subject and a parallel, changed with a reason, approved (R-011, R-077…R-082).

Streams: the plan's head (category school) and its items (category plan).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.importing.terms import numbered
from commands.known import a_subject
from commands.texts import tidy
from ledger import streams
from ledger.clause import point
from ledger.entry import Category, Draft
from ledger.events.journals import PlanOpened
from ledger.events.plans import PlanApproved, PlanItemsSet, PlanReturned
from ledger.plan import Plan, changes, fold_plan, items_of
from ledger.regulation import Regulation
from ledger.rules.deputies import deputy_for
from ledger.rules.texts import text_finding
from ledger.school import School
from ledger.school_records import PlanHead
from ledger.windows import spoken

Day = date  # for fields after one that is called date
LONGEST_PLAN = 2_000  # lines; the fullest subject has some two hundred hours a year
LONGEST_NOTE = 200  # characters of a title, a section's end, a kind
MOST_HOURS = 100_000  # of one line, in hundredths
WRONG_TEXT = "от одного до {} знаков обычного текста, без управляющих символов"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLine:
    """A line as it is to be; `number` is the one it has in the plan, 0 for a new one. `hours` in hundredths; `kind` a
    kind of work, by its key or its name, or what the school calls it."""

    topic: str
    number: int = 0
    section: str = ""
    hours: int = 100
    date: Day | None = None
    kind: str = ""
    control: bool = False
    homework: str = ""


_LINES = {"longest": LONGEST_PLAN}


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawUpPlan:
    """For a parallel and a year, by default the running one."""

    subject: UUID
    grade: int
    title: str
    year: int | None = None
    items: tuple[PlanLine, ...] = field(default=(), metadata=_LINES)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePlan:
    """All lines as they are from now on. `seen`: the plan's last entry as shown, 0 for an empty plan; `reason` must be
    given when the plan is in force (R-082)."""

    plan: UUID
    items: tuple[PlanLine, ...] = field(metadata=_LINES)
    reason: str = ""
    seen: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovePlan:
    plan: UUID
    seen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnPlan:
    plan: UUID
    reason: str
    seen: int


def of_subject(command: DrawUpPlan, school: School) -> tuple[dict[str, object], ...]:
    return ({"subject": command.subject},)


def of_plan(command: ChangePlan, school: School) -> tuple[dict[str, object], ...]:
    head = school.plans.get(command.plan)
    return ({"subject": head.subject if head is not None else None},)


def itself(
    command: ChangePlan | ApprovePlan | ReturnPlan, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    return (command.plan,)


def draw_up_plan(command: DrawUpPlan, sight: Sight) -> tuple[Draft, ...]:
    opened = _opened(command, sight)
    facts = numbered([(streams.plan_head(opened.plan), opened)], sight.school)
    if not command.items:
        return facts
    items = _items(command.items, fold_plan(()), opened.year, "", sight)
    return (*facts, *drafts(Category.PLAN, opened.plan, 0, items))


def _opened(command: DrawUpPlan, sight: Sight) -> PlanOpened:
    school, subject = sight.school, a_subject(command.subject, sight)
    year = command.year or school.year_of(sight.now.date()) or max(school.years, default=0)
    title = _text(command.title, LONGEST_NOTE, "Название плана")
    if not any((klass.grade, klass.year) == (command.grade, year) for klass in school.classes.values()):
        raise Refusal("plan-grade", f"{command.grade}-х классов в этом учебном году нет.")
    same = (subject.id, command.grade, year, title.casefold())
    if any((p.subject, p.grade, p.year, p.title.casefold()) == same for p in school.plans.values()):
        raise Refusal("plan-twice", "План с таким названием для этой параллели уже есть: назовите иначе.")
    return PlanOpened(
        plan=uuid5(sight.stamp.command_id, "plan"),
        subject=subject.id,
        grade=command.grade,
        year=year,
        title=title,
    )


def change_plan(command: ChangePlan, sight: Sight) -> tuple[Draft, ...]:
    head, plan = a_plan(command.plan, sight), the_plan(command.plan, sight)
    reason = tidy(command.reason)
    event = _items(command.items, plan, head.year, reason, sight)
    if plan.history and not changes(plan.items, items_of(event)):
        return ()
    _agree(command.seen, plan)
    if reason or in_force(head.id, plan, sight.school, sight.regulation):
        _text(reason, LONGEST_NOTE * 5, "Причина изменения")
    return drafts(Category.PLAN, head.id, plan.version, event)


def approve_plan(command: ApprovePlan, sight: Sight) -> tuple[Draft, ...]:
    plan = _to_approve(command, sight)
    if plan.state == "approved":
        return ()
    return drafts(Category.PLAN, command.plan, plan.version, PlanApproved())


def return_plan(command: ReturnPlan, sight: Sight) -> tuple[Draft, ...]:
    plan = _to_approve(command, sight)
    reason = _text(command.reason, LONGEST_NOTE * 5, "Причина возврата")
    return drafts(Category.PLAN, command.plan, plan.version, PlanReturned(reason=reason))


def _to_approve(command: ApprovePlan | ReturnPlan, sight: Sight) -> Plan:
    a_plan(command.plan, sight)
    plan = the_plan(command.plan, sight)
    if not sight.regulation.plan_approval:
        raise Refusal("plan-approval", "По порядку вашей школы КТП не утверждают: он действует сразу.")
    if not deputy_for("plan", sight.stamp.person, sight.now.date(), sight.school, sight.regulation):
        who = ", ".join(sorted(sight.regulation.competences_for("plan")))
        clause = sight.regulation.clauses["P-06"]
        raise Refusal(
            "P-06", f"КТП утверждает заместитель директора по {who} ({point(clause)}).", clause=clause
        )
    if not plan.items:
        raise Refusal("plan-empty", "В плане нет ни одной строки: утверждать нечего.")
    _agree(command.seen, plan)
    return plan


def a_plan(plan: UUID, sight: Sight) -> PlanHead:
    known = sight.school.plans.get(plan)
    if known is None:
        raise Refusal("plan-exists", "Такого плана нет.", status=404)
    return known


def the_plan(plan: UUID, sight: Sight) -> Plan:
    return fold_plan(sight.loaded.get(plan, ()))


def in_force(plan: UUID, known: Plan, school: School, regulation: Regulation) -> bool:
    """Whether a change of it needs a reason: it was approved once, or, where nobody approves, a page goes by it."""
    if regulation.plan_approval:
        return known.was_approved
    return any(page.plan == plan for page in school.journals.values())


def _agree(seen: int, plan: Plan) -> None:
    if seen != plan.position:
        sentence = "Пока вы правили план, его изменили. Откройте его заново: ваши строки не записаны."
        raise Refusal("plan-changed", sentence)


def _items(lines: tuple[PlanLine, ...], plan: Plan, year: int, reason: str, sight: Sight) -> PlanItemsSet:
    if len(lines) > LONGEST_PLAN:
        raise Refusal("plan-long", f"Строк больше {LONGEST_PLAN}: это не план.")
    kept = [_line(place, line, year, sight) for place, line in enumerate(lines, start=1)]
    return PlanItemsSet(
        numbers=tuple(_numbers(lines, plan)),
        sections=tuple(line.section for line in kept),
        topics=tuple(line.topic for line in kept),
        hours=tuple(line.hours for line in kept),
        dates=tuple(line.date for line in kept),
        kinds=tuple(line.kind for line in kept),
        controls=tuple(line.control for line in kept),
        homeworks=tuple(line.homework for line in kept),
        reason=reason,
    )


def _numbers(lines: tuple[PlanLine, ...], plan: Plan) -> Iterator[int]:
    """Those the lines have; new ones have numbers no line ever had."""
    taken, new = set(), plan.next_number
    for place, line in enumerate(lines, start=1):
        if line.number and (line.number in taken or not 0 < line.number < plan.next_number):
            raise Refusal("plan-number", f"Строка {place}: такой строки в плане нет или она указана дважды.")
        taken.add(line.number)
        yield line.number or new
        new += not line.number


def _line(place: int, line: PlanLine, year: int, sight: Sight) -> PlanLine:
    where, regulation = f"Строка {place}, ", sight.regulation
    kind = _text(line.kind, LONGEST_NOTE, f"{where}вид работы", blank=True)
    known = kind_of(kind, regulation)
    if not 0 < line.hours <= MOST_HOURS:
        raise Refusal("plan-hours", f"{where}часы: больше нуля и не больше {MOST_HOURS // 100}.")
    span = sight.school.years.get(year)
    if line.date is not None and span is not None and line.date not in span:
        raise Refusal("plan-date", f"{where}дата {spoken(line.date)} не в этом учебном году.")
    return PlanLine(
        topic=_text(line.topic, regulation.topic_length, f"{where}тема"),
        section=_text(line.section, regulation.topic_length, f"{where}раздел", blank=True),
        hours=line.hours,
        date=line.date,
        kind=known or kind,
        control=line.control or (known is not None and regulation.work_kinds[known].control),
        homework=_text(line.homework, regulation.homework_length, f"{where}домашнее задание", blank=True),
    )


def kind_of(text: str, regulation: Regulation) -> str | None:
    """The key of the school's kind of work that goes by this name."""
    wanted = text.casefold()
    named = ((key, (key.casefold(), kind.title.casefold())) for key, kind in regulation.work_kinds.items())
    return next((key for key, words in named if wanted in words), None)


def _text(text: str, limit: int, what: str, *, blank: bool = False) -> str:
    """Raises Refusal that says what the text is of."""
    found = tidy(text)
    if text_finding(found, limit, blank=blank) is not None:
        raise Refusal("plain-text", f"{what}: {WRONG_TEXT.format(limit)}.")
    return found
