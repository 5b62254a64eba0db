"""Papers handed over, stitched and kept, and data given away (R-219…R-229, R-235). Streams:
`ledger.streams.class_reports`, `ledger.streams.archive`, `ledger.streams.exchange`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsHandedOver:
    """«Отчёт по классу» and «Ведомость» of a period (or the year, `streams.year`), printed at `position`, to the
    deputy (Padun 2.7, W-24). `papers`: class_report, class_sheet."""

    class_id: UUID
    period: UUID
    papers: tuple[str, ...]
    position: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsAccepted:
    """The deputy has them."""

    class_id: UUID
    period: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperArchived:
    """A line of the archive register (R-224): stitched, numbered sheets with the director's signature, in `copies`
    copies, at `place`; `sha256` of the file that was printed at `position`."""

    item: UUID
    number: str
    kind: str
    title: str
    year: int
    class_id: UUID | None
    sheets: int
    copies: int
    stitched: date
    place: str
    position: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchExported:
    """What `target` was given: everything that changed after `since` up to `position`; the same batch has the same
    `sha256` (R-235, R-185)."""

    target: str
    number: int
    since: int
    position: int
    records: int
    sha256: str
