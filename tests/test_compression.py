"""Pages are packed for those who can unpack, and only what is worth packing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database
from tests.small_school import Place, serve


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Iterator[Place]:
    with serve(database, tmp_path) as found:
        yield found


def test_a_page_is_packed_for_a_browser_that_asks(place: Place) -> None:
    plain = place.browser().get("/sign-in")
    packed = place.browser().get("/sign-in", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert "Летопись" in gzip.decompress(packed.data).decode()
    assert {"Accept-Encoding"} <= set(plain.headers["Vary"].split(", ")) & set(
        packed.headers["Vary"].split(", ")
    )


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_a_page_is_not_packed_for_who_cannot_unpack(place: Place, accepted: str) -> None:
    assert (
        "Content-Encoding"
        not in place.browser().get("/sign-in", headers={"Accept-Encoding": accepted}).headers
    )


def test_what_is_small_or_no_text_is_sent_as_it_is(place: Place) -> None:
    for address in ("/healthz", "/static/signs.svg"):
        answer = place.browser().get(address, headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)
