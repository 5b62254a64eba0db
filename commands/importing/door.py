"""Imports must not become a back door (design 3).

Rules judge an entry that declares a time of its own by that time, so whoever may declare one may write
yesterday's marks today. Such entries come only before the journals of their year are open, or into a school
that was founded as a demonstration.
"""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger.entry import Origin, Stamp

_OPENED = (
    "Журналы {year}/{next:02d} учебного года уже открыты: записи с собственным временем переносят только до"
    " их открытия, иначе можно было бы писать задним числом. Внесите запись в журнал обычным порядком."
)


def refuse_back_door(sight: Sight, lessons: tuple[UUID, ...]) -> None:
    """Raises Refusal when the stamp declares a time it may not; `lessons` are what it writes about."""
    stamp, school = sight.stamp, sight.school
    if stamp.declared_at is None:
        return
    if stamp.origin is not Origin.IMPORT or stamp.declared_at > stamp.received_at:
        raise Refusal("declared-time", "Собственное время бывает только у перенесённых записей, и прошлое.")
    closed = [] if school.demonstration else _opened_years(sight, lessons)
    if closed:
        sentence = _OPENED.format(year=closed[0], next=(closed[0] + 1) % 100)
        raise Refusal("import-closed", sentence, status=409)


def needs_declared_time(stamp: Stamp) -> None:
    """Raises Refusal for records of lessons that came by import and do not say when they were made."""
    if stamp.origin is not Origin.IMPORT or stamp.declared_at is None:
        raise Refusal("declared-time", "Перенесённая запись урока должна называть своё время.")


def _opened_years(sight: Sight, lessons: tuple[UUID, ...]) -> list[int]:
    """The open years among those of `lessons`; what is about no lesson touches every year."""
    school = sight.school
    known = [school.journals[sight.lesson(lesson).journal].year for lesson in lessons]
    return sorted((set(known) if lessons else set(school.opened)) & school.opened)
