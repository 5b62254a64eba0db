"""What an entry says, as a person would read it."""

from __future__ import annotations

from ledger.events import accounts, attendance, corrections, error_reports, homework, marks, period_marks
from ledger.personal import KeyOf, PersonalText, unseal
from projections.cells import ABSENT, CAME_LATE
from projections.topic_words import EARNED


def value_of(event: object, key_of: KeyOf) -> str:
    """What an event set, "" for what has no value; of a case what stood there and what is wanted."""
    match event:
        case marks.MarkGiven(value=value) | marks.LiteracyMarkGiven(value=value):
            return "/".join(map(str, value))
        case attendance.AbsenceNoted():
            return ABSENT
        case period_marks.PeriodMarkGiven(value=value):
            return value
        case homework.IndividualHomeworkSet(text=text):
            return unseal(text, key_of)
        case homework.HomeworkNotSet():
            return "не задано"
        case error_reports.ErrorReported():
            return ""  # its text is said beside it
    said = getattr(event, "text", "") or getattr(event, "title", "")
    return str(said) if not isinstance(said, PersonalText) else ""


def change_of(asked: corrections.CorrectionRequested) -> str:
    """What stood there and what is wanted; where nothing stands, a dash. Of a move, where to."""
    if asked.to_date is not None:
        return f"на {asked.to_date:%d.%m}, {asked.to_number}-й урок"
    return f"{asked.old or '—'} → {asked.new or '—'}"


def comment_of(event: object, key_of: KeyOf) -> str:
    """What is said beside the value: how it was earned (R-134), that the pupil came late (K-45), why an «н» is
    disputed, why a mark departs from the proposal, what was asked, reported and answered."""
    match event:
        case attendance.AbsenceWithdrawn(came_late=True):
            return CAME_LATE
        case marks.MarkGiven(manner=manner) if manner:
            return EARNED[manner]
        case attendance.AbsenceDisputeDecided(upheld=upheld, reason=reason):
            return _with("«н» снимается" if upheld else "«н» остаётся", reason, key_of)
        case period_marks.PeriodMarkGiven(proposed=proposed, value=value, reason=reason):
            differs = f"предложено {proposed}" if proposed and proposed != value else ""
            return _with(differs, reason, key_of)
        case accounts.CredentialIssued(procedure="own"):
            return "сменён под этой же учётной записью"
        case corrections.CorrectionRequested(reason=reason):
            return _with(change_of(event), reason, key_of)
        case corrections.CorrectionConcluded(conclusion=conclusion):
            return unseal(conclusion, key_of)
        case error_reports.ErrorReported(text=text):
            return unseal(text, key_of)
        case error_reports.ErrorReportClosed(corrected=corrected, answer=answer):
            return _with("исправляют" if corrected else "запись верна", answer, key_of)
    return _reason(event, key_of)


REASONED = (
    attendance.AbsenceDisputed,
    corrections.CorrectionApproved,
    corrections.CorrectionDeclined,
    error_reports.ErrorReportForwarded,
    period_marks.ExceptionRequested,
    period_marks.ExceptionGranted,
    period_marks.ExceptionDeclined,
    period_marks.PeriodMarkRechecked,
)


def _reason(event: object, key_of: KeyOf) -> str:
    return _with("", event.reason, key_of) if isinstance(event, REASONED) else ""


def _with(said: str, reason: PersonalText | None, key_of: KeyOf) -> str:
    why = unseal(reason, key_of) if reason is not None else ""
    return f"{said}: {why}" if said and why else said or why


def codes_of(event: object) -> tuple[str, str]:
    """The ground of a case and the decision about a pupil's year, as the ledger's codes: "" for what has none."""
    return str(getattr(event, "ground", "")), str(getattr(event, "decision", ""))
