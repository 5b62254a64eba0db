"""How many commands one account may give in a minute (web/limits.py)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.small_school import PASSWORD, Place, serve
from web.limits import COMMANDS


@pytest.fixture
def place(database, tmp_path):
    with serve(database, tmp_path) as served:
        yield served


def program(place: Place, login: str) -> tuple[FlaskClient, dict[str, str]]:
    client = place.browser()
    token = client.post("/api/v1/session", json={"login": login, "password": PASSWORD}).json["token"]
    return client, {"Authorization": f"Bearer {token}"}


def test_a_program_that_runs_wild_waits_and_nobody_else_does(place):
    for person, login in ((place.people.sokolova, "sokolova"), (place.people.nosov, "nosov")):
        place.add_account(person, login)
    wild, headers = program(place, "sokolova")
    topic = {"lesson": str(uuid4()), "text": "Степень числа"}

    def send(client, headers, name="RecordTopic"):
        key = {"Idempotency-Key": str(uuid4())}
        return client.post(f"/api/v1/commands/{name}", json=topic, headers={**headers, **key})

    # Whatever is sent counts, also what is no command: half of them are none.
    statuses = [
        send(wild, headers, name).status_code for name in ("RecordTopic", "Erase") * (COMMANDS.amount // 2)
    ]
    assert 429 not in statuses
    held = send(wild, headers)
    assert (held.status_code, held.json["code"]) == (429, "too-many-commands")
    assert 1 <= int(held.headers["Retry-After"]) <= 60
    assert (
        held.json["sentence"]
        == f"Слишком много действий подряд. Продолжите через {held.headers['Retry-After']} с."
    )
    assert wild.get("/api/v1/journals", headers=headers).status_code == 200, "pages are not commands"
    other, own = program(place, "nosov")
    assert send(other, own).status_code != 429
