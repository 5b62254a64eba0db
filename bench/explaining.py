"""The explanation of one mark over HTTP: of the pupil with the most marks on the page of sixty lessons."""

from __future__ import annotations

from functools import partial
from statistics import median

from bench.results import Numbers, row, timed
from bench.school import BenchSchool
from bench.serving import ROUNDS, WARM, Client


def measure(port: int, school: BenchSchool) -> Numbers:
    client = Client(port)
    period = next(iter(school.school.periods))
    addresses = [
        f"/explanations/{school.page}/{period}/period/{pupil}" for pupil in school.pupils[school.page]
    ]
    pages = {address: client.send("GET", address).decode() for address in addresses}
    fullest = max(pages, key=lambda address: pages[address].count("/lesson/"))
    assert pages[fullest].count("/lesson/") > 10, "the page explains nothing"
    asked = partial(client.send, "GET", fullest, None, {"Accept-Encoding": "gzip"})
    taken = [timed(asked) for _ in range(WARM + ROUNDS)][WARM:]
    return {"explanation_ms": row(median(taken) * 1000, "ms", 30, "lower")}
