"""What a deputy looks for, by the formulas of requirements 1.U: C-05, C-09, C-12, C-16, C-18, C-25, C-26, C-29."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.calendar import DistanceDeclared
from ledger.events.corrections import (
    CorrectionApproved,
    CorrectionDeclined,
    CorrectionRequested,
    CorrectionWithdrawn,
)
from ledger.events.families import SlipHandedOut, SlipsPrepared
from ledger.events.journals import PlanBound, StudyPlanSet
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.plans import PlanItemsSet
from tests.plain_year.facts import Facts, Filter, Sheet, corrects, found_late, percent
from tests.plain_year.families import led
from tests.plain_year.marks import CONTROL, period_marks, taught
from tests.plain_year.results import SPAN
from tests.plain_year.teaching import Figures, Lines

HOUR = 100  # hours are in hundredths
LABS = ("laboratory", "practical")


def programme(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-05 per page: hours by curriculum, by КТП to date (P), held (F), lag = P - F, % = F ÷ P; since the year began,
    for the plan's dates do. An hour of the programme is a held lesson with a topic; a line of the plan is due when the
    lesson of its day is over, without a lesson when the day is."""
    bound = {entry.stream: event.plan for entry, event in facts.of(PlanBound)}
    plans = {entry.stream: event for entry, event in facts.of(PlanItemsSet)}
    hours = {(entry.stream, event.subject): event.year_hours for entry, event in facts.of(StudyPlanSet)}
    cut = min(datetime.combine(about.last, time.max), facts.now)
    counts: dict[UUID, Counter[str]] = defaultdict(Counter)
    for lesson in facts.held(Filter(first=SPAN[0], last=cut.date())):
        sheet = facts.sheets.get(lesson.id)
        if lesson.mode != "7.13" and sheet is not None and sheet.topic is not None:
            own = counts[lesson.journal]
            own["held"] += HOUR
            own["moved"] += lesson.moved_from is not None
            own["substituted"] += lesson.id in facts.substitutions
            own["extracurricular"] += lesson.mode != ""
            own["distance"] += any(_distant(facts, lesson.journal, lesson.date))
    lines: Lines = {}
    for journal, page in facts.pages.items():
        if not facts.asked(journal, about) or not taught(facts, journal, about):
            continue
        plan, own = plans.get(bound.get(journal)), counts[journal]  # type: ignore[arg-type]
        year = hours.get((page.class_id, page.subject), 0) * HOUR
        if plan is None and not own["held"] and not year:
            continue
        planned = _planned(facts, journal, plan, cut) if plan is not None else 0
        lines[str(journal)] = {
            "curriculum": year,
            "whole": sum(plan.hours) if plan is not None else 0,
            "planned": planned,
            **{key: own[key] for key in ("held", "substituted", "moved", "extracurricular", "distance")},
            "lag": planned - own["held"] if plan is not None else None,
            "percent": percent(own["held"], planned),
        }
    return lines, {}


def _planned(facts: Facts, journal: UUID, plan: PlanItemsSet, cut: datetime) -> int:
    timetable = facts.school.timetable
    own = [*timetable.by_journal.get(journal, ()), *timetable.left.values()]
    ends: dict[date, datetime] = {}
    for lesson in own:
        first = timetable.left.get(lesson.id, lesson)  # where it was planned at first
        if lesson.journal == journal and first.number < 9:  # 9 are lessons the year added
            ends[first.date] = min(first.ends, ends.get(first.date, first.ends))
    return sum(
        hours
        for hours, day in zip(plan.hours, plan.dates, strict=True)
        if day is not None and ends.get(day, datetime.combine(day, time.max)) <= cut
    )


def curriculum(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-12: C-05 by subject and parallel, and by level; P and F of the pages that have a plan."""
    pages, _ = programme(facts, about)
    bound = {entry.stream for entry, event in facts.of(PlanBound)}
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for key, own in pages.items():
        page = facts.pages[UUID(key)]
        klass = facts.classes[page.class_id]
        for into in (sums[f"{klass.level}/{klass.grade}/{page.subject}"], sums[klass.level]):
            into["pages"] += 1
            into["curriculum"] += own["curriculum"]
            into["whole"] += own["whole"]
            if UUID(key) in bound:
                into["planned"] += own["planned"]
                into["held"] += own["held"]
    columns = ("pages", "curriculum", "whole", "planned", "held")
    return {
        key: {name: own[name] for name in columns}
        | {"lag": own["planned"] - own["held"], "percent": percent(own["held"], own["planned"])}
        for key, own in sums.items()
    }, {}


def corrections(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-16: cases asked for in these days; hours from asking to the decision."""
    decided = {
        event.case: entry
        for entry, event in facts.of(CorrectionApproved, CorrectionDeclined, CorrectionWithdrawn)
    }
    words = {
        CorrectionApproved: "исправлено",
        CorrectionDeclined: "отклонено",
        CorrectionWithdrawn: "запрос отозван",
    }
    lines: Lines = {}
    for entry, event in facts.of(CorrectionRequested):
        asked = facts.local(entry.stamp.received_at)
        if not about.first <= asked.date() <= about.last or not facts.asked(event.journal, about):
            continue
        if about.teacher not in (None, entry.stamp.person):
            continue
        end = decided.get(event.case)
        spent = None if end is None else (end.stamp.received_at - entry.stamp.received_at).total_seconds()
        lines[str(event.case)] = {
            "asked": asked,
            "old": event.old or None,
            "new": event.new or None,
            "status": "ждёт решения" if end is None else words[type(end.event)],  # type: ignore[index]
            "hours": None if spent is None else round(spent / 3600, 2),
        }
    approved = sum(own["status"] == "исправлено" for own in lines.values())
    return lines, {"cases": (len(lines), None, None), "approved": (approved, approved, len(lines))}


def late(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-18: valid entries of these days that were late, by position, with the delay in minutes; and refusals."""
    lines: Lines = {}
    permitted = 0
    for entry in facts.living:
        at, page = facts.local(entry.stamp.received_at), _page(facts, entry)
        if not found_late(entry) or page is None or not about.first <= at.date() <= about.last:
            continue
        if facts.asked(page, about) and about.teacher in (None, entry.stamp.person):
            delay = max(each.delay for each in entry.findings if each.delay is not None)
            lines[str(entry.position)] = {"at": at, "delay": -(-delay // 60)}
            permitted += entry.causation is not None
    refused = [
        each
        for each in facts.refused
        if about.first <= facts.local(each.at).date() <= about.last
        and about.teacher in (None, each.person)
        and facts.asked(facts.page_of(each.lesson), about)
    ]
    stopped = {f"refused/{each.id}": {"at": facts.local(each.at), "delay": None} for each in refused}
    return lines | stopped, {
        "late": (len(lines), None, None),
        "permitted": (permitted, None, None),
        "refused": (len(refused), None, None),
    }


def _page(facts: Facts, entry: Entry) -> UUID | None:
    if isinstance(entry.event, PeriodMarkGiven):
        return entry.event.journal
    held = facts.sheets[entry.stream].held if entry.stream in facts.sheets else None
    return held.journal if held is not None else None


def slips(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-25: pupil, week, prepared, handed out."""
    lines: Lines = {}
    for entry, event in facts.of(SlipsPrepared):
        week = event.week
        inside = week <= about.last and week + timedelta(days=6) >= about.first
        level = facts.classes[event.class_id].level
        if (
            inside
            and led(facts, event.class_id, about)
            and about.class_id in (None, event.class_id)
            and about.level in (None, level)
        ):
            for pupil in event.pupils:
                at = facts.local(entry.stamp.received_at)
                lines[f"{week.isoformat()}/{pupil}"] = {
                    "prepared": at,
                    "handed": _handed(facts, entry, pupil),
                }
    part = sum(own["handed"] is not None for own in lines.values())
    return lines, {"handed": (percent(part, len(lines)), part, len(lines))}


def _handed(facts: Facts, prepared: Entry, pupil: UUID) -> Any:
    return next(
        (
            facts.local(entry.stamp.received_at)
            for entry, event in facts.of(SlipHandedOut)
            if entry.stream == prepared.stream and event.pupil == pupil
        ),
        None,
    )


def briefings(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-26: laboratory and practical works, and whether the briefing stands there."""
    lines: Lines = {}
    for lesson in facts.held(about):
        sheet = facts.sheets.get(lesson.id)
        if sheet is not None and any(work.kind in LABS for work in sheet.works.values()):
            lines[str(lesson.id)] = {
                "date": lesson.date,
                "recorded": "отмечен отдельно" if sheet.briefing is not None else "не записан",
            }
    there = sum(own["recorded"] != "не записан" for own in lines.values())
    return lines, {
        "recorded": (percent(there, len(lines)), there, len(lines)),
        "missing": (len(lines) - there, None, None),
    }


KINDS = ("absent", "leave", "unplanned", "distance", "deviation", "control", "double")


def contradictions(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-29: where and of whom, by kind."""
    found = {key: on for key, on in _contradictions(facts, about) if about.first <= on <= about.last}
    for entry, last in _far(facts, about):
        event: Any = entry.event
        found[f"deviation/{event.journal}/{event.period}/{event.pupil}"] = last
    counts = Counter(key.split("/")[0] for key in found)
    lines: Lines = {key: {"date": on} for key, on in found.items()}
    return lines, {kind: (counts[kind], None, None) for kind in KINDS} | {"all": (len(found), None, None)}


def _contradictions(facts: Facts, about: Filter) -> Iterator[tuple[str, date]]:
    for lesson, sheet in facts.sheets.items():
        held = sheet.held
        if held is None or not facts.asked(held.journal, about) or not taught(facts, held.journal, about):
            continue
        planned = facts.school.timetable.by_id.get(lesson)
        on = planned.date if planned is not None else held.date
        for work, pupil in sheet.marks:
            if pupil in sheet.absent:
                yield f"absent/{lesson}/{work}/{pupil}", on
        if _on_leave(facts, sheet, on):
            yield f"leave/{lesson}", on
        if planned is None and _says(sheet):
            yield f"unplanned/{lesson}", on
        for pupil in sheet.absent if any(_distant(facts, held.journal, on)) else ():
            yield f"distance/{lesson}/{pupil}", on
        for each in _incomplete(facts, sheet, held.journal, on):
            yield f"control/{lesson}/{each}", on
    for other, on in _merged(facts, about):
        yield f"double/{other}", on


def _says(sheet: Sheet) -> bool:
    return bool(sheet.topic or sheet.homework or sheet.taken or sheet.marks or sheet.absent)


def _on_leave(facts: Facts, sheet: Sheet, on: date) -> bool:
    """Whether anything that stands there was written by who was away; what a correction brought its approver did."""
    said = [each for each in (sheet.topic, sheet.homework, sheet.taken, sheet.briefing) if each is not None]
    said += [*sheet.marks.values(), *sheet.literacy.values(), *sheet.absent.values(), *sheet.late.values()]
    away = {person for person, event in facts.ill if event.first <= on <= event.until}
    return any(each.stamp.person in away for each in said if not corrects(each))


def _distant(facts: Facts, journal: UUID, on: date) -> Iterator[bool]:
    for _, event in facts.of(DistanceDeclared):
        yield facts.pages[journal].class_id in event.classes and event.first <= on <= event.last


def _incomplete(facts: Facts, sheet: Sheet, journal: UUID, on: date) -> Iterator[UUID]:
    for work in sheet.works.values():
        if work.kind in CONTROL and work.due < facts.now:
            there = [p for p in facts.places if facts.liable(p, journal, on) and p not in sheet.absent]
            if any((work.work, pupil) not in sheet.marks for pupil in there):
                yield work.work


def _far(facts: Facts, about: Filter) -> Iterator[tuple[Entry, date]]:
    """With the last day of the period."""
    for (journal, period, kind, _), entry in period_marks(facts).items():
        event: Any = entry.event
        term = facts.periods.get(period)
        if kind != "period" or term is None or term.first > about.last or term.last < about.first:
            continue
        if not facts.asked(journal, about) or not taught(facts, journal, about):
            continue
        if event.value.isdigit() and event.proposed and abs(int(event.value) - int(event.proposed)) > 1:
            yield entry, term.last


def _merged(facts: Facts, about: Filter) -> Iterator[tuple[UUID, date]]:
    """Of two lessons of a page in a row, one of which has a topic, that which has nothing at all."""
    days: dict[tuple[UUID, date], list[Any]] = defaultdict(list)
    for lesson in facts.held(about, by_teacher=False):
        if taught(facts, lesson.journal, about):
            days[lesson.journal, lesson.date].append(lesson)
    for own in days.values():
        for one, other in pairwise(own):
            sheets = [facts.sheets.get(one.id, Sheet()), facts.sheets.get(other.id, Sheet())]
            topics = [each.topic is not None for each in sheets]
            empty = [not _says(each) for each in sheets]
            if other.number == one.number + 1 and topics[0] and empty[1]:
                yield other.id, other.date
            elif other.number == one.number + 1 and topics[1] and empty[0]:
                yield one.id, one.date
