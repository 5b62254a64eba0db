"""What an outside diary is given: batches that continue each other, are the same for ever and take back what a void
took; and the school as OneRoster (AT-22, R-185, R-235, R-236)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from functools import partial

import pytest

from commands.deciding import Refusal
from commands.exchange import ExportBatch
from commands.handle import handle
from commands.marks import GiveMark, WithdrawMark
from exports import one_roster as archive
from exports import portal as paper
from ledger.entry import Category, Draft
from ledger.events.voids import EntriesVoided
from projections import one_roster
from projections.reading import reading
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller
from web import exchange_desk
from web.account_desk import asked_by_system

ILYA, MARIA = named("Вуквукай Илья"), named("Каляна Мария")


def make(site: Site) -> int:
    ask = partial(handle, asking=asked_by_system(SCHOOL), house=site.here.house(SCHOOL))
    return exchange_desk.make(site.here, SCHOOL, ask)


def lines(site: Site, number: int) -> list[dict]:
    content = exchange_desk.content(site.here, SCHOOL, number)
    return [json.loads(line) for line in content.decode().splitlines()]


def give(site: Site, pupil, value: str, seen: int = 0) -> int:
    lesson = site.lesson()
    command = GiveMark(lesson=lesson, work=lesson, pupil=pupil, value=value, seen=seen)
    return _by_teacher(site, command)


def withdraw(site: Site, pupil, seen: int) -> int:
    lesson = site.lesson()
    return _by_teacher(site, WithdrawMark(lesson=lesson, work=lesson, pupil=pupil, seen=seen))


def _by_teacher(site: Site, command) -> int:
    body = {
        name: value if isinstance(value, int) else str(value)
        for name in ("lesson", "work", "pupil", "value", "seen")
        if (value := getattr(command, name, None)) is not None
    }
    answer = Caller(site, "teacher").do(type(command).__name__, raw=json.dumps(body).encode())
    assert answer.status_code == 200, answer.text
    return answer.json()["position"]


def void(site: Site, position: int) -> None:
    event = EntriesVoided(act=named("акт"), positions=(position,))
    site.append(Draft(category=Category.LESSON, stream=site.lesson(), version=None, event=event))


@pytest.mark.case("AT-22")
def test_batches_continue_each_other_and_a_void_is_taken_back_in_the_next(site: Site) -> None:
    give(site, ILYA, "4")
    position = give(site, MARIA, "5")
    assert make(site) >= 2
    head, *told = lines(site, 1)
    assert (head["since"], head["number"], head["records"]) == (0, 1, len(told))
    of_maria = next(each for each in told if each.get("pupil") == str(MARIA) and each["kind"] == "mark")
    assert (of_maria["action"], of_maria["value"]) == ("set", "5")

    assert make(site) == 0  # nothing changed: no batch

    void(site, position)
    assert make(site) == 1
    head, compensating = lines(site, 2)
    assert (
        head["since"] == json.loads(exchange_desk.content(site.here, SCHOOL, 1).splitlines()[0])["position"]
    )
    assert (compensating["action"], compensating["pupil"]) == ("delete", str(MARIA))
    assert "value" not in compensating


@pytest.mark.case("AT-22")
def test_a_batch_given_again_is_the_same_to_the_last_byte(site: Site) -> None:
    first = exchange_desk.content(site.here, SCHOOL, 1)
    stands = next(each for each in lines(site, 1) if each.get("pupil") == str(ILYA))["entry"]
    give(site, ILYA, "3", seen=stands)
    assert exchange_desk.content(site.here, SCHOOL, 1) == first
    with reading(site.here.pool, site.here.schools, site.here.runner, SCHOOL, now=site.here.now()) as found:
        (row,) = found.rows("batches", "number = 1")
    assert row.sha256 == paper.digest(first)


def test_there_is_no_batch_of_a_number_nobody_made(site: Site) -> None:
    with pytest.raises(exchange_desk.NoSuchBatch):
        exchange_desk.content(site.here, SCHOOL, 99)


def test_of_two_batches_at_once_the_second_is_refused(site: Site) -> None:
    again = ExportBatch(target="portal", number=1, since=0, position=10, records=1, sha256="0" * 64)
    with pytest.raises(Refusal) as refusal:
        handle(again, asked_by_system(SCHOOL), site.here.house(SCHOOL))
    assert refusal.value.code == "exchange-order"


def tables(site: Site) -> dict[str, list[dict[str, str]]]:
    with reading(site.here.pool, site.here.schools, site.here.runner, SCHOOL, now=site.here.now()) as found:
        packed = archive.packed(one_roster.tables(found))
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(opened.read(name).decode(), newline=""))
            )
            for name in opened.namelist()
        }


def test_one_roster_names_every_table_in_its_manifest_and_every_id_it_refers_to_is_there(site: Site) -> None:
    found = tables(site)
    manifest = {row["propertyName"]: row["value"] for row in found["manifest"]}
    assert manifest["oneroster.version"] == "1.2"
    assert {f"file.{name}" for name in found if name != "manifest"} <= set(manifest)
    ids = {name: {row["sourcedId"] for row in rows} for name, rows in found.items() if name != "manifest"}
    for row in found["enrollments"]:
        assert row["classSourcedId"] in ids["classes"]
        assert row["userSourcedId"] in ids["users"]
    for row in found["results"]:
        assert row["lineItemSourcedId"] in ids["lineItems"]
    for row in found["classes"]:
        assert row["courseSourcedId"] in ids["courses"]


def test_a_voided_mark_is_to_be_deleted_and_a_withdrawn_one_too(site: Site) -> None:
    withdraw(site, named("Ященко Ольга"), seen=give(site, named("Ященко Ольга"), "2"))
    state = {row["studentSourcedId"]: (row["status"], row["score"]) for row in tables(site)["results"]}
    assert state[str(MARIA)] == ("tobedeleted", "5")
    assert state[str(named("Ященко Ольга"))] == ("tobedeleted", "2")
    assert state[str(ILYA)] == ("active", "3")


def test_neither_logins_nor_contacts_leave_the_school(site: Site) -> None:
    for row in tables(site)["users"]:
        assert not any(row[name] for name in ("username", "password", "email", "phone", "sms"))
