"""What was covered: topics and homework of the demonstration's plans (web/demo/topics)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "topics"


@cache
def _plans() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Subject and grade («» for any) → topics with homework, in the order of the plan."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                plan = found.setdefault((row["subject"], row["grade"]), [])
                plan.append((row["topic"], row["homework"]))
    return found


def covered(subject: str, grade: int, nth: int) -> tuple[str, str]:
    """Topic and homework of the `nth` lesson (from 0); a short plan begins again. KeyError: no plan."""
    plans = _plans()
    plan = plans.get((subject, str(grade))) or plans[subject, ""]
    return plan[nth % len(plan)]
