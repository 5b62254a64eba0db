"""What the family and the school say to each other about one pupil. Streams: `ledger.streams.family` (acquaintance,
remarks), `ledger.streams.slips` (one week's paper slips of a class), the pupil (on paper, of age)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledged:
    """«Ознакомлен» (R-194): whoever wrote this has read exactly these entries, by position."""

    entries: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkWritten:
    """`kind` is comment (to a lesson or a cell) or recommendation (to a page or the whole pupil)."""

    remark: UUID
    kind: str
    text: PersonalText
    journal: UUID | None = None
    lesson: UUID | None = None
    work: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkWithdrawn:
    remark: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipsPrepared:
    """The slips of these pupils for the week that begins on the Monday `week` show the journal as of `position`
    (R-197, R-234); prepared again, the later ones count."""

    class_id: UUID
    week: date
    position: int
    pupils: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipHandedOut:
    """`receiver` is the guardian or the pupil who took it."""

    pupil: UUID
    receiver: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperInformingDeclared:
    """The family cannot or will not use the electronic form (7.2, R-051): informed on paper from `first` on."""

    first: date
    document: PersonalText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperInformingWithdrawn:
    """`last` is the last day on paper."""

    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilCameOfAge:
    """The pupil is eighteen (R-048, K-17); written by the daily job, for the day of birth stands in no entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardiansAdmitted:
    """The word of a pupil of age: whether the guardians may go on reading (P-37)."""

    allowed: bool
    document: PersonalText | None = None
