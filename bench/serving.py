"""One mark and one journal page over HTTP, through the gunicorn that `letopis serve` runs, on loopback."""

from __future__ import annotations

import gzip
import http.client
import json
from datetime import UTC, datetime, time
from functools import partial
from statistics import median
from uuid import uuid4

from bench.handling import new_marks
from bench.results import Numbers, row, timed
from bench.school import PASSWORD, PUPILS, BenchSchool
from commands.marks import GiveMark

WARM, ROUNDS = 30, 150


class Client:
    """One kept connection of somebody signed in."""

    def __init__(self, port: int, login: str = "bench") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers: dict[str, str] = {}
        token = json.loads(self.send("POST", "/api/v1/session", {"login": login, "password": PASSWORD}))
        self.headers["Authorization"] = f"Bearer {token['token']}"

    def send(
        self, method: str, path: str, body: object | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """The body as sent, compressed or not; RuntimeError unless it is a success."""
        sent = None if body is None else json.dumps(body).encode()
        given = self.headers | {"Content-Type": "application/json"} | (headers or {})
        self.connection.request(method, path, sent, given)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return content


def measure(port: int, school: BenchSchool) -> Numbers:
    client = Client(port)
    marks = new_marks(school, skip=50)
    saving = _median([partial(_save, client, next(marks)) for _ in range(WARM + ROUNDS)])
    page = f"/journal/{school.page}"
    # Yesterday noon: one lesson less to show, and every row's history to look past.
    noon = datetime.combine(school.page_lessons[-2].date, time(12), UTC)
    past = f"{page}?at={noon:%Y-%m-%dT%H:%M:%S}"
    live, old = [], []
    compressed = {"Accept-Encoding": "gzip"}
    for number in range(WARM + ROUNDS):
        taken = (
            timed(partial(client.send, "GET", page, None, compressed)),
            timed(partial(client.send, "GET", past, None, compressed)),
        )
        if number >= WARM:
            live.append(taken[0])
            old.append(taken[1])
    plain, packed = client.send("GET", page), client.send("GET", page, None, compressed)
    html = gzip.decompress(packed).decode() if packed[:2] == b"\x1f\x8b" else ""
    assert html.count("<td") > 1800, "the page is not the page, or is not compressed"
    sheet = f"/journals/{school.page}/periods/{next(iter(school.school.periods))}"
    assert client.send("GET", sheet).count(b"data-pupil") == PUPILS, "the sheet has not a line a pupil"
    proposing = _median([partial(_get, client, sheet) for _ in range(WARM + ROUNDS)])
    return {
        "proposals_ms": row(proposing * 1000, "ms", 50, "lower"),
        "http_mark_ms": row(saving * 1000, "ms", 15, "lower"),
        "journal_page_ms": row(median(live) * 1000, "ms", 30, "lower"),
        "journal_page_kb": row(len(plain) / 1024, "KB", None, "lower"),
        "journal_page_gz_kb": row(len(packed) / 1024, "KB", 40, "lower"),
        "journal_page_at_ms": row(median(old) * 1000, "ms", None, "lower"),
        "journal_page_at_ratio": row(median(old) / median(live), "× the live page", 1.5, "lower"),
    }


def _median(works: list[partial[None]]) -> float:
    return median([timed(work) for work in works][WARM:])


def _get(client: Client, path: str) -> None:
    client.send("GET", path, None, {"Accept-Encoding": "gzip"})


def _save(client: Client, mark: GiveMark) -> None:
    body = {"lesson": str(mark.lesson), "work": str(mark.work), "pupil": str(mark.pupil), "value": mark.value}
    answer = client.send("POST", "/api/v1/commands/GiveMark", body, {"Idempotency-Key": str(uuid4())})
    assert json.loads(answer)["pages"] == "current"
