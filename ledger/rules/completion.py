"""Rules on a lesson that is called filled in: nothing is missing, the briefing was given (7.14(b5), 7.15, 9.5)."""

from __future__ import annotations

import re

from ledger.column import LABORATORY, expected, for_all
from ledger.entry import Entry, Finding
from ledger.lesson import Sheet, Work
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.timetable import Lesson

_LABORATORY = re.compile(r"\b(лабораторн|практическ)\w+ (работ|заняти)", re.IGNORECASE)
_BRIEFING = re.compile(r"\bинструктаж|\bтехник\w+ безопасности", re.IGNORECASE)
_BRIEFING_SHORT = re.compile(r"\bТБ\b")  # only in capitals: 7.15 is about a record people read


def briefing_is_recorded(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-75, R-108: of laboratory and practical works in the subjects the act names."""
    if state.lesson is None or not wants_briefing(state.lesson, state.sheet, school, regulation):
        return None
    return None if has_briefing(state.sheet) else Finding(code="P-75")


def wants_briefing(lesson: Lesson, sheet: Sheet, school: School, regulation: Regulation) -> bool:
    subject = school.subject_of(lesson.journal)
    practical = any(work.kind in LABORATORY for work in sheet.works.values())
    return regulation.needs_briefing(subject.title, subject.attributes) and (
        practical or says_laboratory(_topic(sheet))
    )


def has_briefing(sheet: Sheet) -> bool:
    """Recorded as such, or in the words of the topic or of the homework, as on paper."""
    homework = getattr(sheet.homework.event, "text", "") if sheet.homework is not None else ""
    said = f"{_topic(sheet)}\n{homework}"
    return sheet.briefing is not None or says_briefing(said)


def says_laboratory(topic: str) -> bool:
    """Whether the words of a topic are those of a laboratory or practical work."""
    return bool(_LABORATORY.search(topic))


def says_briefing(text: str) -> bool:
    """Whether a topic or homework records a safety briefing, as on paper."""
    return bool(_BRIEFING.search(text) or _BRIEFING_SHORT.search(text))


def _topic(sheet: Sheet) -> str:
    return "" if sheet.topic is None else str(sheet.topic.event.text)  # type: ignore[attr-defined]


def nothing_is_missing(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """9.5(b1, b2, b7): topic, presence and homework; what the act does not want of this lesson is not missed."""
    lesson, sheet = state.lesson, state.sheet
    if lesson is None:
        return None
    terms = regulation.extracurricular.get(lesson.mode)
    marked = school.klass_of(lesson.journal).grade not in regulation.unmarked_grades
    wanted = {
        "тема": sheet.topic is None,
        "присутствие": sheet.taken is None and (terms is None or terms.attendance),
        "домашнее задание": sheet.homework is None
        and (marked if terms is None else marked and terms.homework),
    }
    missing = ", ".join(name for name, is_missing in wanted.items() if is_missing)
    return Finding(code="lesson-complete", details={"missing": missing}) if missing else None


def control_is_complete(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-11, K-31: everybody present and liable has a mark in every column of a control work."""
    if state.lesson is None:
        return None
    waited = expected(school, state.lesson.journal, state.lesson.date, state.sheet.absences)
    found = []
    for work in state.sheet.works.values():
        marked = sum((work.id, pupil) in state.sheet.marks for pupil in waited)
        if marked < len(waited) and for_all(work.kind, work.assess, work.makes_up, regulation):
            found.append(f"«{_title(work, regulation)}» — {marked} из {len(waited)}")
    return Finding(code="W-11", details={"missing": ", ".join(found)}) if found else None


def _title(work: Work, regulation: Regulation) -> str:
    return work.title or regulation.work_kinds[work.kind].title
