"""What stands beside the ledger of the year: names, sign-ins, sessions, the log of views, refused attempts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from psycopg import Connection

from bench.school import PASSWORD
from bench.year_founding import account_holders
from bench.year_lessons import Making
from bench.year_plan import Plan, account_of, midnight
from bench.year_pupils import People
from ledger import people as names
from ledger.people import Name
from web.passwords import hash_password

LASTS = (
    "Каляна",
    "Вуквукай",
    "Ященко",
    "Антипина",
    "Рультытегин",
    "Громова",
    "Кеулькут",
    "Мальцев",
    "Ёлкина",
)
FIRSTS = ("Илья", "Мария", "Артём", "Ольга", "Денис", "Алёна", "Глеб", "Дарья")
MIDDLES = ("Викторович", "Андреевна", "Олегович", "Игоревна")
AGENT, ADDRESS = "Mozilla/5.0", "10.0.0.7"
Db = Connection[tuple[object, ...]]
LOGINS = ("director", "deputy", "methodist", "administrator", "inspector")


def write_access(connection: Db, making: Making) -> None:
    """As the superuser, in one transaction. Everybody's password is the same one."""
    plan, people, random = making.plan, making.people, Random(23)
    _copy(
        connection,
        "ledger.refusals (school_id, command_id, account, person, acting_role, command, code, clause, sentence,"
        " stream_id, received_at, recorded_at, position)",
        _refusals(making),
    )
    _names(connection, plan, people)
    rows = list(_accounts(plan))
    _copy(
        connection,
        "access.accounts (school_id, account_id, person_id, login, password_hash, credential_id, must_change,"
        " obliged_at, created_at)",
        iter(rows),
    )
    sessions = list(_sessions(plan, people, random))
    _copy(
        connection,
        "access.sessions (school_id, session_id, token_sha256, account_id, credential_id, created_at, last_seen,"
        " ended_at, end_reason, ip, user_agent)",
        iter(sessions),
    )
    _copy(
        connection,
        "access.views (school_id, at, account_id, session_id, credential_id, ip, page, class_id, pupil_id,"
        " journal_id)",
        _views(plan, people, sessions, random),
    )


def login_of(plan: Plan, person: UUID) -> str:
    """The office's by role, a teacher's by number, a family's by the person's id."""
    for role, each in plan.office.items():
        if each == person:
            return role
    staff = plan.staff
    return f"teacher{staff.index(person) + 1}" if person in staff else f"p{person.hex[:16]}"


def _copy(connection: Db, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _refusals(making: Making) -> Iterator[tuple[object, ...]]:
    """The evening after the window had ended."""
    sentence = "Срок записи закончился. Попросите разрешение у заместителя директора."
    for n, (lesson, teacher, position) in enumerate(making.refused):
        command, code = (("RecordTopic", "W-03"), ("GiveMark", "W-01"), ("SetHomework", "W-04"))[n % 3]
        at = midnight(lesson.date) + timedelta(hours=20)
        who = account_of(teacher), teacher, "teacher", command, code, "9.5(b7)", sentence, lesson.id
        yield making.plan.id, making.plan.new(), *who, at, at, position


def _names(connection: Db, plan: Plan, people: People) -> None:
    persons = [*plan.office.values(), *plan.staff]
    for klass in plan.classes:
        for pupil in people.ever(klass):
            persons += [pupil, *plan.guardians[pupil]]
    since = datetime(2020, 1, 1, tzinfo=UTC)
    known = {
        person: Name(
            last=f"{LASTS[n % len(LASTS)]}", first=FIRSTS[n // 9 % len(FIRSTS)], middle=MIDDLES[n // 72 % 4]
        )
        for n, person in enumerate(dict.fromkeys(persons))
    }
    names.put_many(connection, plan.id, known, since=since)


def _accounts(plan: Plan) -> Iterator[tuple[object, ...]]:
    hashed, at = hash_password(PASSWORD), datetime(plan.year, 8, 25, tzinfo=UTC)
    for person in account_holders(plan):
        account = account_of(person)
        login = login_of(plan, person)
        yield plan.id, account, person, login, hashed, _credential(account), False, at, at


def _credential(account: UUID) -> UUID:
    return UUID(int=account.int ^ 1)


def _sessions(plan: Plan, people: People, random: Random) -> Iterator[tuple[object, ...]]:
    """A family looks in once or twice a week, one of twelve never; teachers every day."""
    staff = set(plan.staff)
    for person in account_holders(plan):
        if person not in staff and random.random() < 0.08:
            continue
        account, every = account_of(person), 1 if person in staff else random.choice((3, 5, 7, 12))
        at = datetime(plan.year, 9, 1, 8, tzinfo=UTC)
        while at < datetime(plan.year + 1, 6, 1, tzinfo=UTC):
            at += timedelta(days=every, seconds=random.randrange(-3000, 3000))
            end = at + timedelta(minutes=12)
            session = UUID(int=random.getrandbits(128), version=4)
            row = (plan.id, session, random.randbytes(32), account, _credential(account), at, end, end)
            yield *row, "signed_out", ADDRESS, AGENT


def _views(
    plan: Plan, people: People, sessions: list[tuple[object, ...]], random: Random
) -> Iterator[tuple[object, ...]]:
    """What families look at: the diary, twice a visit."""
    children: dict[object, tuple[UUID, UUID]] = {}
    for klass in plan.classes:
        for pupil in people.ever(klass):
            for person in (pupil, *plan.guardians[pupil]):
                children.setdefault(account_of(person), (klass.id, pupil))
    for row in sessions:
        session, account, credential, began = row[1], row[3], row[4], row[5]
        if account in children:
            klass_id, pupil = children[account]
            for minute in (1, 3):
                at = began + timedelta(minutes=minute)  # type: ignore[operator]
                yield plan.id, at, account, session, credential, ADDRESS, "diary", klass_id, pupil, None
