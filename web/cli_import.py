"""letopis import-school FOLDER, letopis import-timetable FILE.xml."""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

from commands.deciding import Refusal
from commands.files.asc import read_asc_file
from commands.files.csv_bundle import read_bundle_folder
from commands.files.csv_rows import SchoolBundle
from commands.files.csv_values import school_date
from commands.files.reading import Problem, Reading
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.handle import Answer, handle
from commands.importing.asc_match import match, unknown
from commands.importing.leftovers import leftovers
from commands.importing.school import ImportSchool, names_of
from commands.importing.timetable import ImportTimetable
from commands.importing.timetable import names_of as teachers_of
from ledger import people, regulation
from ledger.entry import Origin
from ledger.people import Name
from ledger.regulation import RegulationError
from ledger.school import School
from web import issuing
from web.account_desk import asked_by_system
from web.config import Config
from web.database import open_database
from web.keyfile import read_key
from web.prepare import check_ready, migrate_database
from web.premises import Premises, Settings, open_premises

REGULATIONS = Path(regulation.__file__).parent / "regulations"


class NotImported(Exception):
    """Sentences that say why nothing of the file was applied."""


def school_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="ПАПКА", help="набор CSV (docs/import-format.md)")
    parser.add_argument("--keep-closed", action="store_true", help="не открывать журналы: будет перенос записей")
    _more_arguments(parser)


def timetable_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="ФАЙЛ.xml", help="выгрузка aSc Timetables (2008 XML)")
    parser.add_argument("--create", action="store_true", help="создать неизвестных учителей, классы, предметы")
    _more_arguments(parser)


def _more_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", type=_date, metavar="ДАТА", help="с какого дня, иначе с завтра")
    parser.add_argument("--school", metavar="ШКОЛА", help="начало названия, если школ несколько")


def _date(text: str) -> date:
    try:
        return school_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def import_school(config: Config, options: argparse.Namespace) -> int:
    """Found the school at the first import. Raises NotImported; then nothing was applied."""
    bundle = _read(read_bundle_folder(options.folder))
    toml = _regulation(bundle)
    with _at_work(config) as here:
        school = _school(here, options.school) or _found(here, bundle, toml)
        answer = _do(here, school, ImportSchool(bundle=bundle, since=options.since))
        _keep_names(here, school, names_of(bundle, school))
        if not options.keep_closed:
            _do(here, school, OpenJournal(year=int(bundle.school.year[:4])))
        _tell(here, school, answer)
        for sentence in leftovers(bundle, here.school(school)):
            print(f"Не перенесено: {sentence}.")
    return 0


def import_timetable(config: Config, options: argparse.Namespace) -> int:
    """Into the school's latest year. Raises NotImported; then nothing was applied."""
    timetable = _read(read_asc_file(options.file))
    with _at_work(config) as here:
        school = _school(here, options.school)
        if school is None:
            raise NotImported("Школы ещё нет: сначала letopis import-school ПАПКА.")
        known = here.school(school)
        command = ImportTimetable(
            timetable=timetable,
            staff=_staff(here, known),
            year=max(known.years, default=0),
            first=options.since,
            create=options.create,
        )
        _say_unknown(command, known)
        names = teachers_of(command, known)
        answer = _do(here, school, command)
        _keep_names(here, school, names)
        _tell(here, school, answer)
    return 0


def _read(reading: Reading) -> object:  # type: ignore[type-arg]
    for notice in reading.notices:
        print(f"Замечание: {_spoken(notice)}")
    if reading.value is None:
        lines = [_spoken(problem) for problem in reading.problems]
        more = [f"… и ещё {reading.unshown}"] if reading.unshown else []
        raise NotImported("\n".join(["ничего не загружено:", *lines, *more]))
    return reading.value


def _spoken(problem: Problem) -> str:
    line = f", строка {problem.line}" if problem.line else ""
    column = f", столбец «{problem.column}»" if problem.column else ""
    return f"{problem.file}{line}{column}: {problem.reason}"


def _regulation(bundle: SchoolBundle) -> str:
    """The text of the preset the bundle names, known to be sound before anything is founded."""
    path = REGULATIONS / f"{bundle.school.regulation}.toml"
    if not path.is_file():
        listed = ", ".join(sorted(p.stem for p in REGULATIONS.glob("*.toml") if p.stem != "template"))
        raise NotImported(f"school.csv: порядка «{bundle.school.regulation}» нет; есть: {listed}.")
    toml = path.read_text(encoding="utf-8")
    try:
        regulation.load(toml, path.name)
    except RegulationError as error:
        raise NotImported(str(error)) from error
    return toml


def _found(here: Premises, bundle: SchoolBundle, toml: str) -> UUID:
    school = uuid4()
    _do(here, school, FoundSchool(title=bundle.school.name, zone=bundle.school.zone))
    title = regulation.load(toml, bundle.school.regulation).title
    _do(here, school, AdoptRegulation(title=title, toml=toml, in_force=bundle.school.year_first))
    return school


def _do(here: Premises, school: UUID, command: object) -> Answer:
    started = monotonic()
    asking = replace(
        asked_by_system(school),
        received_at=datetime.now(UTC),
        origin=Origin.IMPORT,
        body_sha256=hashlib.sha256(repr(command).encode()).digest(),
        age=lambda: monotonic() - started,
    )
    return handle(command, asking, here.house(school))


def _keep_names(here: Premises, school: UUID, names: Mapping[UUID, Name]) -> None:
    """After the entries: a name without a person would be found nowhere; the same name twice is one."""
    with here.pool.connection() as connection:
        people.put_many(connection, school, names, since=datetime.now(UTC))


def _staff(here: Premises, school: School) -> Mapping[UUID, Name]:
    with here.pool.connection() as connection:
        return people.names_at(connection, school.id, issuing.staff_of(school))


def _say_unknown(command: ImportTimetable, school: School) -> None:
    matched = match(command.timetable, school, command.year, command.staff)
    if matched.skipped:
        print(f"Пропущены, это не классы: {', '.join(c.name for c in matched.skipped)}.")
    for line in unknown(matched):
        print(f"{'Создаются' if command.create else 'Неизвестны'} {line}.")


def _tell(here: Premises, school: UUID, answer: Answer) -> None:
    if answer.first is None:
        print("Изменений нет.")
        return
    after, upto = answer.first - 1, answer.last
    entries = here.store.entries(school, after=after, upto=upto, limit=1_000_000)
    for name, count in Counter(type(entry.event).__name__ for entry in entries).items():
        print(f"{SAID.get(name, name)}: {count}")


SAID = {
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
    "PupilGrouped": "места в группах",
    "GuardianLinked": "родители у учеников",
    "RoleGranted": "роли сотрудников",
    "RoleWithdrawn": "роли сняты",
    "JournalListed": "страницы журнала",
    "WorkloadAssigned": "нагрузка назначена",
    "WorkloadEnded": "нагрузка снята",
    "SlotScheduled": "уроки недели поставлены",
    "SlotEnded": "уроки недели сняты",
}


def _school(here: Premises, title: str | None) -> UUID | None:
    """The school meant; None where there is none yet."""
    found = [here.school(school) for school in here.school_ids()]
    meant = [school for school in found if title is None or school.title.startswith(title)]
    if len(meant) > 1 or (found and not meant):
        listed = "; ".join(school.title for school in found)
        raise NotImported(f"Укажите школу (--school и начало названия). Есть: {listed}.")
    return meant[0].id if meant else None


@contextmanager
def _at_work(config: Config) -> Iterator[Premises]:
    with open_database(config) as dsns:
        if config.embedded:
            migrate_database(config, dsns)
        check_ready(config, dsns)
        here = open_premises(dsns.app, read_key(config.master_key_file), Settings())
        try:
            yield here
        finally:
            here.pool.close()
