"""The shape of a school's local act as frozen, typed data: what a finding does is the regulation's word,
not the rule's (R-020). Read from its file by ledger/regulation_file.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ledger.clause import spelled
from ledger.entry import Finding
from ledger.parameter_attestation import (
    ControlWeight,
    Deviation,
    ExcusedMarks,
    Extracurricular,
    Fullness,
    LeastMarks,
    NonAttestation,
    PeExempt,
    YearFormula,
)
from ledger.parameter_keeping import (
    Approval,
    Backup,
    BreachNotice,
    Commission,
    ControlFrequency,
    PaperSlip,
    PrintDue,
    Rollover,
    Seal,
    VoidFrom,
)
from ledger.parameter_people import ALL_MATTERS, ANY_DEPUTY, GraduatingCorrection, Reinstatement
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
    Of the school's dictionary (R-070): `own` is a kind the act does not name, of a `retired` one no column is made.
    """

    title: str
    written: bool = False
    control: bool = False
    creative: bool = False
    essay: bool = False
    monitoring: bool = False
    fraction: bool = False
    own: bool = False
    retired: bool = False

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
    P-01…P-97; what their values mean is in ledger.parameter_values.

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
    zone: str | None
    information_system: str
    approval: Approval
    change_approval: tuple[str, ...]
    competences: Mapping[str, frozenset[str]]
    period_kinds: Mapping[str, str]
    last_week_days: int
    period_close_days: int
    last_lesson_required: bool
    graduating_grades: tuple[int, ...]
    unmarked_grades: tuple[int, ...]
    scale: tuple[int, ...]
    unsatisfactory: tuple[int, ...]
    adaptation: Adaptation
    soft_unsatisfactory: SoftUnsatisfactory
    question_interval: int
    fullness: Fullness
    least_marks: LeastMarks
    least_marks_excused: ExcusedMarks
    extracurricular: Mapping[str, Extracurricular]
    non_attestation: NonAttestation
    control_weight: ControlWeight
    rounding: str
    fractions: Fractions
    deviation: Deviation
    year_formula: YearFormula
    literacy_grades: tuple[int, ...]
    absent_and_mark: str
    plan_authors: frozenset[str]
    plan_approval: bool
    timetable_editors: frozenset[str]
    parent_credentials: str
    staff_credentials: str
    least_parent_accounts: int
    parent_sign_in: frozenset[str]
    diary_delivery: frozenset[str]
    adult_pupil: str
    substitution_recorders: frozenset[str]
    substitute_access: str
    substitution_retro: str
    answer_terms: WindowTerms
    topic_terms: WindowTerms
    homework_terms: WindowTerms
    absence_terms: WindowTerms
    work_terms: tuple[WorkTerms, ...]
    day_count: str
    late_entry: LateEntryPolicy
    outage_extends: bool
    period_close_cuts_windows: bool
    category_role: str
    category_deadline: int
    absence_categories: tuple[str, ...]
    class_teacher_edit: str
    correction_approvers: frozenset[str]
    period_correction_approvers: frozenset[str]
    graduating_correction: GraduatingCorrection
    self_correction: str
    four_eyes: FourEyes
    edit_marks_as: frozenset[str]
    error_report_hours: int
    breach_notice: BreachNotice
    void_from: VoidFrom
    void_until: str
    void_scope: str
    commission: Commission
    block_on_notice: bool
    reinstatement: Reinstatement
    paper_slip: PaperSlip
    outage_papers: bool
    notice_channels: frozenset[str]
    surveys: bool
    portfolio: bool
    acquaintance: str
    diary_sections: frozenset[str]
    distance_materials: bool
    briefing_subjects: frozenset[str]
    language_task: bool
    topic_prefixes: tuple[str, ...]
    distance_suffix: str
    home_pages: bool
    print_font: str
    control_frequency: ControlFrequency
    working_group: bool
    inspector: bool
    control_indicators: tuple[str, ...]
    print_schedule: tuple[PrintDue, ...]
    paper_years: int
    electronic_years: int
    backup: Backup
    rollover: Rollover
    seal: Seal
    training_days: int
    exchange: frozenset[str]
    roles: frozenset[str]
    pe_exempt: PeExempt
    class_end_source: str
    taint_reviewers: frozenset[str]
    exempt_share: float

    def competences_for(self, matter: str) -> frozenset[str]:
        """Competences (УВР, УМР) whose deputies decide the matter (P-06); empty: any deputy."""
        return frozenset(
            competence
            for competence, matters in self.competences.items()
            if matters & {matter, ALL_MATTERS} and competence != ANY_DEPUTY
        )

    def needs_briefing(self, title: str, attributes: Collection[str]) -> bool:
        """P-75, 7.15: whether a subject is named there by an attribute or a word of its title («Технология»
        is in «Труд (технология)» too)."""
        named = (rf"\b{re.escape(word)}\b" for word in self.briefing_subjects)
        return bool(self.briefing_subjects & set(attributes)) or any(
            re.search(word, title.casefold()) for word in named
        )

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
        return spelled(self.word_on(finding).sentence).format_map(defaultdict(lambda: "…", details))
