"""Who may stay without attestation, by the formula of requirements 1.U: C-21."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from ledger.events.journals import JournalListed, StudyPlanSet
from ledger.events.timetable import SlotScheduled
from ledger.timetable import Lesson
from tests.plain_year.facts import Facts, Filter, percent
from tests.plain_year.marks import marks_of, sits, taught
from tests.plain_year.presence import why, written
from tests.plain_year.results import YEAR, Term, term_of, terms
from tests.plain_year.teaching import Figures, Lines


def forecast(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-21 pupil × subject: missed ÷ held, marks against those required. Listed is who missed more than half of the
    lessons (P-22), or has fewer marks than are due by now: of those required at the end, the share of the planned
    lessons that are over. Not so who is exempt for half of the period or longer (P-16)."""
    known = _Known(facts=facts)
    lines: Lines = {}
    endangered: set[tuple[UUID, UUID]] = set()
    for journal, term in _pages(facts, about):
        for pupil in facts.places:
            if sits(facts, pupil, journal, min(term.last, facts.now.date())):
                line = known.line(pupil, journal, term)
                if line["risk"] and not known.exempt(pupil, journal, term):
                    lines[f"{pupil}/{journal}"] = line
                    endangered.add((pupil, term.id))
    risks = [own["risk"] for own in lines.values()]
    return lines, {
        "pupils": (len(endangered), None, None),
        "absent": (sum("много пропусков" in each for each in risks), None, None),
        "short": (sum("мало отметок" in each for each in risks), None, None),
    }


def _pages(facts: Facts, about: Filter) -> Iterator[tuple[UUID, Term]]:
    for journal, page in facts.pages.items():
        if facts.asked(journal, about) and facts.marked(journal) and taught(facts, journal, about):
            term = _term(facts, page.class_id, about)
            if term is not None:
                yield journal, term


def _term(facts: Facts, class_id: UUID, about: Filter) -> Term | None:
    """Of a year the period that runs or ended last: the year has no least number of marks."""
    term = term_of(facts, class_id, about)
    if term is not None and term.id != YEAR:
        return term
    on = min(about.last, facts.now.date())
    return next((each for each in reversed(terms(facts, class_id)) if each.first <= on), None)


@dataclass(kw_only=True)
class _Known:
    """What is asked again for every pupil."""

    facts: Facts

    @cached_property
    def marks(self) -> dict[tuple[UUID, UUID], list[date]]:
        """Days of the marks, by pupil and subject: they follow a pupil from class to class (E-06)."""
        found: dict[tuple[UUID, UUID], list[date]] = defaultdict(list)
        for mark in marks_of(self.facts):
            found[mark.pupil, self.facts.pages[mark.journal].subject].append(mark.date)
        return found

    @cached_property
    def lessons(self) -> dict[UUID, list[Lesson]]:
        """Of each subject those written down that ask for presence."""
        found: dict[UUID, list[Lesson]] = defaultdict(list)
        whole = Filter(first=date.min, last=date.max)
        for lesson in self.facts.held(whole):
            if lesson.id in written(self.facts) and lesson.mode != "7.13":
                found[self.facts.pages[lesson.journal].subject].append(lesson)
        return found

    def line(self, pupil: UUID, journal: UUID, term: Term) -> dict[str, Any]:
        facts, subject = self.facts, self.facts.pages[journal].subject
        own = [
            each
            for each in self.lessons[subject]
            if term.first <= each.date <= term.last and facts.liable(pupil, each.journal, each.date)
        ]
        away = [each for each in own if pupil in facts.sheets[each.id].absent]
        marks = sum(term.first <= on <= term.last for on in self.marks[pupil, subject])
        valid = [each for each in away if not _invalid(why(facts, pupil, each.date))]
        due = _due(facts, journal, term, _required(facts, journal, bool(valid)))
        said = (("много пропусков", len(away) * 2 > len(own)), ("мало отметок", marks < due))
        return {
            "term": term.title,
            "missed": len(away),
            "held": len(own),
            "share": percent(len(away), len(own)),
            "excused": percent(len(valid), len(away)),
            "marks": marks,
            "risk": ", ".join(words for words, so in said if so),
        }

    def exempt(self, pupil: UUID, journal: UUID, term: Term) -> bool:
        """From physical education, for half of the period or longer."""
        facts, count = self.facts, (term.last - term.first).days + 1
        if "pe" not in facts.subjects[facts.pages[journal].subject].attributes:
            return False
        free = sum(facts.exempt(pupil, term.first + timedelta(days=n)) for n in range(count))
        return free > 0 and 2 * free >= count


def _invalid(category: str) -> bool:
    """P-20: no reason was named, or one that is none."""
    return not category or category.startswith("без ")


def _required(facts: Facts, journal: UUID, excused: bool) -> int:
    """P-19: 3 marks below two lessons a week, 5 below three, else 7; P-20: 5 of these seven for who missed any for a
    valid reason."""
    hours = _week_hours(facts, journal)
    if hours < 300:
        return 3 if hours < 200 else 5
    return 5 if excused else 7


def _week_hours(facts: Facts, journal: UUID) -> int:
    """In hundredths: of the curriculum, else the places in the week."""
    page = facts.pages[journal]
    said = [
        event.week_hours
        for entry, event in facts.of(StudyPlanSet)
        if (entry.stream, event.subject) == (page.class_id, page.subject)
    ]
    if said and isinstance(page, JournalListed):
        return int(said[-1])
    return 100 * sum(event.journal == journal for _, event in facts.of(SlotScheduled))


def _due(facts: Facts, journal: UUID, term: Term, required: int) -> int:
    own = [
        each
        for each in facts.school.timetable.by_journal.get(journal, ())
        if term.first <= each.date <= term.last
    ]
    return required * sum(each.ends <= facts.now for each in own) // max(1, len(own))
