"""What was measured: name → {value, unit, limit, better} (issue 2, part 9)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

Row = dict[str, object]
Numbers = dict[str, Row]


def row(value: float, unit: str, limit: float | None, better: str) -> Row:
    """`limit` None: only told, nothing is demanded of it."""
    return {"value": round(value, 3), "unit": unit, "limit": limit, "better": better}


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def reached(numbers: Row) -> bool:
    value, limit = numbers["value"], numbers["limit"]
    if limit is None:
        return True
    return value <= limit if numbers["better"] == "lower" else value >= limit  # type: ignore[operator]


def tell(numbers: Numbers) -> None:
    for name, each in numbers.items():
        limit = (
            "" if each["limit"] is None else f"{'≤' if each['better'] == 'lower' else '≥'} {each['limit']}"
        )
        print(
            f"{'  ' if reached(each) else 'НЕТ'[:2]} {name:<24}{each['value']:>12} {each['unit']:<16}{limit}",
            flush=True,
        )


def write(numbers: Numbers, file: Path) -> None:
    file.write_text(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
