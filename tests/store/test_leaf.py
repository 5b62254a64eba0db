"""The hashed bytes: the database, plain Python and docs/entry-format.md agree (design 3)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from ledger.codec import UnknownEvent
from ledger.entry import Category, Draft, Finding, Origin, Role, Stamp
from ledger.leaf import COLUMNS, leaf, packed, preimage
from ledger.store import PostgresStore, open_pool
from tests.databases import Database
from tests.store.batches import action, draft, stamp

DOCUMENT = Path(__file__).parents[2] / "docs" / "entry-format.md"
ALL_ROWS = f"SELECT {', '.join(COLUMNS)}, leaf FROM ledger.entries ORDER BY school_id, position"

text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
drafts = st.builds(
    Draft,
    category=st.sampled_from(Category),
    stream=st.uuids(),
    version=st.none(),
    event=st.builds(UnknownEvent, topic=text, state=st.binary(max_size=300)),
    causation=st.none() | st.integers(-(2**63), 0),
    findings=st.lists(st.builds(Finding, code=text, delay=st.none() | st.integers(0, 10**9)), max_size=3).map(
        tuple
    ),
)


def stamps(now: datetime) -> st.SearchStrategy[Stamp]:
    return st.builds(
        Stamp,
        school=st.just(UUID(int=0)),
        account=st.uuids(),
        person=st.uuids(),
        role=st.sampled_from(Role),
        command_id=st.uuids(),
        received_at=st.just(now),
        origin=st.sampled_from(Origin),
        session=st.none() | st.uuids(),
        credential=st.none() | st.uuids(),
        on_behalf_of=st.none() | st.uuids(),
        declared_at=st.none() | instants,
        regulation=st.none() | st.integers(-(2**63), 0),
    )


def blocks() -> dict[str, list[tuple[str, str]]]:
    """The fenced blocks of the document: name → lines of (column, value)."""
    page = DOCUMENT.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    return {name: [tuple(line.partition(" = ")[::2]) for line in body.splitlines()] for name, body in found}  # type: ignore[misc]


def column_types() -> dict[str, str]:
    page = DOCUMENT.read_text(encoding="utf-8")
    return dict(re.findall(r"^\| \d+ \| `(\w+)` \| (\w+) \|", page, re.MULTILINE))


def value(kind: str, written: str) -> Any:
    if written == "NULL":
        return None
    readers: dict[str, Any] = {
        "bigint": int,
        "uuid": UUID,
        "timestamptz": datetime.fromisoformat,
        "text": str,
        "bytea": lambda w: bytes.fromhex(w[4:]) if w.startswith("hex ") else w.encode(),
    }
    return readers[kind](written)


def example() -> list[Any]:
    types = column_types()
    return [value(types[name], written) for name, written in blocks()["values"]]


def test_the_document_lists_the_columns_of_the_table_in_their_order(database: Database) -> None:
    with psycopg.connect(database.app_dsn) as connection:
        rows = connection.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = 'ledger.entries'::regclass AND attnum > 0 ORDER BY attnum"
        ).fetchall()
    assert [name for name, _ in rows] == [*COLUMNS, "leaf"]
    kinds = {name: kind.replace("timestamp with time zone", "timestamptz") for name, kind in rows[:-1]}
    assert column_types() == kinds
    assert [name for name, _ in blocks()["values"]] == list(COLUMNS)


def test_the_worked_example_is_right_in_plain_python() -> None:
    assert [(name, packed(v).hex()) for name, v in zip(COLUMNS, example(), strict=True)] == blocks()["fields"]
    assert f"All {len(preimage(example()))} bytes" in DOCUMENT.read_text(encoding="utf-8")
    assert leaf(example()).hex() == blocks()["leaf"][0][0]


def test_the_worked_example_is_right_in_the_database(database: Database) -> None:
    types = column_types()
    fields = " || ".join(f"ledger.packed(%s::{types[name]})" for name in COLUMNS)
    with psycopg.connect(database.superuser_dsn) as connection:
        row = connection.execute(f"SELECT sha256('\\x00'::bytea || {fields})", example()).fetchone()
    assert row is not None
    assert row[0].hex() == blocks()["leaf"][0][0]


def test_null_differs_from_empty_and_no_field_leans_on_its_neighbour() -> None:
    assert packed(None) != packed("") == packed(b"") == bytes.fromhex("0100000000")
    assert packed("ab") + packed("c") != packed("a") + packed("bc")
    with pytest.raises(ValueError, match="24"):
        preimage(example()[:-1])
    with pytest.raises(TypeError):
        packed(True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_leaf_of_any_row_is_the_same_in_plain_python(store: PostgresStore, data: st.DataObject) -> None:
    by = replace(data.draw(stamps(datetime.now(UTC))), school=uuid4())
    written = store.append(action(by, *data.draw(st.lists(drafts, min_size=1, max_size=5))))
    with store.pool.connection() as connection:
        query = ALL_ROWS.replace("ORDER BY", "WHERE school_id = %s ORDER BY")
        rows = connection.execute(query, [by.school]).fetchall()
    assert len(rows) >= (written.last or 0) > 0
    for row in rows:
        assert leaf(row[:-1]) == row[-1]


def test_every_nonce_is_its_own_32_bytes(store: PostgresStore) -> None:
    stream = uuid4()
    store.append(action(stamp(datetime.now(UTC)), *[draft(stream, n) for n in range(1, 101)]))
    with store.pool.connection() as connection:
        nonces = [nonce for (nonce,) in connection.execute("SELECT nonce FROM ledger.entries")]
    assert len(set(nonces)) == 100
    assert {len(nonce) for nonce in nonces} == {32}


def test_text_is_hashed_as_utf8_whatever_the_address_asks_for(database: Database) -> None:
    dsn = make_conninfo(database.app_dsn, client_encoding="WIN1251", options="-c timezone=Asia/Anadyr")
    with open_pool(dsn) as pool:
        event = UnknownEvent(topic="тема", state="тема".encode())
        PostgresStore(pool).append(action(stamp(datetime.now(UTC)), draft(uuid4(), 1, event=event)))
    with psycopg.connect(database.app_dsn) as connection:
        (row,) = connection.execute(ALL_ROWS).fetchall()
    assert row[COLUMNS.index("topic")] == "тема"
    assert leaf(row[:-1]) == row[-1]


@pytest.mark.parametrize(
    "setting",
    [
        "timezone = 'Asia/Anadyr'",
        "datestyle = 'German'",
        "intervalstyle = 'sql_standard'",
        "standard_conforming_strings = off",
        "bytea_output = 'escape'",
        "search_path = pg_temp, public",
        "extra_float_digits = -15",
    ],
)
def test_no_setting_of_a_session_changes_the_bytes(store: PostgresStore, setting: str) -> None:
    by = stamp(datetime.now(UTC), declared_at=datetime.now(UTC) - timedelta(days=3, microseconds=1))
    with store.pool.connection() as connection:
        connection.execute(f"SET {setting}")
    event = UnknownEvent(topic="тема", state=b"\\x00\\")
    store.append(action(by, draft(uuid4(), 1, event=event, findings=(Finding(code="опоздание"),))))
    with store.pool.connection() as connection:
        connection.execute("RESET ALL")
        connection.execute("SET timezone TO 'UTC'")
        (row,) = connection.execute(ALL_ROWS).fetchall()
    assert leaf(row[:-1]) == row[-1]
    assert row[COLUMNS.index("topic")] == "тема"
