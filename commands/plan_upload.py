"""Rows of a file become lines of a plan that has some already: each keeps the number of the line it was (R-082)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from commands.files.plan_rows import PlanRow
from commands.plans import PlanLine
from ledger.plan import PlanItem


def lines_of(rows: Sequence[PlanRow], items: Sequence[PlanItem]) -> tuple[PlanLine, ...]:
    """The first plan's lines are numbered in their order; of a later file a row is the line with its topic, and where
    topics were worded anew, the line that stood there."""
    numbers = _matched([_key(row.topic) for row in rows], [_key(item.topic) for item in items])
    return tuple(
        PlanLine(
            topic=row.topic,
            number=items[numbers[at]].number if at in numbers else 0,
            section=row.section,
            hours=row.hours,
            date=row.date,
            kind=row.kind,
            control=row.control,
            homework=row.homework,
        )
        for at, row in enumerate(rows)
    )


def _matched(new: list[str], old: list[str]) -> dict[int, int]:
    """New place → old place."""
    found: dict[int, int] = {}
    reworded: list[tuple[range, range]] = []
    for kind, i, j, k, n in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.update(zip(range(k, n), range(i, j), strict=True))
        elif kind == "replace":
            reworded.append((range(k, n), range(i, j)))
    _moved(new, old, found)
    for there, here in reworded:
        _in_order(there, here, found)
    return found


def _moved(new: list[str], old: list[str], found: dict[int, int]) -> None:
    """The same topic elsewhere."""
    taken = set(found.values())
    free: dict[str, list[int]] = {}
    for at, topic in enumerate(old):
        if at not in taken:
            free.setdefault(topic, []).append(at)
    for at, topic in enumerate(new):
        if at not in found and free.get(topic):
            found[at] = free[topic].pop(0)


def _in_order(there: Iterable[int], here: Iterable[int], found: dict[int, int]) -> None:
    taken = set(found.values())
    left = [at for at in here if at not in taken]
    found.update(zip([at for at in there if at not in found], left, strict=False))


def _key(topic: str) -> str:
    return " ".join(topic.casefold().split()).rstrip(".")
