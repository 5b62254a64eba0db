"""Which acceptance (AT) and edge (E) cases of the requirements have a test, and how it ended.

As a pytest plugin (through conftest) it writes the outcomes; as a program (`make cases`) it prints them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

OUTCOMES = Path(".pytest_cache") / "cases.json"
CASES = (*(f"AT-{number:02}" for number in range(1, 26)), *(f"E-{number:02}" for number in range(1, 19)))
NOT_YET = "not yet"

# Test id → the cases it shows, and the worst outcome of its phases. The reports carry the numbers, because
# with several workers it is their controller that writes, and it collects nothing.
shows: dict[str, list[str]] = {}
ended: dict[str, str] = {}
CASE = "case"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        numbers = [str(number) for mark in item.iter_markers("case") for number in mark.args]
        unknown = sorted(set(numbers) - set(CASES))
        if unknown:
            raise pytest.UsageError(f"{item.nodeid}: no case {', '.join(unknown)} in the requirements")
        item.user_properties += [(CASE, number) for number in numbers]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    shows[report.nodeid] = [str(number) for name, number in report.user_properties if name == CASE]
    if report.failed:
        ended[report.nodeid] = "failed"
    elif report.skipped:
        ended.setdefault(report.nodeid, NOT_YET)
    elif report.when == "call":
        ended.setdefault(report.nodeid, "passed")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    outcomes: dict[str, dict[str, str]] = {}
    for test, outcome in ended.items():
        for number in shows.get(test, []):
            outcomes.setdefault(number, {})[test] = outcome
    if outcomes:
        file = session.config.rootpath / OUTCOMES
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(outcomes, indent=1), encoding="utf-8")


def outcome_of(tests: Mapping[str, str]) -> str:
    """One word for a case: failed if any of its tests did, passed if all did, else not yet."""
    for word in ("failed", NOT_YET):
        if word in tests.values():
            return word
    return "passed" if tests else NOT_YET


def print_cases(file: Path) -> int:
    """Print a line for each case; 1 when any failed."""
    outcomes = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    words = {case: outcome_of(outcomes.get(case, {})) for case in CASES}
    for case, word in words.items():
        print(f"{case}  {word:8} {len(outcomes.get(case, {}))} tests")
    print(", ".join(f"{list(words.values()).count(word)} {word}" for word in ("passed", "failed", NOT_YET)))
    return 1 if "failed" in words.values() else 0


if __name__ == "__main__":
    raise SystemExit(print_cases(OUTCOMES))
