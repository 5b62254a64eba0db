"""Two physics teachers and a methodist in the school of the browser tests: 8А has physics now and next, 8Б had it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from ledger import accounts, people, streams
from ledger.accounts import AccountRow
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import calendar, journals, roster, staff, timetable
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.people import Name
from ledger.store import SYSTEM
from tests.browser.school import LESSON_NOW, SCHOOL, Site, named
from tests.small_school import PASSWORD
from web import passwords

PEOPLE = {"methodist": "Кеулькут", "petrov": "Петров", "kim": "Ким", "mother": "мать Кергитваля"}
NAMES = {
    "Кеулькут": ("Кеулькут", "Валентина", "Ивановна"),
    "Петров": ("Петров", "Олег", "Андреевич"),
    "Ким": ("Ким", "Роман", "Сергеевич"),
    "мать Кергитваля": ("Кергитваль", "Анна", "Олеговна"),
    "Кергитваль Пётр": ("Кергитваль", "Пётр", ""),
}
PLACES = {"8А": ("Петров", (LESSON_NOW, LESSON_NOW + 1)), "8Б": ("Ким", (LESSON_NOW - 2,))}


def with_physics(site: Site) -> None:
    now = datetime.now(UTC)
    drafts = [
        Draft(category=Category.SCHOOL, stream=s, version=None, event=e) for s, e in _entries(site.today)
    ]
    for login, person in PEOPLE.items():
        account = named(f"account {login}")
        issued = CredentialIssued(credential=named(f"credential {login}"), procedure="founding", parent=None)
        for event in (AccountCreated(person=named(person)), issued):
            drafts.append(Draft(category=Category.ACCOUNT, stream=account, version=None, event=event))
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=now,
        origin=Origin.SYSTEM,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=tuple(drafts)))
    _name(site, now)
    site.here.runner.catch_up(SCHOOL, patience=30)


def lesson_of(site: Site, number: int) -> UUID:
    """Today's physics lesson of 8А."""
    planned = site.here.school(SCHOOL).timetable.by_journal[named("8А Физика")]
    return next(each.id for each in planned if (each.date, each.number) == (site.today, number))


def _name(site: Site, now: datetime) -> None:
    known = {
        named(who): Name(last=last, first=first, middle=middle)
        for who, (last, first, middle) in NAMES.items()
    }
    with site.here.pool.connection() as connection:
        people.put_many(connection, SCHOOL, known, since=now - timedelta(days=100))
        for login, person in PEOPLE.items():
            row = AccountRow(
                school_id=SCHOOL,
                account_id=named(f"account {login}"),
                person_id=named(person),
                login=login,
                password_hash=passwords.hash_password(PASSWORD),
                credential_id=named(f"credential {login}"),
                must_change=False,
                obliged_at=now,
                blocked_at=None,
                created_at=now,
            )
            accounts.add(connection, row)


def _entries(today: date) -> Iterator[tuple[UUID, object]]:
    first, last, subject = today - timedelta(days=40), today + timedelta(days=100), named("Физика")
    home = streams.calendar(SCHOOL)
    yield home, journals.SubjectAdded(subject=subject, title="Физика", short="Физ", attributes=())
    yield (
        named("Кеулькут"),
        staff.RoleGranted(role="methodist", first=first, until=None, competence=None),
    )
    for title, (teacher, numbers) in PLACES.items():
        page = named(f"{title} Физика")
        yield named(title), roster.ClassFormed(year=first.year, title=title, grade=8, level="ООО")
        yield (
            page,
            journals.JournalListed(class_id=named(title), group=None, subject=subject, year=first.year),
        )
        yield page, journals.WorkloadAssigned(teacher=named(teacher), first=first, until=None, hours=200)
        for weekday in range(1, 8):
            rings = calendar.BellsAssigned(
                class_id=named(title), weekday=weekday, schedule=named("звонки"), first=first
            )
            yield home, rings
            for number in numbers:
                yield named(f"{title} Физика {weekday} {number}"), _slot(page, weekday, number, first, last)
    pupil = named("Кергитваль Пётр")
    yield pupil, roster.PupilEnrolled(class_id=named("8А"), first=first, order=None)
    yield pupil, roster.GuardianLinked(guardian=named("мать Кергитваля"), kinship="мать")


def _slot(page: UUID, weekday: int, number: int, first: date, last: date) -> timetable.SlotScheduled:
    return timetable.SlotScheduled(
        journal=page, weekday=weekday, number=number, week="all", first=first, last=last, room="21"
    )
