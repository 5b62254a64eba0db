"""Importing a school of 1,000 pupils, 60 teachers, 40 classes and a year's timetable; folding it from its entries."""

from __future__ import annotations

import csv
import gc
import tracemalloc
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from bench.results import Numbers, row, timed
from commands.files.csv_bundle import read_bundle_folder
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.importing.school import ImportSchool, names_of
from commands.substitutions import RecordSubstitutions, SubstitutionItem
from ledger import windows
from ledger.school_fold import SCHOOL_CATEGORIES, fold_school
from ledger.substitutes import taken_at
from web.import_desk import do, keep_names
from web.premises import Premises

CLASSES, TEACHERS, PUPILS, SUBJECTS = 40, 60, 25, 17  # pupils a class
SUBSTITUTIONS = 40
TOML = (Path(windows.__file__).parent / "regulations" / "ust-belaya.toml").read_text(encoding="utf-8")
Rows = Iterable[Iterable[object]]


def measure(here: Premises, home: Path) -> Numbers:
    folder = home / "bundle"
    folder.mkdir(parents=True)
    for name, rows in _files().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    school = uuid4()
    seconds = timed(lambda: _import(here, school, folder))
    entries = here.store.load(school, categories=SCHOOL_CATEGORIES).news
    substitution = _substituting(here, school)
    gc.collect()
    folds = [timed(lambda: fold_school(school, entries)) for _ in range(7)]
    tracemalloc.start()
    folded = fold_school(school, entries)
    lessons = len(folded.timetable.by_id)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return {
        "import_school_s": row(seconds, "s", 10, "lower"),
        "import_school_entries": row(len(entries), "entries", None, "higher"),
        "school_fold_ms": row(median(folds) * 1000, "ms", 300, "lower"),
        "school_lay_year_ms": row(_laid(school, entries) * 1000, "ms", None, "lower"),
        "school_lessons": row(lessons, "lessons", None, "higher"),
        "school_mb": row(size / 2**20, "MB", 30, "lower"),
        "substitution_ms": row(substitution * 1000, "ms", None, "lower"),
    }


def _laid(school: UUID, entries: Iterable[object]) -> float:
    folded = fold_school(school, entries)  # type: ignore[arg-type]
    return timed(lambda: folded.timetable.by_id)


def _substituting(here: Premises, school: UUID) -> float:
    """Median of substitutions of one lesson each, of the last hours of the year: they have to be ahead (W-18)."""
    house = here.house(school)
    known = house.schools.current(school)
    taken = []
    for lesson in known.timetable.lessons[-CLASSES * SUBSTITUTIONS :: CLASSES]:
        own = known.teachers_of(lesson.journal, lesson.date)
        free = next(p for p in known.roles if p not in own and taken_at(p, lesson, known) is None)
        item = SubstitutionItem(lesson=lesson.id, manner="same_subject", substitute=free)
        taken.append(timed(partial(do, here, school, RecordSubstitutions(items=(item,)))))
    return median(taken)


def _import(here: Premises, school: UUID, folder: Path) -> None:
    bundle = read_bundle_folder(folder).value
    assert bundle is not None
    do(here, school, FoundSchool(title=bundle.school.name, zone=bundle.school.zone))
    do(here, school, AdoptRegulation(title="Порядок", toml=TOML, in_force=bundle.school.year_first))
    do(here, school, ImportSchool(bundle=bundle))
    keep_names(here, school, names_of(bundle, school))
    do(here, school, OpenJournal(year=2026))


def _files() -> dict[str, Rows]:
    classes = [f"{1 + n % 11}{'АБВГ'[n // 11]}" for n in range(CLASSES)]
    pupils = [(f"p{n}-{k}", name) for n, name in enumerate(classes) for k in range(PUPILS)]
    return {
        "school": _school(),
        "staff": [
            ("id", "last_name", "first_name", "middle_name", "roles"),
            *((f"t{n}", f"Учитель{n}", "Анна", "Ивановна", "teacher") for n in range(TEACHERS)),
        ],
        "classes": [
            ("class", "grade", "class_teacher"),
            *((name, 1 + n % 11, f"t{n}") for n, name in enumerate(classes)),
        ],
        "pupils": [
            ("id", "last_name", "first_name", "class", "enrolled"),
            *((id_, f"Ученик{id_}", "Илья", name, "2026-09-01") for id_, name in pupils),
        ],
        "guardians": [
            ("id", "last_name", "first_name", "pupil"),
            *((f"g{id_}-{k}", f"Родитель{id_}", "Мария", id_) for id_, _ in pupils for k in range(2)),
        ],
        "groups": [("class", "group"), *((name, group) for name in classes for group in "12")],
        "group_members": [
            ("class", "group", "pupil"),
            *((name, "12"[n % 2], id_) for n, (id_, name) in enumerate(pupils)),
        ],
        "subjects": [("subject",), *((f"Предмет {n}",) for n in range(SUBJECTS))],
        "workload": [("class", "subject", "teacher", "hours"), *_workload(classes)],
        "bells": [
            ("schedule", "number", "start", "end"),
            *(("Звонки", n, f"{7 + n}:30", f"{8 + n}:10") for n in range(1, 8)),
        ],
        "bell_days": [("class", "weekday", "schedule"), *(("*", day, "Звонки") for day in range(1, 6))],
        "periods": [("level", "kind", "title", "first", "last"), *_periods()],
        "holidays": [("title", "first", "last"), ("Каникулы", "2026-11-21", "2026-11-29")],
        "timetable": [("class", "weekday", "number", "subject"), *_timetable(classes)],
    }


def _school() -> Rows:
    said = {
        "name": "Школа тысячи",
        "zone": "Asia/Anadyr",
        "regulation": "ust-belaya",
        "year": "2026/27",
        "year_first": "2026-09-01",
        "year_last": "2027-05-28",
    }
    return [("key", "value"), *said.items()]


def _workload(classes: list[str]) -> Iterator[tuple[object, ...]]:
    for c, name in enumerate(classes):
        for subject in range(SUBJECTS):
            yield name, f"Предмет {subject}", f"t{(c + 3 * subject) % TEACHERS}", 2


def _timetable(classes: list[str]) -> Iterator[tuple[object, ...]]:
    for name in classes:
        for n in range(34):
            yield name, 1 + n // 7, 1 + n % 7, f"Предмет {n % SUBJECTS}"


def _periods() -> Iterator[tuple[str, ...]]:
    for level in ("НОО", "ООО", "СОО"):
        yield level, "trimester", "I триместр", "2026-09-01", "2026-11-20"
        yield level, "trimester", "II триместр", "2026-11-30", "2027-02-19"
        yield level, "trimester", "III триместр", "2027-03-01", "2027-05-28"
