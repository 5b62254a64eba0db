"""What importing needs of the outside: a school at work, its names, a count of what came."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

from commands.handle import Answer, handle
from ledger import people
from ledger.entry import Origin
from ledger.people import Name
from ledger.school import School
from web import issuing
from web.account_desk import asked_by_system
from web.config import Config
from web.database import open_database
from web.keyfile import read_key
from web.premises import Premises, Settings, open_premises
from web.prepare import check_ready, migrate_database

SAID = {  # event → what it is called when counted
    "YearSet": "учебный год",
    "ReportingPeriodDefined": "отчётные периоды",
    "HolidayScheduled": "каникулы и праздники",
    "BellsSet": "расписания звонков",
    "BellsAssigned": "звонки классов по дням",
    "SubjectAdded": "предметы",
    "ClassFormed": "классы",
    "ClassTeacherAppointed": "классные руководители",
    "GroupFormed": "группы",
    "PupilEnrolled": "ученики зачислены",
    "PupilMoved": "ученики переведены",
    "PupilDeparted": "ученики выбыли",
    "PupilGrouped": "места в группах",
    "PupilUngrouped": "места в группах закончились",
    "GuardianLinked": "родители у учеников",
    "RoleGranted": "роли сотрудников",
    "RoleWithdrawn": "роли сняты",
    "JournalListed": "страницы журнала",
    "WorkloadAssigned": "нагрузка назначена",
    "WorkloadEnded": "нагрузка снята",
    "SlotScheduled": "уроки недели поставлены",
    "SlotEnded": "уроки недели сняты",
    "SlotJoined": "уроки объединены",
}


class NotImported(Exception):
    """Sentences that say why nothing of the file was applied."""


@contextmanager
def at_work(config: Config) -> Iterator[Premises]:
    with open_database(config) as dsns:
        if config.embedded:
            migrate_database(config, dsns)
        check_ready(config, dsns)
        here = open_premises(dsns.app, read_key(config.master_key_file), Settings())
        try:
            yield here
        finally:
            here.pool.close()


def named_school(here: Premises, title: str | None) -> UUID | None:
    """The school meant; None where there is none yet."""
    found = [here.school(school) for school in here.school_ids()]
    meant = [school for school in found if title is None or school.title.startswith(title)]
    if len(meant) > 1 or (found and not meant):
        listed = "; ".join(school.title for school in found)
        raise NotImported(f"Укажите школу (--school и начало названия). Есть: {listed}.")
    return meant[0].id if meant else None


def do(here: Premises, school: UUID, command: object) -> Answer:
    started = monotonic()
    asking = replace(
        asked_by_system(school),
        received_at=datetime.now(UTC),
        origin=Origin.IMPORT,
        body_sha256=hashlib.sha256(repr(command).encode()).digest(),
        age=lambda: monotonic() - started,
    )
    return handle(command, asking, here.house(school))


def keep_names(here: Premises, school: UUID, names: Mapping[UUID, Name]) -> None:
    """After the entries: a name without a person would be found nowhere; the same name twice is one."""
    with here.pool.connection() as connection:
        people.put_many(connection, school, names, since=datetime.now(UTC))


def staff(here: Premises, school: School) -> Mapping[UUID, Name]:
    with here.pool.connection() as connection:
        return people.names_at(connection, school.id, issuing.staff_of(school))


def tell(here: Premises, school: UUID, answer: Answer) -> None:
    if answer.first is None:
        print("Изменений нет.")
        return
    after, upto = answer.first - 1, answer.last
    entries = here.store.entries(school, after=after, upto=upto, limit=1_000_000)
    for name, count in Counter(type(entry.event).__name__ for entry in entries).items():
        print(f"{SAID.get(name, name)}: {count}")
