"""letopis import-school FOLDER, letopis import-timetable FILE.xml."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from commands.files.asc import read_asc_file
from commands.files.csv_bundle import read_bundle_folder
from commands.files.csv_rows import SchoolBundle
from commands.files.csv_values import school_date
from commands.files.reading import Problem, Reading, Value
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.importing.asc_match import match, unknown
from commands.importing.leftovers import leftovers
from commands.importing.school import ImportSchool, names_of
from commands.importing.timetable import ImportTimetable
from commands.importing.timetable import names_of as teachers_of
from ledger import regulation
from ledger.regulation import RegulationError
from ledger.school import School
from web.config import Config
from web.import_desk import NotImported, at_work, do, keep_names, named_school, staff, tell
from web.premises import Premises

REGULATIONS = Path(regulation.__file__).parent / "regulations"


def school_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="ПАПКА", help="набор CSV (docs/import-format.md)")
    parser.add_argument(
        "--keep-closed", action="store_true", help="не открывать журналы: будет перенос записей"
    )
    _more_arguments(parser)


def timetable_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="ФАЙЛ.xml", help="выгрузка aSc Timetables (XML 2008 или 2012)"
    )
    parser.add_argument(
        "--create", action="store_true", help="создать неизвестных учителей, классы, предметы"
    )
    parser.add_argument(
        "--term", type=int, choices=range(1, 13), default=0, metavar="НОМЕР", help="часть года в файле 2012"
    )
    _more_arguments(parser)


def _more_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="since", type=_date, metavar="ДАТА", help="с какого дня, иначе с завтра"
    )
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
    with at_work(config) as here:
        school = named_school(here, options.school) or uuid4()
        _found(here, school, bundle, toml)
        answer = do(here, school, ImportSchool(bundle=bundle, since=options.since))
        keep_names(here, school, names_of(bundle, school))
        if not options.keep_closed:
            do(here, school, OpenJournal(year=int(bundle.school.year[:4])))
        tell(here, school, answer)
        for sentence in leftovers(bundle, here.school(school)):
            print(f"Не перенесено: {sentence}.")
    return 0


def import_timetable(config: Config, options: argparse.Namespace) -> int:
    """Into the school's latest year. Raises NotImported; then nothing was applied."""
    timetable = _read(read_asc_file(options.file, options.term))
    with at_work(config) as here:
        school = named_school(here, options.school)
        if school is None:
            raise NotImported("Школы ещё нет: сначала letopis import-school ПАПКА.")
        known = here.school(school)
        command = ImportTimetable(
            timetable=timetable,
            staff=staff(here, known),
            year=max(known.years, default=0),
            first=options.since,
            create=options.create,
        )
        _say_unknown(command, known)
        names = teachers_of(command, known)
        answer = do(here, school, command)
        keep_names(here, school, names)
        tell(here, school, answer)
    return 0


def _read(reading: Reading[Value]) -> Value:
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


def _found(here: Premises, school: UUID, bundle: SchoolBundle, toml: str) -> None:
    """What the first import begins with; also when an earlier one was cut off between the two."""
    if not here.school(school).title:
        do(here, school, FoundSchool(title=bundle.school.name, zone=bundle.school.zone))
    if not here.school(school).regulations:
        title = regulation.load(toml, bundle.school.regulation).title
        do(here, school, AdoptRegulation(title=title, toml=toml, in_force=bundle.school.year_first))


def _say_unknown(command: ImportTimetable, school: School) -> None:
    matched = match(command.timetable, school, command.year, command.staff)
    if matched.skipped:
        print(f"Пропущены, это не классы: {', '.join(c.name for c in matched.skipped)}.")
    for line in unknown(matched):
        print(f"{'Создаются' if command.create else 'Неизвестны'} {line}.")
