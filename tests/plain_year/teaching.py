"""What teachers do, by the formulas of requirements 1.U: C-01, C-04, C-07, C-17, C-18, C-26."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events import attendance, homework, lessons, marks
from ledger.events.calendar import DistanceDeclared
from ledger.timetable import Lesson
from tests.plain_year.facts import Facts, Filter, Refusal, corrects, found_late, percent

Lines = dict[str, dict[str, Any]]
Figures = dict[str, tuple[Any, ...]]
COUNTS = (
    *(marks.MarkGiven, marks.LiteracyMarkGiven, attendance.AbsenceNoted, lessons.TopicRecorded),
    *(homework.HomeworkSet, homework.HomeworkNotSet),
)


def participation(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-01: teachers with ≥ 1 valid journal event (mark, «н», topic, HW) in the period ÷ teachers with ≥ 1 held lesson.
    An event is in the period when its lesson is; a correction is none of who approved it."""
    gave: Counter[UUID] = Counter()
    for lesson in facts.held(about):
        gave.update(facts.gave(lesson))
    wrote: set[UUID] = set()
    stands: Counter[UUID] = Counter()
    for entry, event in facts.of(*COUNTS):
        if _in_days(facts, entry, about, event) and not corrects(entry):
            wrote.add(entry.stamp.person)
    for sheet in facts.sheets.values():
        for entry in (*sheet.marks.values(), *sheet.literacy.values(), *sheet.absent.values()):
            if _in_days(facts, entry, about, entry.event) and not corrects(entry):
                stands[entry.stamp.person] += 1
        for said in (sheet.topic, sheet.homework):
            if said is not None and _in_days(facts, said, about, said.event) and not corrects(said):
                stands[said.stamp.person] += 1
    people = [person for person in gave if about.teacher in (None, person)]
    lines = {
        str(person): {
            "held": gave[person],
            "entries": stands[person],
            "takes_part": "да" if person in wrote else "нет",
        }
        for person in people
    }
    active = sum(person in wrote for person in people)
    return lines, {"participation": (percent(active, len(people)), active, len(people))}


def _in_days(facts: Facts, entry: Entry, about: Filter, event: object) -> bool:
    held = facts.sheets[entry.stream].held
    if held is None or not about.first <= held.date <= about.last:
        return False
    page = event.journal if isinstance(event, marks.LiteracyMarkGiven) else held.journal
    return facts.asked(page, about)


def first_said(facts: Facts, lesson: UUID, entry: Entry) -> Entry:
    """A corrected record is judged by the time of the one it corrects."""
    if not corrects(entry):
        return entry
    kinds = (homework.HomeworkSet, homework.HomeworkNotSet)
    same = kinds if isinstance(entry.event, kinds) else (type(entry.event),)
    earlier = [
        each
        for each in facts.living
        if each.stream == lesson and isinstance(each.event, same) and each.position < entry.position
    ]
    return earlier[-1] if earlier else entry


def homework_records(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-04: held lessons with HW in time / late / «не задано» / empty; % = in time ÷ (held - не задано - HW-free)."""
    counts: dict[tuple[UUID, UUID], Counter[str]] = defaultdict(Counter)
    whole: Counter[str] = Counter()
    for lesson in facts.held(about):
        page = facts.pages[lesson.journal]
        kind = _homework(facts, lesson)
        counts[page.class_id, page.subject][kind] += 1
        whole[kind] += 1
    lines = {f"{place[0]}/{place[1]}": _homework_line(own) for place, own in counts.items()}
    figures: Figures = {
        "share": (_homework_line(whole)["share"], whole["in_time"], _wanted(whole)),
        "late": (whole["late"], None, None),
        "empty": (whole["empty"], None, None),
    }
    return lines, figures


def _homework(facts: Facts, lesson: Lesson) -> str:
    """HW-free: the first grade (9.5), and extracurricular lessons (7.13) unless something was recorded."""
    sheet = facts.sheets.get(lesson.id)
    said = sheet.homework if sheet is not None else None
    grade = facts.classes[facts.pages[lesson.journal].class_id].grade
    if grade == 1 or (said is None and lesson.mode == "7.13"):
        return "free"
    if said is None:
        return "empty"
    if isinstance(said.event, homework.HomeworkNotSet):
        return "not_set"
    return "late" if found_late(first_said(facts, lesson.id, said)) else "in_time"


def _wanted(counts: Counter[str]) -> int:
    return counts.total() - counts["not_set"] - counts["free"]


def _homework_line(counts: Counter[str]) -> dict[str, Any]:
    kinds = ("in_time", "late", "not_set", "empty", "free")
    return {
        "held": counts.total(),
        **{kind: counts[kind] for kind in kinds},
        "share": percent(counts["in_time"], _wanted(counts)),
    }


def timeliness(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-07 per teacher: held; topic, HW, attendance; completeness = fully filled ÷ held; timeliness = filled inside
    the window ÷ filled; late entries; refused attempts."""
    tallies: dict[UUID, Counter[str]] = defaultdict(Counter)
    whole: Counter[str] = Counter()
    for lesson in facts.held(about):
        own = _filled(facts, lesson)
        whole.update(own)
        for person in facts.gave(lesson):
            if about.teacher in (None, person):
                tallies[person].update(own)
    late = Counter(entry.stamp.person for entry in late_entries(facts, about))
    stopped = Counter(each.person for each in facts.refused if _tried(facts, each, about))
    lines = {
        str(person): {
            "held": own["held"],
            "topic": own["topic"],
            "homework": own["homework"],
            "attendance": own["attendance"],
            "completeness": percent(own["full"], own["held"]),
            "timeliness": percent(own["in_time"], own["full"]),
            "late": late[person],
            "refused": stopped[person],
        }
        for person, own in tallies.items()
    }
    figures: Figures = {
        "completeness": (percent(whole["full"], whole["held"]), whole["full"], whole["held"]),
        "timeliness": (percent(whole["in_time"], whole["full"]), whole["in_time"], whole["full"]),
    }
    return lines, figures


def _filled(facts: Facts, lesson: Lesson) -> Counter[str]:
    """What the act asks of no lesson counts as filled: homework of the first grade, presence on a distance day, either
    of an extracurricular lesson."""
    sheet = facts.sheets.get(lesson.id)
    page = facts.pages[lesson.journal]
    extra = lesson.mode == "7.13"
    away = any(
        page.class_id in event.classes and event.first <= lesson.date <= event.last
        for _, event in facts.of(DistanceDeclared)
    )
    said = {
        "topic": sheet.topic if sheet else None,
        "homework": sheet.homework if sheet else None,
        "attendance": sheet.taken if sheet else None,
    }
    free = {"homework": extra or facts.classes[page.class_id].grade == 1, "attendance": extra or away}
    done = {part: entry is not None or free.get(part, False) for part, entry in said.items()}
    found = Counter({part: int(is_done) for part, is_done in done.items()})
    found["held"] = 1
    if all(done.values()):
        found["full"] = 1
        written = [first_said(facts, lesson.id, each) for each in said.values() if each is not None]
        found["in_time"] = int(not any(map(found_late, written)))
    return found


def late_entries(facts: Facts, about: Filter) -> list[Entry]:
    """Valid entries about lessons of these days that were written after their term."""
    return [
        entry
        for entry in facts.living
        if found_late(entry)
        and entry.stream in facts.sheets
        and (held := facts.sheets[entry.stream].held) is not None
        and about.first <= held.date <= about.last
        and facts.asked(held.journal, about)
        and about.teacher in (None, entry.stamp.person)
    ]


def _tried(facts: Facts, attempt: Refusal, about: Filter) -> bool:
    return (
        about.first <= facts.local(attempt.at).date() <= about.last
        and facts.asked(facts.page_of(attempt.lesson), about)
        and about.teacher in (None, attempt.person)
    )


def lessons_given(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-17: teacher, month: held by workload, substituted by and for whom, moved, extracurricular, cancelled, records
    missing. An hour without a topic is not counted but missing."""
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for lesson in facts.held(about, by_teacher=False):
        month = lesson.date.replace(day=1).isoformat()
        sheet, recorded = facts.sheets.get(lesson.id), facts.substitutions.get(lesson.id)
        for person in facts.gave(lesson):
            own = months[f"{person}/{month}"]
            if sheet is None or sheet.topic is None:
                own["missing"] += 1
            elif lesson.mode:
                own["extracurricular"] += 1
            else:
                own["stood_in" if recorded is not None else "own"] += 1
                own["moved"] += lesson.moved_from is not None
    wanted = "" if about.teacher is None else str(about.teacher)
    columns = ("own", "stood_in", "moved", "extracurricular", "missing")
    lines = {
        key: {name: own[name] for name in columns} for key, own in months.items() if key.startswith(wanted)
    }
    return lines, {}
