"""Pupils who are eighteen today or were while nobody looked (R-048, K-17): the day of birth stands outside the ledger,
so that a job has to say it there."""

from __future__ import annotations

from datetime import date

from commands.of_age import NoteComingOfAge
from ledger import contacts
from web.jobs.by_job import carry_out
from web.jobs.job import Due

OF_AGE = 18


def run(due: Due) -> str:
    """Once for each pupil: who is of age already is not asked again. Whoever has left too: the guardians of a graduate
    read the years that were (P-37)."""
    school = due.here.school(due.school)
    today = school.local(due.at).date()
    with due.here.pool.connection() as connection:
        born = contacts.birth_dates(connection, due.school)
    grown = [
        pupil
        for pupil, birth in sorted(born.items())
        if pupil in school.pupils
        and not school.pupils[pupil].of_age
        and school.pupils[pupil].classes
        and comes_of_age(birth) <= today
    ]
    for pupil in grown:
        carry_out(NoteComingOfAge(pupil=pupil), due)
    return f"Исполнилось 18 лет: {len(grown)}." if grown else "Никому не исполнилось 18 лет."


def comes_of_age(birth: date) -> date:
    """The day after the eighteenth birthday's eve; of the 29th of February the 1st of March."""
    try:
        return birth.replace(year=birth.year + OF_AGE)
    except ValueError:
        return date(birth.year + OF_AGE, 3, 1)
