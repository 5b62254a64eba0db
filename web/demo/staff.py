"""Who is responsible for what, by the director's order of the first days (R-033); and a check that is over (R-024)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from commands.appointments import AppointResponsible
from commands.by_order import OrderNamed
from commands.importing import ids
from commands.mandates import GrantMandate
from ledger.school import School
from ledger.school_folds.staff import WORKING_GROUP
from web.demo.school_days import at
from web.demo.steps import Step

ORDER, CHECK = "41-ОД", "58-ОД"
RESPONSIBLE = (("tsvetkov", "journal"), ("nosov", "support"), ("ranav", WORKING_GROUP))


def steps(school: School) -> Iterator[Step]:
    first = school.years[max(school.years)].first
    director = ids.person(school.id, "orlova")
    for n, (code, scope) in enumerate(RESPONSIBLE):
        command = AppointResponsible(
            person=ids.person(school.id, code),
            scope=scope,
            first=first,
            order=OrderNamed(number=ORDER, on=first),
        )
        yield Step(at=at(first, 10, 5 + n), person=director, key=f"responsible/{scope}", command=command)
    # «Что изменилось с последней проверки» needs one.
    begins, ends = first + timedelta(days=7), first + timedelta(days=11)
    check = GrantMandate(
        person=ids.person(school.id, "zhukov"),
        first=begins,
        last=ends,
        order=OrderNamed(number=CHECK, on=begins),
        confirmed=True,
    )
    yield Step(at=at(begins, 8, 45), person=director, key="check", command=check)
