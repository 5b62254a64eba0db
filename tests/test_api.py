"""The JSON API: the same commands, answers and rights as the screen; every «no» is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import requests

from commands.table import BY_NAME
from ledger import views_log
from tests.browser.school import SCHOOL, Site, named
from tests.small_school import PASSWORD
from web import account_desk

KALYANA, YASHCHENKO = named("Каляна Мария"), named("Ященко Ольга")


class Caller:
    """A program signed in by token."""

    def __init__(self, site: Site, login: str) -> None:
        self.base = f"{site.url}/api/v1"
        answer = requests.post(
            f"{self.base}/session", json={"login": login, "password": PASSWORD}, timeout=20
        )
        assert answer.status_code == 201, answer.text
        self.headers = {"Authorization": f"Bearer {answer.json()['token']}"}

    def do(
        self, name: str, key: str | None = None, raw: bytes | None = None, **body: object
    ) -> requests.Response:
        headers = {**self.headers, "Idempotency-Key": key or str(uuid4())}
        if raw is not None:
            headers["Content-Type"] = "application/json"
            return requests.post(f"{self.base}/commands/{name}", data=raw, headers=headers, timeout=20)
        return requests.post(f"{self.base}/commands/{name}", json=body, headers=headers, timeout=20)

    def get(self, path: str, **params: str) -> requests.Response:
        return requests.get(f"{self.base}{path}", params=params, headers=self.headers, timeout=20)


@pytest.fixture(scope="module")
def teacher(site: Site) -> Caller:
    return Caller(site, "teacher")


def mark(site: Site, pupil: object, value: str, days: int = 0, seen: int = 0) -> dict[str, object]:
    lesson = str(site.lesson(days))
    return {"lesson": lesson, "work": lesson, "pupil": str(pupil), "value": value, "seen": seen}


def test_a_mark_is_given_repeated_and_contested(site: Site, teacher: Caller) -> None:
    key = str(uuid4())
    first = teacher.do("GiveMark", key, **mark(site, KALYANA, "4"))
    assert first.status_code == 200, first.text
    assert first.json()["pages"] == "current"
    again = teacher.do("GiveMark", key, **mark(site, KALYANA, "4"))
    assert again.json()["repeated"] is True
    assert again.json()["position"] == first.json()["position"]
    other = teacher.do("GiveMark", key, **mark(site, KALYANA, "5"))
    assert (other.status_code, other.json()["code"]) == (409, "command-clash")
    stale = Caller(site, "colleague").do("GiveMark", **mark(site, KALYANA, "2"))
    assert stale.status_code == 409
    assert (stale.json()["error"], stale.json()["theirs"]["value"]) == ("conflict", "4")
    assert stale.json()["theirs"]["by"] == "Соколова И. В."
    shown = teacher.get(f"/journal/{named('7А Алгебра')}").json()
    column = [c["work"] for c in shown["columns"]].index(str(site.lesson()))
    row = next(r for r in shown["rows"] if r["pupil"] == str(KALYANA))
    assert row["cells"][column]["value"] == "4"
    assert row["cells"][column]["seen"] == first.json()["position"]


def test_a_backdated_mark_is_refused_with_clause_sentence_and_way_out(site: Site, teacher: Caller) -> None:
    refused = teacher.do("GiveMark", **mark(site, YASHCHENKO, "5", days=-2))
    assert refused.status_code == 422
    body = refused.json()
    assert (body["error"], body["code"], body["way_out"]) == ("refused", "W-01", "request_late_entry")
    assert "7.14" in body["clause"]
    assert "23:59:59" in body["sentence"]


BAD = [
    (b"{", 400),
    (b"[]", 400),
    (b'"mark"', 400),
    (b"{}", 400),
    (b'{"lesson": 5}', 400),
    (b'{"lesson": "\\ud800", "work": "x", "pupil": null, "value": 4}', 400),
    (b"\xff\xfe{", 400),
    (b"[" * 200_000, 400),
    (b'{"seen": ' + b"9" * 6000 + b"}", 400),
]


@pytest.mark.parametrize(("raw", "status"), BAD)
def test_a_malformed_body_is_answered_with_a_sentence(teacher: Caller, raw: bytes, status: int) -> None:
    answer = teacher.do("GiveMark", raw=raw)
    assert answer.status_code == status, answer.text
    assert answer.json()["sentence"]


def test_an_unknown_field_is_named(site: Site, teacher: Caller) -> None:
    answer = teacher.do("GiveMark", **mark(site, KALYANA, "4"), grade="A+")
    assert answer.status_code == 400
    assert "grade" in answer.json()["sentence"]


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\u202eкот", "\x00", " ", "a\ud800b"])
def test_a_text_that_is_none_changes_nothing(site: Site, teacher: Caller, text: str) -> None:
    answer = teacher.do("RecordTopic", lesson=str(site.lesson()), text=text)
    assert answer.status_code in (400, 413, 422), answer.text
    assert answer.json()["sentence"]


def test_emoji_are_text(site: Site, teacher: Caller) -> None:
    assert teacher.do("RecordTopic", lesson=str(site.lesson()), text="Степень числа 🙂").status_code == 200


@pytest.mark.parametrize("key", ["", "not-a-uuid"])
def test_a_command_needs_an_idempotency_key(site: Site, teacher: Caller, key: str) -> None:
    headers = {**teacher.headers, "Idempotency-Key": key}
    url = f"{teacher.base}/commands/GiveMark"
    answer = requests.post(url, json=mark(site, KALYANA, "5"), headers=headers, timeout=20)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key")


def test_an_unknown_command_is_404(teacher: Caller) -> None:
    assert teacher.do("EraseEverything").status_code == 404


def test_nobody_signed_out_gets_anything(site: Site) -> None:
    for path in ("/journals", f"/journal/{named('7А Алгебра')}", "/today", "/inbox"):
        answer = requests.get(f"{site.url}/api/v1{path}", timeout=20)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


def test_another_familys_child_answers_404_and_ones_own_is_shown(site: Site) -> None:
    mother = Caller(site, "parent")
    assert mother.get(f"/diary/{KALYANA}").status_code == 200
    for path in (f"/diary/{YASHCHENKO}", f"/diary/{uuid4()}", f"/journal/{named('7А Алгебра')}"):
        assert mother.get(path).status_code == 404
    lesson = site.lesson()
    for pupil in (KALYANA, YASHCHENKO):  # a permission's reason is about the teacher, not for the family
        assert mother.get(f"/trail/cell/{lesson}/{lesson}/{pupil}").status_code == 404
    assert mother.do("GiveMark", **mark(site, KALYANA, "5")).status_code == 403


def test_a_diary_holds_nobody_elses_data(site: Site, teacher: Caller) -> None:
    assert teacher.do("GiveMark", **mark(site, YASHCHENKO, "3")).status_code == 200
    shown = Caller(site, "parent").get(f"/diary/{KALYANA}").text
    assert str(YASHCHENKO) not in shown
    assert "Ященко" not in shown


@pytest.mark.parametrize("at", ["yesterday", "2026-13-01", "9999-99-99T00:00"])
def test_a_moment_that_is_none_is_400(teacher: Caller, at: str) -> None:
    assert teacher.get(f"/journal/{named('7А Алгебра')}", at=at).status_code == 400


def test_the_document_names_every_command(site: Site) -> None:
    answer = requests.get(f"{site.url}/api/v1/openapi.json", timeout=20)
    assert answer.status_code == 200
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    named_there = {p.rsplit("/", 1)[-1] for p in document["paths"] if "/commands/" in p}
    assert set(BY_NAME) <= named_there


def test_every_look_at_a_pupils_data_is_logged_outside_the_ledger(site: Site, teacher: Caller) -> None:
    began = datetime.now(UTC)
    head = site.here.store.head(SCHOOL).position
    Caller(site, "parent").get(f"/diary/{KALYANA}")
    teacher.get(f"/journal/{named('7А Алгебра')}")
    with site.here.pool.connection() as connection:
        span = {"first": began, "last": datetime.now(UTC)}
        (diary,) = views_log.of_pupil(connection, SCHOOL, KALYANA, **span)
        journal = views_log.of_account(connection, SCHOOL, named("account teacher"), **span)[-1]
    assert (diary.page, diary.account_id) == ("diary", named("account parent"))
    assert (journal.page, journal.journal_id) == ("journal", named("7А Алгебра"))
    assert diary.session_id is not None
    assert site.here.store.head(SCHOOL).position == head


def test_a_blocked_account_is_out_at_once(site: Site) -> None:
    colleague = Caller(site, "colleague")
    assert colleague.get("/journals").status_code == 200
    by = account_desk.asked_by_system(SCHOOL)
    account_desk.block(site.here, by, account=named("account colleague"), reason="other")
    try:
        assert colleague.get("/journals").status_code == 401
    finally:
        account_desk.unblock(site.here, by, account=named("account colleague"), reason="other")
