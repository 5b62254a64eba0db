"""Presence and absence (R-138…R-144). Stream: the lesson."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceTaken:
    """Presence was checked: whoever has no «н» was there. «Все на месте» is this with no absences."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceNoted:
    pupil: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceWithdrawn:
    """`came_late`: the pupil appeared during the lesson (K-45)."""

    pupil: UUID
    came_late: bool
