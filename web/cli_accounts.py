"""letopis create-admin, letopis issue-passwords."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from ledger import accounts
from ledger.people import Name
from ledger.school import School
from web import account_list, issuing
from web.account_desk import asked_by_system
from web.config import Config
from web.database import open_database
from web.first_admin import create_first
from web.keyfile import read_key
from web.premises import Premises, Settings, open_premises


class NotFound(Exception):
    """What was named on the command line is not there; the sentence names it."""


def admin_arguments(parser: argparse.ArgumentParser) -> None:
    _school_argument(parser)
    parser.add_argument("--last", metavar="ФАМИЛИЯ")
    parser.add_argument("--first", metavar="ИМЯ", default="")
    parser.add_argument("--middle", metavar="ОТЧЕСТВО", default="")


def password_arguments(parser: argparse.ArgumentParser) -> None:
    _school_argument(parser)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--staff", action="store_true", help="всем сотрудникам")
    whose.add_argument("--class", dest="klass", metavar="КЛАСС", help="ученикам класса и их родителям")
    whose.add_argument("--login", metavar="ИМЯ", help="одной учётной записи, новый пароль вместо прежнего")
    parser.add_argument("--again", action="store_true", help="и тем, у кого пароль уже есть")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="таблица: имя, имя входа, пароль")
    shape.add_argument("--sheet", action="store_true", help="лист, который разрезают (так и без указания)")


def create_admin(config: Config, options: argparse.Namespace) -> int:
    """Only in a school whose administrator has no account yet. Raises NotFound, NoFirstAdmin, Refusal."""
    name = Name(last=options.last, first=options.first, middle=options.middle) if options.last else None
    with _at_work(config, options) as (here, school):
        issued = create_first(here, school, name)
        print(*issuing.slips([issued], school.title), end="")
    return 0


def issue_passwords(config: Config, options: argparse.Namespace) -> int:
    """Printed once: the database has only their hashes. Raises NotFound, Refusal."""
    with _at_work(config, options) as (here, school):
        persons, again = _persons(here, school, options)
        issued = issuing.issue(here, asked_by_system(school.id), persons, again=again)
        pieces = issuing.csv_lines(issued) if options.csv else issuing.slips(issued, school.title)
        for piece in pieces:
            print(piece, end="", flush=True)
        if shut := issuing.closed(here, school.id, persons):
            print(f"Пароль не выдан, доступ закрыт: {', '.join(shut)}.", file=sys.stderr)
    return 0


def _school_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--school", metavar="ШКОЛА", help="начало названия, если школ несколько")


@contextmanager
def _at_work(config: Config, options: argparse.Namespace) -> Iterator[tuple[Premises, School]]:
    with open_database(config) as dsns:
        here = open_premises(dsns.app, read_key(config.master_key_file), Settings())
        try:
            yield here, _school(here, options.school)
        finally:
            here.pool.close()


def _school(here: Premises, title: str | None) -> School:
    found = [here.school(school) for school in here.school_ids()]
    meant = [school for school in found if title is None or school.title.startswith(title)]
    if len(meant) == 1:
        return meant[0]
    if not found:
        raise NotFound("Школы ещё нет: сначала letopis import-school ПАПКА.")
    listed = "; ".join(school.title for school in found)
    raise NotFound(f"Укажите школу (--school и начало названия). Есть: {listed}.")


def _persons(here: Premises, school: School, options: argparse.Namespace) -> tuple[tuple[UUID, ...], bool]:
    if options.staff:
        return issuing.staff_of(school), options.again
    if options.login:
        with here.pool.connection() as connection:
            row = accounts.by_login(connection, school.id, options.login)
        if row is None:
            raise NotFound(f"Имени входа «{options.login}» нет.")
        return (row.person_id,), True
    wanted = options.klass.casefold()
    klass = next((k for k in account_list.classes(school) if k.title.casefold() == wanted), None)
    if klass is None:
        listed = ", ".join(k.title for k in account_list.classes(school))
        raise NotFound(f"Класса «{options.klass}» нет. Есть: {listed}.")
    return issuing.family_of(school, klass.id), options.again
