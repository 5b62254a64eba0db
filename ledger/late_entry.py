"""Late-entry cases of a lesson as a fold of their stream (W-40): asked, permitted or declined, used, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import attendance, homework, late_entries, lessons, marks


@dataclass(kw_only=True, slots=True)
class LateEntryCase:
    """`decided` is the entry of the deputy's word; `uses` what was written under the permission."""

    case: UUID
    requested: Entry
    decided: Entry | None = None
    withdrawn: Entry | None = None
    uses: dict[str, Entry] = field(default_factory=dict)

    @property
    def person(self) -> UUID:
        """Whose windows it opens: who asked, or whom the deputy opened them for."""
        given: UUID | None = getattr(self.requested.event, "person", None)
        return given or self.requested.stamp.person

    @property
    def status(self) -> str:
        """asked · permitted · declined · withdrawn."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.decided is None:
            return "asked"
        declined = isinstance(self.decided.event, late_entries.LateEntryDeclined)
        return "declined" if declined else "permitted"

    def open_until(self) -> datetime | None:
        """Local end of a permission that stands, None for any other case."""
        if self.status != "permitted" or self.decided is None:
            return None
        return self.decided.event.until  # type: ignore[attr-defined,no-any-return]


@dataclass(kw_only=True, slots=True)
class LateEntries:
    """All cases of one lesson, by id; `version` counts the dead entries of the stream too."""

    version: int = 0
    cases: dict[UUID, LateEntryCase] = field(default_factory=dict)


def fold_late_entries(entries: Iterable[Entry]) -> LateEntries:
    """The cases after all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = LateEntries(version=sequence[-1].version if sequence else 0)
    for entry in effective(sequence):
        step(state, entry)
    return state


def step(state: LateEntries, entry: Entry) -> None:
    """Advance by one living entry that voids nothing. A decision whose request was voided changes nothing."""
    state.version = entry.version
    event = entry.event
    if isinstance(event, late_entries.LateEntryRequested):
        state.cases[event.case] = LateEntryCase(case=event.case, requested=entry)
        return
    if isinstance(event, late_entries.BlockedWindowPermitted):
        state.cases[event.case] = LateEntryCase(case=event.case, requested=entry, decided=entry)
        return
    case = state.cases.get(getattr(event, "case", None))  # type: ignore[arg-type]
    if case is None:
        return
    match event:
        case late_entries.LateEntryPermitted() | late_entries.LateEntryDeclined():
            case.decided = entry
        case late_entries.LateEntryUsed():
            case.uses[event.use] = entry
        case late_entries.LateEntryWithdrawn():
            case.withdrawn = entry


def use_of(event: object) -> str | None:
    """What a permission for this event would be used up by; None when no permission is for it."""
    match event:
        case marks.MarkGiven(work=work, pupil=pupil) | marks.MarkWithdrawn(work=work, pupil=pupil):
            return f"mark/{work}/{pupil}"
        case (
            marks.LiteracyMarkGiven(work=work, pupil=pupil)
            | marks.LiteracyMarkWithdrawn(work=work, pupil=pupil)
        ):
            return f"mark/{work}/{pupil}/literacy"
        case lessons.MaterialAttached(material=material, to=to):
            return f"{'homework' if to == 'homework' else 'topic'}/{material}"
        case attendance.AbsenceNoted(pupil=pupil) | attendance.AbsenceWithdrawn(pupil=pupil):
            return f"absence/{pupil}"
        case attendance.AttendanceTaken():
            return "attendance"
        case lessons.TopicRecorded():
            return "topic"
        case lessons.BriefingRecorded():
            return "topic/briefing"
        case homework.HomeworkSet() | homework.HomeworkNotSet():
            return "homework"
        case homework.IndividualHomeworkSet(pupil=pupil):
            return f"homework/{pupil}"
    return None


def covers(case: LateEntryCase, use: str) -> bool:
    """Whether the case was asked for this use: a cell, a column, presence, a topic, homework, the lesson."""
    asked: late_entries.LateEntryRequested | late_entries.BlockedWindowPermitted
    asked = case.requested.event  # type: ignore[assignment]
    match asked.target:
        case "lesson":
            return True
        case "mark":
            cell = f"mark/{asked.work}/{asked.pupil}"
            return use in (cell, f"{cell}/literacy")
        case "column":
            return use.startswith(f"mark/{asked.work}/")
        case "attendance":
            return use == "attendance" or use.startswith("absence/")
        case target:
            return use == target or use.startswith(f"{target}/")


def in_time(now: datetime, due: datetime) -> bool:
    """Whether the local time `now` is not after `due`, whose last second is included (E-01)."""
    return now.replace(microsecond=0) <= due


def permission_for(
    state: LateEntries,
    event: object,
    person: UUID,
    now: datetime,
    ends: Callable[[LateEntryCase], datetime | None] = LateEntryCase.open_until,
) -> LateEntryCase | None:
    """The open, unused permission of `person` for this event at the local time `now` (single use, W-40); `ends` is its
    local end, None for a case that is no permission."""
    use = use_of(event)
    if use is None:
        return None
    for case in state.cases.values():
        until = ends(case)
        still = until is not None and in_time(now, until)
        if still and case.person == person and covers(case, use) and use not in case.uses:
            return case
    return None
