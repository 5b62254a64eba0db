"""How soon every session of an account ends, over HTTP, once its owner reports that its password was stolen (R-175)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bench.results import Numbers, row
from bench.school import BenchSchool
from bench.serving import Client

SESSIONS, PATIENCE_S = 6, 10
PAGE, SIGNED_OUT = "/today", "not-signed-in"


def measure(port: int, school: BenchSchool) -> Numbers:
    """The account of the school's teacher is blocked afterwards."""
    clients = [Client(port) for _ in range(SESSIONS)]
    assert all(map(_open, clients))
    detected = datetime.now(UTC) - timedelta(minutes=10)
    report = {
        "incident": str(uuid4()),
        "account": str(school.account),
        "detected_at": detected.replace(tzinfo=None, microsecond=0).isoformat(),
        "confirmed": True,
    }
    clients[0].connection.close()
    began = time.perf_counter()
    clients[0].send("POST", "/api/v1/commands/ReportCompromise", report, {"Idempotency-Key": str(uuid4())})
    while any(map(_open, clients)):
        if time.perf_counter() - began > PATIENCE_S:
            raise RuntimeError("a session of a blocked account goes on")
    return {"sessions_ended_s": row(time.perf_counter() - began, "s", 1, "lower")}


def _open(client: Client) -> bool:
    """Over a new connection: the server closes one that was idle for some seconds."""
    client.connection.close()
    try:
        client.send("GET", PAGE)
    except RuntimeError as refused:
        if SIGNED_OUT not in str(refused):
            raise
        return False
    return True
