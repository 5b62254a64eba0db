"""The shape of a school's local act as frozen, typed data: what a finding does is the regulation's word,
not the rule's (R-020). Read from its file by ledger/regulation_file.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ledger.entry import Finding
from ledger.parameter_values import (
    Adaptation,
    FourEyes,
    Fractions,
    LateEntryPolicy,
    SoftUnsatisfactory,
    WindowTerms,
    WorkTerms,
)

LONGEST_DETAIL = 60  # characters of what a person typed that a refusal repeats


class Mode(StrEnum):
    """What a finding does (design 4)."""

    REFUSE = "refuse"
    PERMIT = "permit"
    CONFIRM = "confirm"
    LATE = "late"
    REPORT = "report"
    OFF = "off"


class RegulationError(ValueError):
    """A file that is not a regulation: «file:line: key: what is wrong»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkKind:
    """A kind of work, `title` written in full (9.5(b2)); the flags decide its window (P-45) and its marks.

    `written`: 9.5(b5); `control`: a mark for everybody (7.14(b5)); `monitoring`: 9.5(b6); `fraction`: 7.15.
    """

    title: str
    written: bool = False
    control: bool = False
    creative: bool = False
    essay: bool = False
    monitoring: bool = False
    fraction: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """Names of the flags that are set, as P-45 names them."""
        names = ("written", "control", "creative", "essay", "monitoring", "fraction")
        return tuple(name for name in names if getattr(self, name))


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleWord:
    """`mode`, `clause` and the Russian `sentence` of a finding; braces in it name the finding's details."""

    mode: Mode
    clause: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Regulation:
    """Attributes are the parameters of requirements 2.2 (table: ledger/parameters.py), in the order
    P-01…P-58.

    `rules` by (code, case), the case "" being the rule itself; `manners` are the ways homework is done.
    Lengths are in characters.
    """

    title: str
    rules: Mapping[tuple[str, str], RuleWord]
    clauses: Mapping[str, str]
    work_kinds: Mapping[str, WorkKind]
    manners: Mapping[str, str]
    topic_length: int
    homework_length: int
    title_length: int

    school_name: str
    zone: str
    period_close_days: int
    unmarked_grades: tuple[int, ...]
    scale: tuple[int, ...]
    unsatisfactory: tuple[int, ...]
    adaptation: Adaptation
    soft_unsatisfactory: SoftUnsatisfactory
    fractions: Fractions
    absent_and_mark: str
    answer_terms: WindowTerms
    topic_terms: WindowTerms
    homework_terms: WindowTerms
    absence_terms: WindowTerms
    work_terms: tuple[WorkTerms, ...]
    day_count: str
    late_entry: LateEntryPolicy
    outage_extends: bool
    period_close_cuts_windows: bool
    class_teacher_edit: str
    self_correction: str
    four_eyes: FourEyes
    edit_marks_as: frozenset[str]

    def word(self, code: str, case: str = "") -> RuleWord:
        """What is said of a finding; a case without words of its own takes its rule's. KeyError: no such
        code."""
        return self.rules.get((code, case)) or self.rules[code, ""]

    def word_on(self, finding: Finding) -> RuleWord:
        return self.word(finding.code, finding.details.get("case", ""))

    def mode(self, code: str, case: str = "") -> Mode:
        return self.word(code, case).mode

    def clause(self, code: str) -> str:
        """The clause a rule (W-01) comes from, or a parameter without a rule of its own (P-15)."""
        return self.clauses[code]

    def sentence(self, finding: Finding) -> str:
        """What the person is told; details a stored finding no longer has are shown as «…», and typed text is
        cut: the log of refused attempts keeps the sentence."""
        details = {name: text[:LONGEST_DETAIL] for name, text in finding.details.items()}
        return self.word_on(finding).sentence.format_map(defaultdict(lambda: "…", details))
