"""letopis archive FOLDER: a study year, to be kept on two media (R-228, R-229)."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from web.app import create_app
from web.config import Config
from web.database import open_database
from web.import_desk import named_school
from web.premises import Premises
from web.year_archive import NotArchived, make


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="ПАПКА", help="новая или пустая")
    parser.add_argument("--year", type=int, metavar="ГОД", help="начало учебного года, иначе нынешний")
    parser.add_argument("--school", metavar="ШКОЛА", help="начало названия, если школ несколько")


def archive(config: Config, options: argparse.Namespace) -> int:
    """Raises NotArchived."""
    started = time.monotonic()
    with open_database(config) as dsns:
        app = create_app(replace(config, database_url=dsns.app, migrator_url=None))
        here: Premises = app.extensions["letopis"]
        try:
            with app.app_context():  # the words of papers are those of the screen
                school = named_school(here, options.school)
                if school is None:
                    raise NotArchived("Школы ещё нет: архивировать нечего.")
                year = options.year or max(here.school(school).years)
                kept = make(here, school, year, options.folder, lambda said: print(said, flush=True))
        finally:
            here.pool.close()
    size = sum(each.size for each in kept) / 2**20
    print(f"Архив: {len(kept)} файлов, {size:.0f} МБ, {time.monotonic() - started:.0f} с: {options.folder}")
    print("Сохраните его на двух носителях и сверьте по contents.csv.")
    return 0
