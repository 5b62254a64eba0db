"""What every file reader answers: the value, or the problems which forbid it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

SHOWN_PROBLEMS = 200  # a person corrects a file in rounds; a million lines about one wrong column help nobody


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, where a person can find it.

    file: name as given; line: 1-based, 0 when the whole file is meant; column: header as written in the file
    (or XML attribute), "" when the whole line is meant; reason: a Russian sentence.
    """

    file: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[Value]):
    """`value` is None exactly when there are problems: nothing of a refused file is applied.

    `unshown` counts the problems beyond the first 200. `notices` do not forbid anything: what was guessed,
    what was left out and why.
    """

    value: Value | None
    problems: tuple[Problem, ...] = ()
    unshown: int = 0
    notices: tuple[Problem, ...] = ()


def refused(problems: list[Problem], notices: list[Problem] | None = None) -> Reading[Value]:
    """A reading without a value; problems in the order of files and lines they were given in, cut at 200."""
    shown = tuple(problems[:SHOWN_PROBLEMS])
    return Reading(
        value=None, problems=shown, unshown=len(problems) - len(shown), notices=tuple(notices or ())
    )
