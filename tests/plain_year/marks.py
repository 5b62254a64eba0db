"""What marks come to, by the formulas of requirements 1.U: C-02, C-03, C-09, C-10, C-13."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.journals import JournalListed
from ledger.events.marks import LiteracyMarkGiven, MarkGiven
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkWithdrawn
from ledger.timetable import Lesson
from tests.plain_year.facts import Facts, Filter, found_late, percent
from tests.plain_year.teaching import Figures, Lines

CONTROL = (
    *("oral_test", "check", "control", "monitoring", "practical", "laboratory"),
    *("dictation_grammar", "essay"),
)  # the works of the act that have `control`
DEGREES = {5: 100, 4: 64, 3: 36, 2: 16, 1: 7}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark that stands; `journal` is the page it stands on, a mark for literacy's that of Russian."""

    lesson: UUID
    work: UUID
    journal: UUID
    pupil: UUID
    date: date
    value: tuple[int, ...]
    entry: Entry


def marks_of(facts: Facts) -> list[Mark]:
    known = facts.__dict__.get("_marks")
    if known is None:
        known = facts.__dict__["_marks"] = list(_marks(facts))
    return known


def _marks(facts: Facts) -> Iterator[Mark]:
    for lesson, sheet in facts.sheets.items():
        if sheet.held is None:
            continue
        for (work, pupil), entry in (*sheet.marks.items(), *sheet.literacy.items()):
            event: Any = entry.event
            page = event.journal if isinstance(event, LiteracyMarkGiven) else sheet.held.journal
            yield Mark(
                lesson=lesson,
                work=work,
                journal=page,
                pupil=pupil,
                date=_day(facts, lesson, sheet.held.date),
                value=event.value,
                entry=entry,
            )


def _day(facts: Facts, lesson: UUID, said: date) -> date:
    planned = facts.school.timetable.by_id.get(lesson)
    return said if planned is None else planned.date


def few_marks(facts: Facts, about: Filter, count: int) -> tuple[Lines, Figures]:
    """C-02 and C-03 per class × subject: pupils with so many valid marks in the period ÷ pupils liable (enrolled at one
    held lesson or more, not «осв», of a graded class). Marks of a subject follow a pupil from class to class (E-06); a
    fraction is one mark (P-25)."""
    liable: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    for lesson in facts.held(about):
        page = facts.pages[lesson.journal]
        if facts.marked(lesson.journal):
            for pupil in facts.places:
                if facts.liable(pupil, lesson.journal, lesson.date):
                    liable[page.class_id, page.subject].add(pupil)
    has: Counter[tuple[UUID, UUID]] = Counter()
    for mark in marks_of(facts):
        if about.first <= mark.date <= about.last:
            has[mark.pupil, facts.pages[mark.journal].subject] += 1
    lines: Lines = {}
    few, whole = 0, 0
    for (class_id, subject), pupils in liable.items():
        own = sum(has[pupil, subject] == count for pupil in pupils)
        few, whole = few + own, whole + len(pupils)
        lines[f"{class_id}/{subject}"] = {
            "pupils": len(pupils),
            "few": own,
            "share": percent(own, len(pupils)),
        }
    return lines, {"share": (percent(few, whole), few, whole)}


def without_marks(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    return few_marks(facts, about, 0)


def with_one_mark(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    return few_marks(facts, about, 1)


def taught(facts: Facts, journal: UUID, about: Filter) -> bool:
    """A teacher's pages are those of the workload in these days."""
    return about.teacher is None or any(
        each.teacher == about.teacher
        and each.first <= about.last
        and (each.until or about.last) >= about.first
        for each in facts.teachers.get(journal, ())
    )


def period_marks(facts: Facts) -> dict[tuple[UUID, UUID, str, UUID], Entry]:
    """What stands, by page, period, kind and pupil."""
    known = facts.__dict__.get("_period_marks")
    if known is None:
        known = {}
        for entry, event in facts.of(PeriodMarkGiven, PeriodMarkWithdrawn):
            key = (event.journal, event.period, event.kind, event.pupil)
            if isinstance(event, PeriodMarkGiven):
                known[key] = entry
            else:
                known.pop(key, None)
        facts.__dict__["_period_marks"] = known
    return known


def unsatisfactory(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-09 per pupil: every cell that has, or had before it was rewritten, a «2» or «1» (P-14), and whether it is
    corrected now."""
    lines: Lines = {}
    bad: dict[tuple[UUID, UUID, UUID], tuple[int, ...]] = {}
    for entry, event in facts.of(MarkGiven):
        if min(event.value) <= 2:
            bad[entry.stream, event.work, event.pupil] = event.value
    for mark in marks_of(facts):
        value = bad.get((mark.lesson, mark.work, mark.pupil))
        if isinstance(mark.entry.event, LiteracyMarkGiven):
            value = mark.value if min(mark.value) <= 2 else None
        if value is None or not about.first <= mark.date <= about.last:
            continue
        if facts.asked(mark.journal, about) and taught(facts, mark.journal, about):
            lines[f"{mark.pupil}/{mark.lesson}/{mark.work}"] = {
                "date": mark.date,
                "subject": facts.subjects[facts.pages[mark.journal].subject].title,
                "mark": "/".join(map(str, value)),
                "corrected": "нет" if min(mark.value) <= 2 else "да",
            }
    fixed = sum(own["corrected"] == "да" for own in lines.values())
    return lines, {
        "marks": (len(lines), None, None),
        "corrected": (percent(fixed, len(lines)), fixed, len(lines)),
    }


def control_works(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-10: enrolled, wrote, how many of each mark, mean, success = (5+4+3) ÷ wrote, quality = (5+4) ÷ wrote, СОУ,
    entered after the term, against the period mark. Of a fraction the first part is counted; both parts go into the
    mean (P-25)."""
    by_work: dict[UUID, list[Mark]] = defaultdict(list)
    for mark in marks_of(facts):
        if not isinstance(mark.entry.event, LiteracyMarkGiven):  # a column of its own on the page of Russian
            by_work[mark.work].append(mark)
    lines: Lines = {}
    for lesson, sheet in facts.sheets.items():
        held = sheet.held
        if held is None or not facts.asked(held.journal, about) or not taught(facts, held.journal, about):
            continue
        on = _day(facts, lesson, held.date)
        for work in sheet.works.values():
            if work.kind in CONTROL and about.first <= on <= about.last:
                lines[str(work.work)] = _work_line(facts, by_work[work.work], held.journal, on)
    wrote = sum(own["wrote"] for own in lines.values())
    figures: Figures = {"works": (len(lines), None, None)}
    late = sum(own["late"] for own in lines.values())
    figures["late"] = (late, None, None)
    enough = sum(own[f"n{n}"] for own in lines.values() for n in (5, 4, 3))
    good = sum(own[f"n{n}"] for own in lines.values() for n in (5, 4))
    figures["success"] = (percent(enough, wrote), enough, wrote)
    figures["quality"] = (percent(good, wrote), good, wrote)
    return lines, figures


def _work_line(facts: Facts, own: list[Mark], journal: UUID, on: date) -> dict[str, Any]:
    counts = Counter(mark.value[0] for mark in own)
    parts = [part for mark in own for part in mark.value]
    enrolled = sum(facts.listed(pupil, journal, on) for pupil in facts.places)
    against = Counter(_against(facts, mark, journal, on) for mark in own)
    degree = sum(DEGREES[mark.value[0]] for mark in own)
    return {
        "date": on,
        "enrolled": enrolled,
        "wrote": len(own),
        **{f"n{n}": counts[n] for n in DEGREES},
        "mean": round(sum(parts) / len(parts), 2) if parts else None,
        "success": percent(counts[5] + counts[4] + counts[3], len(own)),
        "quality": percent(counts[5] + counts[4], len(own)),
        "degree": round(degree / len(own), 1) if own else None,
        "late": sum(found_late(mark.entry) for mark in own),
        **{word: against[word] for word in ("above", "same", "below")},
    }


def _against(facts: Facts, mark: Mark, journal: UUID, on: date) -> str:
    level = facts.classes[facts.pages[journal].class_id].level
    for period, each in facts.periods.items():
        if each.level == level and each.first <= on <= each.last:
            given = period_marks(facts).get((journal, period, "period", mark.pupil))
            value = given.event.value if given is not None else ""  # type: ignore[attr-defined]
            if value.isdigit():
                first = mark.value[0]
                return "same" if first == int(value) else "above" if first > int(value) else "below"
    return ""


def fullness(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-13 per pupil × subject: marks, lessons, share, the most lessons in a row without a mark, high ≥ 40 %, medium
    25–40 %, low < 25 % (P-18). Pupils are those on the list at the end of the days, or today; their lessons are those
    held where they were to be, in a former class too."""
    on = max(about.first, min(about.last, facts.now.date()))
    lessons = facts.held(Filter(first=about.first, last=about.last))
    found: dict[tuple[UUID, UUID], list[Mark]] = defaultdict(list)
    for mark in marks_of(facts):
        if about.first <= mark.date <= about.last:
            found[mark.pupil, facts.pages[mark.journal].subject].append(mark)
    lines: Lines = {}
    for journal, page in facts.pages.items():
        if not facts.asked(journal, about) or not facts.marked(journal) or not taught(facts, journal, about):
            continue
        for pupil in facts.places:
            if sits(facts, pupil, journal, on):
                own = [
                    each
                    for each in lessons
                    if facts.pages[each.journal].subject == page.subject
                    and facts.liable(pupil, each.journal, each.date)
                ]
                lines[f"{pupil}/{journal}"] = _fill(own, found[pupil, page.subject])
    levels = Counter(own["level"] for own in lines.values())
    whole = sum(levels[word] for word in levels if word)
    return lines, {
        f"level:{word}": (percent(levels[word], whole), levels[word], whole)
        for word in ("высокая", "средняя", "низкая")
    }


def sits(facts: Facts, pupil: UUID, journal: UUID, on: date) -> bool:
    """On the page of the tuition at home, or on the page of the class."""
    if not facts.listed(pupil, journal, on):
        return False
    return not (facts.at_home(pupil, on) and isinstance(facts.pages[journal], JournalListed))


def _fill(lessons: list[Lesson], marks: list[Mark]) -> dict[str, Any]:
    marked = {mark.lesson for mark in marks}
    longest = run = 0
    for lesson in lessons:
        run = 0 if lesson.id in marked else run + 1
        longest = max(longest, run)
    part = len(marks) / len(lessons) if lessons else None
    level = "" if part is None else "высокая" if part >= 0.4 else "средняя" if part >= 0.25 else "низкая"
    return {
        "marks": len(marks),
        "lessons": len(lessons),
        "share": percent(len(marks), len(lessons)),
        "gap": longest,
        "level": level or None,
    }
