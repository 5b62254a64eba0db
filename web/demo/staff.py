"""Who is responsible for what, by the director's order of the first days (R-033)."""

from __future__ import annotations

from collections.abc import Iterator

from commands.appointments import AppointResponsible
from commands.by_order import OrderNamed
from commands.importing import ids
from ledger.school import School
from ledger.school_folds.staff import WORKING_GROUP
from web.demo.school_days import at
from web.demo.steps import Step

ORDER = "41-ОД"
RESPONSIBLE = (("tsvetkov", "journal"), ("nosov", "support"), ("ranav", WORKING_GROUP))


def steps(school: School) -> Iterator[Step]:
    first = school.years[max(school.years)].first
    for n, (code, scope) in enumerate(RESPONSIBLE):
        command = AppointResponsible(
            person=ids.person(school.id, code),
            scope=scope,
            first=first,
            order=OrderNamed(number=ORDER, on=first),
        )
        director = ids.person(school.id, "orlova")
        yield Step(at=at(first, 10, 5 + n), person=director, key=f"responsible/{scope}", command=command)
