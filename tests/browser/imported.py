"""A real school's timetable, imported as an administrator would, and served: it is eleven o'clock there now.

The file's weeks have five days; they are turned so that today is one of them, and nothing else is changed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from werkzeug.serving import make_server

from commands.files.asc import read_asc_file
from commands.files.asc_rows import AscTimetable
from commands.files.csv_bundle import read_bundle_folder
from commands.founding import AdoptRegulation, FoundSchool
from commands.importing.school import ImportSchool
from commands.importing.school import names_of as bundle_names
from commands.importing.timetable import ImportTimetable
from commands.importing.timetable import names_of as teachers_of
from ledger.timetable import Lesson
from tests.browser.school import zone_at_eleven
from tests.databases import Database
from tests.small_school import PASSWORD, REGULATION, config_for
from web import account_desk
from web.app import create_app
from web.import_desk import do, keep_names, staff
from web.keyfile import create_key
from web.premises import Premises

CLASS = "7-А"
PUPILS = (
    "Антипина Дарья",
    "Вуквукай Илья",
    "Каляна Мария",
    "Рультытегин Артём",
    "Тынетегин Павел",
    "Ященко Ольга",
)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """`lesson` is one of 7-А that has begun today, `earlier` one of the same page whose deadlines are over;
    `login` its teacher's, with PASSWORD."""

    url: str
    here: Premises
    school: UUID
    lesson: Lesson
    earlier: Lesson
    login: str


@contextmanager
def served(database: Database, folder: Path, file: Path) -> Iterator[Imported]:
    key = folder / "master.key"
    create_key(key)
    app = create_app(config_for(database, key))
    here: Premises = app.extensions["letopis"]
    try:
        school, lesson, earlier = _import(here, folder, file)
        teacher = here.school(school).journals[lesson.journal].teachers[0][0]
        by = account_desk.asked_by_system(school)
        account_desk.create(here, by, person=teacher, login="uchitel", password=PASSWORD, must_change=False)
        here.runner.catch_up(school, patience=60)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Imported(
                url=f"http://127.0.0.1:{server.server_port}",
                here=here,
                school=school,
                lesson=lesson,
                earlier=earlier,
                login="uchitel",
            )
        finally:
            server.shutdown()
    finally:
        here.pool.close()


def _import(here: Premises, folder: Path, file: Path) -> tuple[UUID, Lesson, Lesson]:
    now = datetime.now(UTC)
    zone = zone_at_eleven(now)
    today = (now + timedelta(hours=_east(zone))).date()
    bundle = read_bundle_folder(write_bundle(folder / "school", zone, today)).value
    timetable = read_asc_file(file).value
    assert bundle is not None
    assert timetable is not None
    school, toml = uuid4(), REGULATION.read_text(encoding="utf-8")
    do(here, school, FoundSchool(title=bundle.school.name, zone=bundle.school.zone))
    do(here, school, AdoptRegulation(title="Порядок", toml=toml, in_force=bundle.school.year_first))
    do(here, school, ImportSchool(bundle=bundle))
    keep_names(here, school, bundle_names(bundle, school))
    command = ImportTimetable(
        timetable=turned(timetable, today),
        staff=staff(here, here.school(school)),
        year=bundle.school.year_first.year,
        create=True,
    )
    names = teachers_of(command, here.school(school))
    do(here, school, command)
    keep_names(here, school, names)
    return school, *_lessons(here, school, today)


def _lessons(here: Premises, school: UUID, today: date) -> tuple[Lesson, Lesson]:
    known = here.school(school)
    for lesson in known.timetable.by_day[today]:
        page = known.journals[lesson.journal]
        whole = (
            known.klass_of(lesson.journal).title == CLASS and page.group is None and len(page.teachers) == 1
        )
        earlier = [
            each for each in known.timetable.before(lesson.journal, today) if (today - each.date).days > 1
        ]
        if whole and earlier and lesson.starts <= known.local(datetime.now(UTC)):
            return lesson, earlier[0]
    raise AssertionError(f"{CLASS} has no lesson before eleven today")


def turned(timetable: AscTimetable, today: date) -> AscTimetable:
    """Monday of the file becomes today's weekday, Tuesday the next …"""
    slots = tuple(
        replace(slot, weekday=(slot.weekday - 1 + today.isoweekday() - 1) % 7 + 1) for slot in timetable.slots
    )
    return replace(timetable, slots=slots)


def write_bundle(folder: Path, zone: str, today: date) -> Path:
    """What a school on aSc brings beside its timetable: one class with its pupils, the year, one period."""
    folder.mkdir()
    first, last = today - timedelta(days=42), today + timedelta(days=200)
    year = f"{first.year}/{(first.year + 1) % 100:02d}"
    files = {
        "school": f"key,value\nname,Школа по файлу\nzone,{zone}\nregulation,ust-belaya\nyear,{year}\n"
        f"year_first,{first}\nyear_last,{last}\n",
        "staff": "id,last_name,first_name,middle_name,roles\nn1,Носов,Денис,Андреевич,administrator\n",
        "classes": f"class,grade\n{CLASS},7\n",
        "pupils": "id,last_name,first_name,class,enrolled\n"
        + "".join(f"p{n},{p.split()[0]},{p.split()[1]},{CLASS},{first}\n" for n, p in enumerate(PUPILS)),
        "periods": "level,kind,title,first,last\n"
        + "".join(f"{level},trimester,I триместр,{first},{last}\n" for level in ("НОО", "ООО", "СОО")),
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _east(zone: str) -> int:
    """Hours «Etc/GMT-5» is east of Greenwich."""
    return -int(zone.removeprefix("Etc/GMT") or 0)
