"""One thing that waits for somebody, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.school import School
from projections.case_place import CasePlace, period_title


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """`kind` says what it is and where it is dealt with (web/templates/tasks/task.html has a line for each). `since`
    and `until` are the school's local times, `over` that `until` is past. `calls`: somebody waits for this very
    person's hand, so it counts in the menu. `status` of a case, `count` of what is many, `text` what somebody wrote,
    `person` who decided or asked. A task about a class has no `place`."""

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

    @property
    def people(self) -> tuple[UUID, ...]:
        """Whom its line names."""
        pupil = self.place.pupil if self.place is not None else None
        return tuple(who for who in (pupil, self.person) if who is not None)


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
    )
