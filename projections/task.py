"""One thing that waits for somebody, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.school import School
from projections.case_place import CasePlace, period_title

OUTCOMES = {  # of what was asked for, by the kind of task
    "correction": {"approved", "declined"},
    "exception": {"granted", "declined"},
    "late_entry": {"declined"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """`kind` says what it is and where it is dealt with (web/templates/tasks/task.html has a line for each). `since`
    and `until` are the school's local times, `over` that `until` is past. `calls`: somebody waits for this very
    person's hand, so it counts in the menu. `status` of a case, `count` of what is many, `text` what somebody wrote,
    `person` who decided or asked, or whose access
    it is about. `incident` and `act` of a breach, `certificate` of control, `month` (its
    first day) of the director's. A task about a class has no `place`."""

    kind: str
    place: CasePlace | None = None
    class_id: UUID | None = None
    class_title: str = ""
    since: datetime | None = None
    until: datetime | None = None
    over: bool = False
    calls: bool = False
    status: str = ""
    count: int = 0
    text: str = ""
    old: str = ""
    new: str = ""
    person: UUID | None = None
    incident: UUID | None = None
    act: UUID | None = None
    certificate: UUID | None = None
    month: date | None = None

    @property
    def settled(self) -> bool:
        """It only tells what became of a request: nothing is left to do."""
        return self.kind in OUTCOMES and self.status in OUTCOMES[self.kind]

    @property
    def people(self) -> tuple[UUID, ...]:
        """Whom its line names."""
        pupil = self.place.pupil if self.place is not None else None
        home = self.place.home if self.place is not None else None
        return tuple(who for who in (pupil, home, self.person) if who is not None)


def sheet_place(
    school: School, journal: UUID, period: UUID, pupil: UUID | None = None, kind: str = "period"
) -> CasePlace:
    """Of a period sheet, or of one mark of it."""
    return CasePlace(
        journal=journal,
        class_title=school.klass_of(journal).title,
        subject=school.subject_of(journal).title,
        target="period_mark",
        pupil=pupil,
        period=period,
        period_title=period_title(school, journal, period),
        kind=kind,
        home=school.journals[journal].pupil,
    )
