"""One-time passwords for many people at once, to be handed over in person (R-044, R-045)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from commands.accounts import CreateAccount, IssueCredential
from commands.handle import Asking
from ledger import accounts, people
from ledger.entry import Role
from ledger.school import School
from web import account_desk, logins, passwords
from web.premises import Premises

STAFF = frozenset(Role) - {Role.PUPIL, Role.GUARDIAN, Role.SYSTEM}
CUT = "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A password that is nowhere else by now: shown once."""

    name: str
    login: str
    password: str


Makers = tuple[Callable[..., account_desk.Made], Callable[..., account_desk.Made]]


def by_administrator(person: UUID) -> Makers:
    return CreateAccount, IssueCredential


def staff(school: School, person: UUID) -> bool:
    return any(role in STAFF for role, _, _ in school.roles.get(person, ()))


def staff_of(school: School) -> tuple[UUID, ...]:
    """Everybody who was ever given a role or a mandate, in no order."""
    led = {teacher for klass in school.classes.values() for teacher, _ in klass.teachers}
    taught = {teacher for journal in school.journals.values() for teacher, _ in journal.teachers}
    given = {person for person in school.roles if staff(school, person)} | school.mandates.keys()
    return tuple(given | led | taught)


def family_of(school: School, class_id: UUID) -> tuple[UUID, ...]:
    """Pupils whose last class this is, and their guardians, each once."""
    pupils = [p for p in school.pupils.values() if p.classes and p.classes[-1][0] == class_id]
    return tuple(dict.fromkeys([*(p.id for p in pupils), *(g for p in pupils for g in p.guardians)]))


def issue(
    here: Premises,
    by: Asking,
    persons: Iterable[UUID],
    *,
    again: bool,
    commands: Callable[[UUID], Makers] = by_administrator,
) -> Iterator[Issued]:
    """Accounts for those of `persons` who have none and, when `again`, new passwords for those who have
    one; in the order of names. Blocked accounts are left alone: `closed` names them. Each is done when it is
    yielded, so that what was issued before a failure has been shown. `commands` say how a person's account and
    credential are entered."""
    wanted = tuple(persons)
    with here.pool.connection() as connection:
        names = people.names_at(connection, by.school, wanted)
        known = accounts.of_persons(connection, by.school, wanted)
        taken = set(accounts.logins(connection, by.school))
    for person in sorted(names, key=lambda each: people.sort_key(names[each])):
        account, name = known.get(person), names[person]
        create, reissue = commands(person)
        if account is None:
            login = logins.suggest(name, taken)
            taken.add(login)
            password = passwords.one_time()
            account_desk.create(here, by, person=person, login=login, password=password, command=create)
        elif again and account.blocked_at is None:
            login, password = account.login, account_desk.reissue(here, by, account.account_id, reissue)
        else:
            continue
        yield Issued(name=name.full, login=login, password=password)


def closed(here: Premises, school: UUID, persons: Iterable[UUID]) -> tuple[str, ...]:
    """Names of those of `persons` whose account is blocked: whoever opens it issues the password with it."""
    wanted = tuple(persons)
    with here.pool.connection() as connection:
        rows = accounts.of_persons(connection, school, wanted).values()
        shut = [row.person_id for row in rows if row.blocked_at is not None]
        names = people.names_at(connection, school, shut)
    return tuple(names[person].full for person in sorted(shut, key=lambda each: people.sort_key(names[each])))


def csv_lines(issued: Iterable[Issued]) -> Iterator[str]:
    """Columns «имя», «имя входа», «пароль»; semicolons, as Russian spreadsheets expect."""
    yield _csv_line("имя", "имя входа", "пароль")
    for one in issued:
        yield _csv_line(one.name, one.login, one.password)


def slips(issued: Iterable[Issued], title: str) -> Iterator[str]:
    """A sheet to cut apart and hand over."""
    for one in issued:
        yield (
            f"{one.name}\n{title}\nимя входа: {one.login}\nпароль для первого входа: {one.password}\n"
            f"При первом входе журнал попросит придумать свой пароль.\n{CUT}\n"
        )


def _csv_line(*values: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerow(values)
    return text.getvalue()
