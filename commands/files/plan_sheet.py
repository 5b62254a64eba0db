"""What a plan's file is before anyone knows its columns: lines of cells, from CSV or from a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from commands.files.reading import Problem


class PlanUnreadable(Exception):
    """The file as a whole cannot be taken: a Russian sentence and the line, 0 when it has none."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetLine:
    """`wrong`: column → why its cell cannot be taken (a formula, an error value), said only of columns that count."""

    number: int
    cells: tuple[str, ...]
    wrong: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """Columns from 0 that hold something."""
        return tuple(at for at, cell in enumerate(self.cells) if cell.strip())


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Merged cells: first and last line from 1, first and last column from 0, all included; `name` like B5:B7."""

    name: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSheet:
    """`lettered`: cells have names like B5, and a person finds them by these."""

    file: str
    lines: tuple[SheetLine, ...]
    merged: tuple[Area, ...] = ()
    lettered: bool = False
    notices: tuple[Problem, ...] = ()


def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)
