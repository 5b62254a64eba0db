"""What every print and table of a control report says of itself, in words (requirements 1.U: as-of position and
regulation)."""

from __future__ import annotations

from dataclasses import dataclass

from projections.control.report import Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """`about` are lines of (name, words): the period, the filters, the moment with its position, the regulation."""

    school: str
    about: tuple[tuple[str, str], ...]

    @property
    def line(self) -> str:
        return ". ".join((self.school, *(f"{name}: {words}" for name, words in self.about)))


def title_of(report: Report) -> str:
    """«C-07. Полнота и своевременность»."""
    return f"{report.code}. {report.title}"
