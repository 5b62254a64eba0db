"""How a pupil stands by the marks of a period or a year: excellent, good, in reserve, failing (Усть-Белая 9.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ledger.period_sheet import EXEMPT, NOT_ATTESTED
from ledger.regulation import Regulation

FIVE, FOUR, THREE = "5", "4", "3"
GOOD = (FOUR, FIVE)


def failing_values(regulation: Regulation) -> frozenset[str]:
    """Unsatisfactory marks (P-14) and «н/а»."""
    return frozenset({*map(str, regulation.unsatisfactory), NOT_ATTESTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Of one pupil: `marks` of the subjects learnt, "" where none is set; `fails`: the values a pupil fails with."""

    pupil: UUID
    marks: Mapping[UUID, str]
    fails: frozenset[str]

    def subjects_of(self, *values: str) -> list[UUID]:
        """Where one of these stands."""
        return [subject for subject, value in self.marks.items() if value in values]

    @property
    def numbers(self) -> list[str]:
        return [value for value in self.marks.values() if value.isdigit()]

    @property
    def not_attested(self) -> bool:
        return NOT_ATTESTED in self.marks.values()

    @property
    def exempt(self) -> bool:
        return EXEMPT in self.marks.values()

    @property
    def unset(self) -> bool:
        """A mark that is to be there is not."""
        return "" in self.marks.values()

    @property
    def attested(self) -> bool:
        return bool(self.numbers) and not self.unset and not self.not_attested

    @property
    def failing(self) -> bool:
        return not self.fails.isdisjoint(self.marks.values())

    @property
    def judged(self) -> bool:
        """Every mark is set: achievement and quality are shares of these."""
        return not self.unset and bool(self.numbers or self.not_attested)

    @property
    def passing(self) -> bool:
        return self.judged and not self.failing

    @property
    def excellent(self) -> bool:
        return self.attested and set(self.numbers) == {FIVE}

    @property
    def good(self) -> bool:
        """4 and 5 only, at least one 4."""
        return self.attested and FOUR in self.numbers and set(self.numbers) <= {FOUR, FIVE}

    @property
    def one_four(self) -> bool:
        return self.good and self.numbers.count(FOUR) == 1

    @property
    def one_three(self) -> bool:
        """One 3 keeps the pupil from being good: the reserve of the class."""
        rest = set(self.numbers) - {THREE}
        return self.attested and self.numbers.count(THREE) == 1 and rest <= {FOUR, FIVE}
