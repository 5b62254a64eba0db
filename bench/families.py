"""What families, inspectors and the archive ask of the large school, over HTTP (issue 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median

from bench.results import Numbers, row, timed
from bench.serving import Client
from bench.year_kept import YearSchool
from ledger.span import monday_of

WARM, ROUNDS, PAPERS = 10, 60, 3
PACKED = {"Accept-Encoding": "gzip"}


def measure(port: int, school: YearSchool) -> Numbers:
    return _diary(port, school) | _inspector(port, school) | _papers(port, school)


def _median(work: Callable[[], object], warm: int = WARM, rounds: int = ROUNDS) -> float:
    return median([timed(work) for _ in range(warm + rounds)][warm:])


def _get(client: Client, address: str) -> partial[bytes]:
    return partial(client.send, "GET", address, None, PACKED)


def _diary(port: int, school: YearSchool) -> Numbers:
    """The guardian's phone: a full week of May."""
    client = Client(port, school.family)
    week = monday_of(school.last - timedelta(days=12))
    address = f"/diary/{school.pupil}?week={week}"
    said = client.send("GET", address).decode()
    assert said.count("§") > 10, "the diary has no homework: not the week that was meant"
    return {"diary_week_ms": row(_median(_get(client, address)) * 1000, "ms", 20, "lower")}


def _inspector(port: int, school: YearSchool) -> Numbers:
    """A page of the journal with the time bar under it, now and half a year ago."""
    client, page = Client(port, "inspector"), f"/journal/{school.page}"
    past = f"{page}?at={school.last - timedelta(days=100)}T12:00:00"
    live, old = [], []
    for number in range(WARM + ROUNDS):
        taken = timed(_get(client, page)), timed(_get(client, past))
        if number >= WARM:
            live.append(taken[0])
            old.append(taken[1])
    return {
        "inspected_page_ms": row(median(live) * 1000, "ms", None, "lower"),
        "inspected_page_at_ratio": row(median(old) / median(live), "× the live page", 1.5, "lower"),
    }


def _papers(port: int, school: YearSchool) -> Numbers:
    """A page of the class's journal, as the deputy prints it."""
    client = Client(port, "deputy")
    address = f"/papers/journals/{school.page}.pdf?at={school.last}T12:00:00"
    assert client.send("GET", address).startswith(b"%PDF")
    seconds = _median(partial(client.send, "GET", address), 1, PAPERS)
    return {"journal_page_pdf_s": row(seconds, "s", 1, "lower")}
