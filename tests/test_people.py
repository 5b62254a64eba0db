"""Names with the time they held, erasable, sorted as Russian lists are (design 5, R-058)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from ledger import people
from ledger.people import NO_NAME, Name, sort_key
from tests.databases import Database

SCHOOL = uuid4()
KALYANA = uuid4()
MARIA = Name(last="Каляна", first="Мария", middle="Петровна")
MARRIED = Name(last="Омрына", first="Мария", middle="Петровна")
ENROLLED = datetime(2026, 9, 1, tzinfo=UTC)
RENAMED = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def connection(database: Database):
    with psycopg.connect(database.app_dsn, autocommit=True) as opened:
        yield opened


def name_at(connection, at=None):
    return people.names_at(connection, SCHOOL, [KALYANA], at=at)[KALYANA]


def test_a_reprint_shows_the_name_of_that_day(connection):
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    people.put(connection, SCHOOL, KALYANA, MARRIED, since=RENAMED)
    assert name_at(connection, datetime(2026, 11, 1, 23, 59, 59, 999999, tzinfo=UTC)) == MARIA
    assert name_at(connection, RENAMED) == MARRIED
    assert name_at(connection) == MARRIED


def test_the_first_name_holds_before_it_was_entered_too(connection):
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    assert name_at(connection, datetime(2020, 1, 1, tzinfo=UTC)) == MARIA


def test_a_name_learnt_later_of_an_earlier_time_takes_its_place(connection):
    between = datetime(2026, 10, 1, tzinfo=UTC)
    middle = Name(last="Каляна", first="Марина", middle="Петровна")
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    people.put(connection, SCHOOL, KALYANA, MARRIED, since=RENAMED)
    people.put(connection, SCHOOL, KALYANA, middle, since=between)
    assert name_at(connection, ENROLLED) == MARIA
    assert name_at(connection, between) == middle
    assert name_at(connection, RENAMED) == MARRIED


def test_the_same_name_again_changes_nothing(connection):
    for since in (ENROLLED, RENAMED):
        people.put(connection, SCHOOL, KALYANA, MARIA, since=since)
    assert connection.execute("SELECT count(*) FROM people.names").fetchone() == (1,)


def test_a_misspelling_put_right_at_the_same_instant_leaves_one_name(connection):
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    for last in ("Омрына", "Омрыната"):
        people.put(connection, SCHOOL, KALYANA, Name(last=last, first="Мария"), since=RENAMED)
    assert name_at(connection).last == "Омрыната"
    assert connection.execute("SELECT count(*) FROM people.names").fetchone() == (2,)


def test_an_erased_name_reprints_as_a_placeholder(connection):
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    people.put(connection, SCHOOL, KALYANA, MARRIED, since=RENAMED)
    people.erase(connection, SCHOOL, KALYANA)
    assert name_at(connection, ENROLLED) == name_at(connection) == NO_NAME
    assert NO_NAME.short == NO_NAME.full == "данные удалены"


def test_another_school_does_not_see_the_name(connection):
    people.put(connection, SCHOOL, KALYANA, MARIA, since=ENROLLED)
    assert people.names_at(connection, uuid4(), [KALYANA]) == {KALYANA: NO_NAME}


def test_yo_is_sorted_as_ye_and_case_does_not_matter():
    lasts = ["Жуков", "ёлкина", "Ежов", "Егоров", "Ёжиков", "Елизаров"]
    names = [Name(last=last, first="А") for last in lasts]
    assert [n.last for n in sorted(names, key=sort_key)] == [
        "Егоров", "Ёжиков", "Ежов", "Елизаров", "ёлкина", "Жуков",
    ]  # fmt: skip


def test_the_short_form_does_without_a_patronymic():
    assert MARIA.short == "Каляна М. П."
    assert Name(last="Ким", first="Роман").short == "Ким Р."
    assert MARIA.listed == "Каляна Мария"
