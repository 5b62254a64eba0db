"""What a bundle no longer names and an import does not end: said, never passed over in silence."""

from __future__ import annotations

from commands.files.csv_rows import SchoolBundle
from commands.importing import ids
from commands.importing.calendar import holidays_of
from commands.importing.roster import classes_of
from ledger.school import School


def leftovers(bundle: SchoolBundle, school: School) -> tuple[str, ...]:
    """Russian sentences; `school` as it stands after the import."""
    found = (each(bundle, school) for each in (_pupils, _departed, _members, _holidays, _title))
    return tuple(sentence for sentence in found if sentence)


def _pupils(bundle: SchoolBundle, school: School) -> str:
    named = {ids.pupil(school.id, row.id) for row in bundle.pupils}
    there = {p.id for p in school.pupils.values() if p.classes and p.classes[-1][1].last is None}
    gone = len(there - named)
    return f"учеников нет в наборе, а в школе есть: {gone}; выбытие оформляется приказом" if gone else ""


def _departed(bundle: SchoolBundle, school: School) -> str:
    other = 0
    for row in bundle.pupils:
        known = school.pupils.get(ids.pupil(school.id, row.id))
        other += bool(known and known.classes and known.classes[-1][1].last != row.departed)
    return f"учеников с другим днём выбытия, чем в школе: {other}; он меняется приказом" if other else ""


def _members(bundle: SchoolBundle, school: School) -> str:
    classes = classes_of(bundle, school.id, int(bundle.school.year[:4]))
    named = {
        (ids.pupil(school.id, row.pupil), ids.group(school.id, classes[row.class_name], row.group))
        for row in bundle.group_members
    }
    there = {(p.id, g) for p in school.pupils.values() for g, span in p.groups if span.last is None}
    gone = len(there - named)
    return f"мест в группах нет в наборе, а в школе остались: {gone}" if gone else ""


def _holidays(bundle: SchoolBundle, school: School) -> str:
    year = int(bundle.school.year[:4])
    named = {event.holiday for event in holidays_of(bundle, school.id, year)}
    span = school.years[year]
    gone = [h for h, s in school.holidays.items() if h not in named and s.first in span]
    return f"каникул и праздников нет в наборе, а в школе остались: {len(gone)}" if gone else ""


def _title(bundle: SchoolBundle, school: School) -> str:
    same = bundle.school.name == school.title
    return "" if same else f"название школы остаётся прежним: «{school.title}»"
