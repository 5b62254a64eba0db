"""What families see, by the formulas of requirements 1.U: C-06, C-19; and C-22."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.compromise import ActFinalised, CompromiseReported, NoticeReceived
from ledger.events.families import Acknowledged, PaperInformingDeclared
from ledger.events.homework import HomeworkSet
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.roster import ClassTeacherAppointed, GuardianLinked
from ledger.events.voids import EntriesVoided
from tests.plain_year.facts import Facts, Filter, percent
from tests.plain_year.marks import marks_of, period_marks, taught
from tests.plain_year.teaching import Figures, Lines


def visits(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-06: pupils with a guardian's sign-in in the period ÷ pupils; families on paper are left out and listed."""
    guardians: dict[UUID, list[UUID]] = defaultdict(list)
    for entry, event in facts.of(GuardianLinked):
        guardians[entry.stream].append(event.guardian)
    on = min(about.last, facts.now.date())
    paper = {e.stream for e, event in facts.of(PaperInformingDeclared) if event.first <= on}
    owners = {person for person, _ in facts.accounts}
    lines: Lines = {}
    for pupil in facts.places:
        class_id = facts.class_on(pupil, on)
        if class_id is None or about.class_id not in (None, class_id):
            continue
        if about.level not in (None, facts.classes[class_id].level) or not led(facts, class_id, about):
            continue
        if about.subject is not None and not _learns(facts, pupil, about.subject, on):
            continue
        came = _visits(facts, guardians[pupil], about)
        own = _visits(facts, [pupil], about)
        state = "входили" if came else "не входили"
        if not owners.intersection(guardians[pupil]):
            state = "нет доступа"
        if pupil in paper:
            state = "получают на бумаге"
        lines[str(pupil)] = {
            "state": state,
            "days": len({each.date() for each in came}),
            "last": _last(facts, guardians[pupil]),
            "own_days": len({each.date() for each in own}),
            "own_last": _last(facts, [pupil]),
        }
    counted = [own for own in lines.values() if own["state"] != "получают на бумаге"]
    families = sum(own["state"] == "входили" for own in counted)
    pupils = sum(own["own_days"] > 0 for own in lines.values())
    return lines, {
        "families": (percent(families, len(counted)), families, len(counted)),
        "pupils": (percent(pupils, len(lines)), pupils, len(lines)),
    }


def led(facts: Facts, class_id: UUID, about: Filter) -> bool:
    """What is of a whole class is, for a teacher, of the classes led."""
    return about.teacher is None or any(
        entry.stream == class_id and event.person == about.teacher
        for entry, event in facts.of(ClassTeacherAppointed)
    )


def _learns(facts: Facts, pupil: UUID, subject: UUID, on: date) -> bool:
    return any(page.subject == subject and facts.listed(pupil, id, on) for id, page in facts.pages.items())


def _visits(facts: Facts, people: list[UUID], about: Filter) -> list[datetime]:
    moments = [facts.local(at) for person, at in facts.visits if person in people]
    return [each for each in moments if about.first <= each.date() <= about.last]


def _last(facts: Facts, people: list[UUID]) -> datetime | None:
    """Up to the moment, whatever days are asked for."""
    return max((facts.local(at) for person, at in facts.visits if person in people), default=None)


def informing(facts: Facts, about: Filter, *, by_looks: bool = False) -> tuple[Lines, Figures]:
    """C-19: hours from the end of the lesson to the record (in the lesson: none), corrections apart; «Ознакомлен» of
    the parents with the marks for a period given in these days, or `by_looks` a look of theirs since (P-72)."""
    found: dict[tuple[UUID, UUID], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks_of(facts):
        event: Any = mark.entry.event
        if (
            event.correction is None
            and about.first <= mark.date <= about.last
            and _of(facts, mark.journal, about)
        ):
            own = found[_place(facts, mark.journal)]
            own["marks"].append(_seconds(facts, mark.lesson, mark.entry))
            own["same_day"].append(facts.local(mark.entry.stamp.received_at).date() == mark.date)
    for lesson, sheet in facts.sheets.items():
        said, held = sheet.homework, sheet.held
        if said is None or held is None or not about.first <= held.date <= about.last:
            continue
        if isinstance(said.event, HomeworkSet) and _of(facts, held.journal, about):
            found[_place(facts, held.journal)]["homework"].append(_seconds(facts, lesson, said))
    read = {position for _, event in facts.of(Acknowledged) for position in event.entries}
    for entry in period_marks(facts).values():
        given: PeriodMarkGiven = entry.event  # type: ignore[assignment]
        at = facts.local(entry.stamp.received_at).date()
        if about.first <= at <= about.last and _of(facts, given.journal, about):
            seen = by_looks and entry.stamp.received_at < _last_look(facts, given.pupil)
            found[_place(facts, given.journal)]["period"].append(entry.position in read or seen)
    return {f"{place[0]}/{place[1]}": _informed(own) for place, own in found.items()}, {}


def _last_look(facts: Facts, pupil: UUID) -> datetime:
    """Of the parents at their child; nobody of the year is of age."""
    parents = [event.guardian for entry, event in facts.of(GuardianLinked) if entry.stream == pupil]
    looked = [at for person, child, at in facts.looks if child == pupil and person in parents]
    return max(looked, default=datetime.min.replace(tzinfo=UTC))


def _informed(own: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        "marks": len(own["marks"]),
        "mark_hours": _mean(own["marks"]),
        "same_day": percent(sum(own["same_day"]), len(own["same_day"])),
        "homework": len(own["homework"]),
        "homework_hours": _mean(own["homework"]),
        "period_marks": len(own["period"]),
        "acknowledged": sum(own["period"]),
        "acknowledged_share": percent(sum(own["period"]), len(own["period"])),
    }


def _of(facts: Facts, journal: UUID, about: Filter) -> bool:
    return facts.asked(journal, about) and taught(facts, journal, about)


def _place(facts: Facts, journal: UUID) -> tuple[UUID, UUID]:
    page = facts.pages[journal]
    return page.class_id, page.subject


def _seconds(facts: Facts, lesson: UUID, entry: Entry) -> int:
    planned = facts.school.timetable.by_id.get(lesson)
    held = facts.sheets[lesson].held
    assert held is not None
    ends = planned.ends if planned is not None else datetime.combine(held.date, held.ends)
    return max(0, int((facts.local(entry.recorded_at) - ends).total_seconds()))


def _mean(seconds: list[int]) -> float | None:
    """In hours."""
    return round(sum(seconds) / len(seconds) / 3600, 2) if seconds else None


def incidents(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-22: when each was found and told, when the notice was received, how much its Act made void."""
    lines: Lines = {}
    for entry, event in facts.of(CompromiseReported):
        if not about.first <= event.reported_at.date() <= about.last:
            continue
        narrow = (about.level, about.class_id, about.subject) != (None, None, None)
        pages = [page for page in facts.pages if facts.asked(page, about)]
        teachers = {each.teacher for page in pages for each in facts.teachers.get(page, ())}
        if about.teacher not in (None, event.owner) or (narrow and event.owner not in teachers):
            continue
        received = {
            notice.role: notice.received_at
            for other, notice in facts.of(NoticeReceived)
            if other.stream == entry.stream
        }
        acts = {final.act for other, final in facts.of(ActFinalised) if other.stream == entry.stream}
        void = sum(len(each.positions) for _, each in facts.of(EntriesVoided) if each.act in acts)
        lines[f"{entry.stream}/{next(iter(acts), '')}"] = {
            "detected": event.detected_at,
            "reported": event.reported_at,
            "director": received.get("director"),
            "support": received.get("administrator"),
            "status": "есть Акт" if acts else "получено" if received else "сообщено",
            "void": void,
            "reinstated": 0,
        }
    return lines, {"incidents": (len(lines), None, None)}
