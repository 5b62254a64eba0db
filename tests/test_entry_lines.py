"""The export is what docs/export-format.md says: from a line alone its leaf is computed again."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

import requests

from ledger import streams
from ledger.leaf import COLUMNS, leaf
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller, mark

IDS = {
    *("school_id", "stream_id", "account", "person", "on_behalf_of", "session", "credential_id"),
    "command_id",
}
TIMES = {"declared_at", "received_at", "recorded_at"}


def exported(site: Site, **asked: str) -> list[dict[str, object]]:
    headers = Caller(site, "deputy").headers
    answer = requests.get(f"{site.url}/export/entries.jsonl", params=asked, headers=headers, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def value_of(name: str, written: object) -> object:
    """A value of the file as it was hashed, by the words of the document."""
    if written is None:
        return None
    if name in IDS:
        return UUID(str(written))
    if name in TIMES:
        return datetime.fromisoformat(str(written))
    if name == "state":
        return str(written).encode()
    return bytes.fromhex(str(written)) if name == "nonce" else written


def test_the_leaf_of_every_line_is_computed_again_from_the_line(site: Site) -> None:
    teacher = Caller(site, "teacher")
    assert teacher.do("GiveMark", **mark(site, named("Каляна Мария"), "4")).status_code == 200
    lines = exported(site)
    assert {line["topic"] for line in lines} >= {"lesson-held", "mark-given"}
    for line in lines:
        assert [*line] == [*COLUMNS, "leaf"]
        assert leaf([value_of(name, line[name]) for name in COLUMNS]).hex() == line["leaf"]


def test_an_export_of_a_page_has_its_entries_in_order_and_of_no_other_page(site: Site) -> None:
    teacher = Caller(site, "teacher")
    teacher.do("GiveMark", **mark(site, named("Антипина Дарья"), "5"))
    own, other = exported(site, journal=str(named("7А Алгебра"))), exported(site, class_id=str(named("7Б")))
    positions = [line["position"] for line in own]
    assert positions == sorted(positions)
    assert str(site.lesson()) in {line["stream_id"] for line in own}
    assert str(site.lesson()) not in {line["stream_id"] for line in other}


def test_no_name_stands_in_it_and_what_is_written_of_a_person_stays_sealed(site: Site) -> None:
    lesson = str(site.lesson(-3))
    asked = {
        "items": [{"lesson": lesson, "target": "topic"}],
        "reason": "болела, больничный лист у секретаря",
    }
    answer = Caller(site, "teacher").do("RequestLateEntry", **asked)
    assert answer.status_code == 200, answer.text
    lines = exported(site, journal=str(named("7А Алгебра")))
    assert str(streams.late_entries(SCHOOL, UUID(lesson))) in {line["stream_id"] for line in lines}
    text = json.dumps(lines, ensure_ascii=False)
    assert not any(word in text for word in ("больничный", "Соколова", "Каляна"))


def test_of_a_past_moment_only_what_was_written_by_then(site: Site) -> None:
    head = site.here.store.head(SCHOOL).position
    Caller(site, "teacher").do("GiveMark", **mark(site, named("Вуквукай Илья"), "3"))
    assert all(line["position"] <= head for line in exported(site, at=f"entry-{head}"))
    assert any(line["position"] > head for line in exported(site))
