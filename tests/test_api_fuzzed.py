"""Whatever the OpenAPI document allows, and much it does not, is answered without a 5xx."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy, one_of
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from tests.browser.school import Site
from tests.test_api import Caller


@pytest.fixture(scope="module")
def teacher(site: Site) -> Caller:
    return Caller(site, "teacher")


def operations(site: Site) -> Iterator[APIOperation]:
    document = schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")
    chosen = document.exclude(method="DELETE").exclude(path="/api/v1/session")
    for found in chosen.get_all_operations():
        yield found.ok()


# An operation at a time: schemathesis's own pytest fixture breaks on pytest 9.
def test_no_request_makes_the_journal_fail(site: Site, teacher: Caller) -> None:
    tried = 0
    for operation in operations(site):
        tried += fuzz(operation, teacher)
    assert tried >= 100


def fuzz(operation: APIOperation, teacher: Caller) -> int:
    seen: list[int] = []

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=strategy_of(operation))
    def attempt(case: schemathesis.Case) -> None:
        answer = case.call(headers={**(case.headers or {}), **teacher.headers}, timeout=20)
        seen.append(answer.status_code)
        assert answer.status_code < 500, f"{operation.label}: {answer.status_code} {answer.text[:300]}"

    attempt()
    return len(seen)


def strategy_of(operation: APIOperation) -> SearchStrategy[schemathesis.Case]:
    """What the document allows, and what it does not."""
    allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    broken = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    return one_of(allowed, broken) if operation.body else allowed
