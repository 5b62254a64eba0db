"""The school's own control: a certificate whose findings are half put right, the director's months, the class
teacher's days (R-209…R-211)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from commands.certificates import (
    AcknowledgeCertificate,
    DrawUpCertificate,
    IssueCertificate,
    ResolveFinding,
    SetFinding,
    WordCertificate,
)
from commands.controls import CheckDay, RecordControl
from commands.importing import ids
from ledger.school import School
from web.demo.school_days import at, before
from web.demo.steps import Look, Step
from web.demo.theft import CLASS

DAYS_AGO = 6  # school days since the certificate was issued
CHECKED = 5  # last days the class teacher looked at
INDICATORS = ("C-01", "C-04", "C-07")
TITLE = "Полнота и своевременность ведения журнала"
TEXT = """Проверены страницы всех классов за прошедшие недели по записям журнала.

Журнал ведут все учителя, у кого были уроки. Темы записаны почти у всех в день урока; домашнее задание местами \
внесено после срока, и семьи видят его вечером.

Рекомендовано: задание вносить на уроке; темы, которых недостаёт, внести с разрешения заместителя директора."""
FINDINGS = (
    ("petrov", "Задание вносится после уроков: семьи узнают о нём вечером.", 14),
    ("lebedeva", "На двух уроках не записана тема.", 3),
)
DONE = "Темы записаны с разрешения заместителя директора."
OF_DIRECTOR = "Просмотрены страницы 7А, 9А и 11А: записи в срок, исправлений без основания нет."


def steps(school: School, now: datetime) -> Iterator[Step]:
    days = before(school, now)
    yield from _certificate(school, days)
    yield from _months(school, days)
    yield from _daily(school, days)


def certificate(school: UUID) -> UUID:
    return uuid5(school, "demonstration/certificate")


def _certificate(school: School, days: tuple[date, ...]) -> Iterator[Step]:
    if len(days) <= DAYS_AGO:
        return
    id, day, deputy = certificate(school.id), days[-DAYS_AGO], ids.person(school.id, "dyachkova")
    made: list[tuple[str, object]] = [
        ("drawn", _drawn_up(id, days[0], day)),
        ("worded", WordCertificate(certificate=id, text=TEXT)),
        *((f"finding/{n}", _finding(id, n, school, day)) for n in range(len(FINDINGS))),
        ("issued", IssueCertificate(certificate=id, people=(ids.person(school.id, "sokolova"),))),
    ]
    for n, (key, command) in enumerate(made):
        yield Step(at=at(day, 15, 30 + n), person=deputy, key=f"certificate/{key}", command=command)
    late = ids.person(school.id, FINDINGS[1][0])
    following = days[-DAYS_AGO + 1]
    read = AcknowledgeCertificate(certificate=id)
    yield Step(at=at(following, 8, 10), person=late, key="certificate/read", command=read)
    done = ResolveFinding(certificate=id, finding=_finding_id(id, 1), text=DONE)
    yield Step(at=at(following, 14, 20), person=late, key="certificate/done", command=done)


def _drawn_up(id: UUID, first: date, last: date) -> Callable[[Look], DrawUpCertificate]:
    def made(look: Look) -> DrawUpCertificate:
        return DrawUpCertificate(
            certificate=id,
            number="2",
            title=TITLE,
            first=first,
            last=last,
            position=look.house.store.head(look.asking.school).position,
            indicators=INDICATORS,
        )

    return made


def _finding(id: UUID, n: int, school: School, day: date) -> SetFinding:
    code, text, days = FINDINGS[n]
    return SetFinding(
        certificate=id,
        finding=_finding_id(id, n),
        responsible=ids.person(school.id, code),
        text=text,
        due=day + timedelta(days=days),
    )


def _finding_id(id: UUID, n: int) -> UUID:
    return uuid5(id, f"finding/{n}")


def _months(school: School, days: tuple[date, ...]) -> Iterator[Step]:
    """Of every month that is over: its last school day from the 20th on."""
    director = ids.person(school.id, "orlova")
    months = sorted({day.replace(day=1) for day in days})
    for month in months[:-1]:
        last = max(day for day in days if day.replace(day=1) == month)
        yield Step(at=at(last, 16, 40), person=director, key=f"control/{month}", command=_recorded(month))


def _recorded(month: date) -> Callable[[Look], RecordControl]:
    def made(look: Look) -> RecordControl:
        head = look.house.store.head(look.asking.school).position
        return RecordControl(month=month, position=head, text=OF_DIRECTOR)

    return made


def _daily(school: School, days: tuple[date, ...]) -> Iterator[Step]:
    """The class teacher looked each evening but yesterday's."""
    klass = next(klass for klass in school.classes.values() if klass.title == CLASS)
    teacher = ids.person(school.id, "gromova")
    for day in days[-CHECKED - 1 : -1]:
        yield Step(at=at(day, 16, 5), person=teacher, key=f"checked/{day}", command=_checked(klass.id, day))


def _checked(class_id: UUID, day: date) -> Callable[[Look], CheckDay]:
    def made(look: Look) -> CheckDay:
        head = look.house.store.head(look.asking.school).position
        return CheckDay(class_id=class_id, day=day, position=head)

    return made
