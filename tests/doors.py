"""Everybody at a served school, and what each command may be asked about: for the test that tries every door.

To the school of tests.browser.school come the roles it has not: each signs in by token, under its own name.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

from ledger import accounts, streams
from ledger.entry import Category, Draft
from ledger.events import days, journals, roster, staff
from ledger.events.accounts import AccountCreated, CredentialIssued
from tests.browser import school as base
from tests.browser.school import SCHOOL, Site, named

# login → who it is. «stranger» teaches another subject in another class; «substitute» has one lesson of 7А.
PEOPLE = {
    "teacher": "Соколова",
    "stranger": "Петров",
    "substitute": "Лебедева",
    "class_teacher": "Громова",
    "deputy": "Дьячкова",
    "methodist": "Кеулькут",
    "director": "Орлова",
    "administrator": "Носов",
    "inspector": "Проверяющий",
    "working_group": "Член группы",
    "guardian": "мать Каляны",
    "foreign_guardian": "мать Кергитваля",
    "pupil": "Каляна Мария",
}
_GRANTED = {
    "methodist": "methodist",
    "director": "director",
    "administrator": "administrator",
    "inspector": "inspector",
    "working_group": "working_group",
}


def login_of(name: str) -> str:
    """What one of PEOPLE signs in as: some have an account at the school of tests.browser.school already."""
    return next((login for login, person in base.LOGINS.items() if person == PEOPLE[name]), name)


def populate(site: Site) -> None:
    """The people, their accounts and the substitution of today's algebra lesson in 7А."""
    first = site.today - timedelta(days=40)
    drafts = [_draft(stream, event) for stream, event in _events(site, first)]
    new = [login for login in PEOPLE if PEOPLE[login] not in base.LOGINS.values()]
    for login in new:
        account, credential = named(f"account {login}"), named(f"credential {login}")
        drafts.append(_draft(account, AccountCreated(person=named(PEOPLE[login])), Category.ACCOUNT))
        issued = CredentialIssued(credential=credential, procedure="founding", parent=None)
        drafts.append(_draft(account, issued, Category.ACCOUNT))
    site.append(*drafts)
    with site.here.pool.connection() as connection:
        for login in new:
            accounts.add(connection, base._account(login, named(PEOPLE[login]), datetime.now(UTC)))


def _events(site: Site, first: date) -> Iterator[tuple[UUID, object]]:
    for login, role in _GRANTED.items():
        yield (
            named(PEOPLE[login]),
            staff.RoleGranted(role=role, first=first, until=None, competence=None),
        )
    yield named("7А"), roster.ClassTeacherAppointed(person=named("Громова"), first=first, until=None)
    yield (
        named("Кергитваль Олег"),
        roster.GuardianLinked(guardian=named("мать Кергитваля"), kinship="мать"),
    )
    physics, home = named("Физика"), streams.calendar(SCHOOL)
    yield home, journals.SubjectAdded(subject=physics, title="Физика", short="Физ", attributes=())
    page = named("7Б Физика")
    yield (
        page,
        journals.JournalListed(class_id=named("7Б"), group=None, subject=physics, year=first.year),
    )
    yield page, journals.WorkloadAssigned(teacher=named("Петров"), first=first, until=None, hours=100)
    yield (
        streams.day(SCHOOL, named("7А"), site.today),
        days.SubstitutionRecorded(
            substitution=named("замена"),
            lesson=site.lesson(),
            absent=named("Соколова"),
            substitute=named("Лебедева"),
            manner="same_subject",
            order=None,
        ),
    )


def _draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


_DAYS = [0]  # which day's lesson a body is about
_TODAYS = (
    *("write_lesson", "write_attendance", "dispute_absence", "decide_dispute"),
    *("request_late_entry", "decide_late_entry", "withdraw_late_entry", "withdraw_correction"),
)


def lesson_of(site: Site, days: int) -> UUID:
    """The algebra lesson of 7А that many days from today, though it was cancelled or moved since."""
    on = site.today + timedelta(days=days)
    return streams.lesson(SCHOOL, named(f"7А {on.isoweekday()}"), on)


def body_for(command: type, action: str, site: Site) -> dict[str, Any]:
    """`body_of` about today's lesson for what is written in it; what cancels or moves lessons has tomorrow's."""
    _DAYS[0] = 0 if action in _TODAYS else 1
    return body_of(command, site)


def body_of(command: type, site: Site) -> dict[str, Any]:
    """A body for the command, well formed, about 7А, its algebra, a lesson of it and Каляна Мария."""
    hints = get_type_hints(command)
    required = [f for f in dataclasses.fields(command) if _required(f) or f.name in _MEANT]
    body = {f.name: _value(f.name, hints[f.name], site) for f in required}
    return {**body, "confirmed": True} if "confirmed" in hints else body


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


_MEANT = {"lesson", "journal", "class_id", "pupil", "items", "cases"}  # what rights may be asked of


def _value(name: str, hint: Any, site: Site) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(name, next(each for each in inside if each is not type(None)), site)
    if origin is tuple:
        one = name if not name.endswith("s") else name.removesuffix("s")
        return [_value(one, inside[0], site)]
    if dataclasses.is_dataclass(hint):
        return body_of(hint, site)  # type: ignore[arg-type]
    return _IDS.get(name, lambda _: str(uuid4()))(site) if hint is UUID else _plain(hint, site)


def _plain(hint: Any, site: Site) -> Any:
    tomorrow = site.today + timedelta(days=1)
    values: dict[Any, Any] = {
        str: "текст",
        int: 1,
        bool: False,
        date: tomorrow.isoformat(),
        time: "09:00:00",
        datetime: f"{tomorrow.isoformat()}T09:00:00",
    }
    return values[hint]


_IDS: dict[str, Any] = {
    "lesson": lambda site: str(lesson_of(site, _DAYS[0])),
    "work": lambda site: str(lesson_of(site, 0)),
    "journal": lambda site: str(named("7А Алгебра")),
    "subject": lambda site: str(named("Алгебра")),
    "class_id": lambda site: str(named("7А")),
    "classe": lambda site: str(named("7А")),
    "pupil": lambda site: str(named("Каляна Мария")),
    "person": lambda site: str(named("Соколова")),
    "teacher": lambda site: str(named("Соколова")),
    "absent": lambda site: str(named("Соколова")),
    "substitute": lambda site: str(named("Лебедева")),
}
