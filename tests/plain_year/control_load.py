"""How many control works a class has in a day and a week, by the formula of requirements 1.U: C-20."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.events.journals import HomeJournalListed, PlanBound
from ledger.events.lessons import TopicRecorded
from ledger.events.plans import PlanItemsSet
from tests.plain_year.facts import Facts, Filter
from tests.plain_year.marks import CONTROL, taught
from tests.plain_year.teaching import Figures, Lines

Days = dict[tuple[UUID, date], set[UUID]]  # class, day → subjects


def control_load(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-20 class × day × works: more than one a day, more than three a week is too much. Groups of a subject write one
    work; what one pupil writes at home is no load of the class. A day is shown where a work is of the subject and
    teacher asked for, and its week is counted whole."""
    days: Days = defaultdict(set)
    for journal, on in (*_standing(facts), *_planned(facts)):
        page = facts.pages[journal]
        if not isinstance(page, HomeJournalListed):
            days[page.class_id, on].add(page.subject)
    weeks: dict[tuple[UUID, date], int] = defaultdict(int)
    for (class_id, on), subjects in days.items():
        weeks[class_id, _monday(on)] += len(subjects)
    lines: Lines = {}
    full: set[tuple[UUID, date]] = set()
    for (class_id, on), subjects in days.items():
        if about.first <= on <= about.last and subjects & _wanted(facts, class_id, about):
            week = class_id, _monday(on)
            lines[f"{class_id}/{on}"] = _line(facts, class_id, on, len(subjects), weeks[week])
            full |= {week} if weeks[week] > 3 else set()
    return lines, {
        "works": (sum(own["day"] for own in lines.values()), None, None),
        "days": (sum(own["day"] > 1 for own in lines.values()), None, None),
        "weeks": (len(full), None, None),
    }


def _line(facts: Facts, class_id: UUID, on: date, day: int, week: int) -> dict[str, Any]:
    over = [word for word, much in (("день", day > 1), ("неделя", week > 3)) if much]
    return {
        "class": facts.classes[class_id].title,
        "week": _monday(on),
        "date": on,
        "day": day,
        "total": week,
        "over": ", ".join(over) or None,
    }


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _wanted(facts: Facts, class_id: UUID, about: Filter) -> set[UUID]:
    return {
        page.subject
        for journal, page in facts.pages.items()
        if page.class_id == class_id and facts.asked(journal, about) and taught(facts, journal, about)
    }


def _standing(facts: Facts) -> Iterator[tuple[UUID, date]]:
    """Columns that stand in the journal, on the day of their lesson; not those written later by who missed the work."""
    for lesson, sheet in facts.sheets.items():
        for work in sheet.works.values():
            if sheet.held is not None and work.kind in CONTROL and work.makes_up is None:
                planned = facts.school.timetable.by_id.get(lesson)
                yield sheet.held.journal, sheet.held.date if planned is None else planned.date


def _planned(facts: Facts) -> Iterator[tuple[UUID, date]]:
    """Control lines of КТП from today on that no lesson has taken yet, on the day the plan names."""
    plans = {entry.stream: event for entry, event in facts.of(PlanItemsSet)}
    for entry, event in facts.of(PlanBound):
        plan = plans.get(event.plan)
        if plan is None:
            continue
        taken = _taken(facts, entry.stream, event.plan)
        for number, day, control in zip(plan.numbers, plan.dates, plan.controls, strict=True):
            if control and number not in taken and day is not None and day >= facts.now.date():
                yield entry.stream, day


def _taken(facts: Facts, journal: UUID, plan: UUID) -> set[int | None]:
    """Numbers of the lines that topics of the page name."""
    own = (sheet.topic for sheet in facts.sheets.values() if sheet.held and sheet.held.journal == journal)
    said = [topic.event for topic in own if topic is not None]
    return {each.item for each in said if isinstance(each, TopicRecorded) and each.plan == plan}
