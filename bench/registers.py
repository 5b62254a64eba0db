"""The register of a class, the readiness of a school and the closing of a period for forty classes (issue 4)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from statistics import median
from uuid import UUID, uuid4

from bench.results import Numbers, row, timed
from bench.serving import Client
from bench.term import TermSchool
from commands.handle import Asking, handle
from commands.period_close import ClosePeriods, SheetRef
from ledger.entry import Origin
from web.premises import Premises

WARM, ROUNDS, WHOLE = 10, 60, 7  # rounds of a register, of the whole school


def close(here: Premises, school: TermSchool) -> Numbers:
    """Class after class, as the page sends them."""
    taken = [timed(partial(_close, here, school, pages)) for pages in school.classes.values()]
    return {
        "close_period_school_s": row(sum(taken), "s", 10, "lower"),
        "close_period_class_ms": row(median(taken) * 1000, "ms", None, "lower"),
    }


def _close(here: Premises, school: TermSchool, pages: tuple[UUID, ...]) -> None:
    sheets = tuple(SheetRef(journal=page, period=school.period) for page in pages)
    asking = Asking(
        school=school.id,
        account=school.account,
        person=school.deputy,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        body_sha256=sha256(b"bench").digest(),
    )
    answer = handle(ClosePeriods(sheets=sheets, confirmed=True), asking, here.house(school.id))
    assert answer.pages_current


def read(port: int, school: TermSchool) -> Numbers:
    """The list of the same class is told beside the register: the machine may be slow."""
    client = Client(port)
    klass = next(iter(school.classes))
    register, listed = _pages(client, f"/classes/{klass}/register", f"/school/class/{klass}")
    whole = client.send("GET", f"/readiness?period={school.period}").decode()
    assert whole.count("<tr") > len(school.classes), "the matrix is not the matrix"
    matrix = [timed(partial(client.send, "GET", f"/readiness?period={school.period}")) for _ in range(WHOLE)]
    return {
        "register_ms": row(register * 1000, "ms", 40, "lower"),
        "register_ratio": row(register / listed, "× the class's list", None, "lower"),
        "readiness_school_ms": row(median(matrix) * 1000, "ms", 1500, "lower"),
    }


def _pages(client: Client, register: str, beside: str) -> tuple[float, float]:
    assert client.send("GET", register).decode().count("<td") > 900, "the register is not the register"
    taken = [
        (timed(partial(client.send, "GET", register)), timed(partial(client.send, "GET", beside)))
        for _ in range(WARM + ROUNDS)
    ][WARM:]
    return median(first for first, _ in taken), median(second for _, second in taken)
