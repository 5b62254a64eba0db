"""A reader says that a record is wrong (R-168, R-169). Stream: `ledger.streams.error_reports`, one for all reports
about one lesson or one period sheet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorReported:
    """`target` as in CorrectionRequested; `due` is the local end of the time to organise the correction in (W-22),
    fixed here. `text` is about the reporter."""

    report: UUID
    journal: UUID
    target: str
    text: PersonalText
    due: datetime
    lesson: UUID | None = None
    period: UUID | None = None
    work: UUID | None = None
    pupil: UUID | None = None
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorReportForwarded:
    """The deputy has organised it: the teacher of the page is asked to look (W-22 stops here)."""

    report: UUID
    reason: PersonalText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorReportClosed:
    """`corrected`: there is a case about it or the teacher has mended it; else the record is right. `answer` is what
    the reporter reads."""

    report: UUID
    corrected: bool
    answer: PersonalText
