"""The rows of commands.table about period marks, their exceptions and close, and the promotion after the year."""

from __future__ import annotations

from commands import (
    attestation_exceptions,
    period_close,
    period_marks,
    period_reads,
    promotion,
    reads,
    reminders,
    taint_correction,
)
from commands.row import Row

PERIODS: dict[type, Row] = {
    period_marks.SetPeriodMarks: Row(
        "set_period_mark",
        reads.nothing,
        period_reads.of_marks,
        period_marks.set_period_marks,
        reads.the_page,
        reads.the_sheet,
    ),
    period_marks.RecheckPeriodMark: Row(
        "recheck_period_mark",
        reads.nothing,
        period_reads.of_mark,
        period_marks.recheck_period_mark,
        reads.the_page,
        reads.the_sheet,
    ),
    taint_correction.CorrectTaintedMark: Row(
        "review_taint",
        reads.nothing,
        period_reads.of_mark,
        taint_correction.correct_tainted_mark,
        sheets=reads.the_sheet,
    ),
    attestation_exceptions.RequestException: Row(
        "request_exception",
        reads.nothing,
        reads.lesson,
        attestation_exceptions.request_exception,
        reads.the_page,
        reads.the_sheet,
    ),
    attestation_exceptions.AgreeToException: Row(
        "agree_to_exception",
        reads.nothing,
        reads.lesson,
        attestation_exceptions.agree_to_exception,
        reads.the_pupil,
        reads.the_sheet,
    ),
    attestation_exceptions.GrantException: Row(
        "grant_exception",
        reads.nothing,
        reads.lesson,
        attestation_exceptions.grant_exception,
        sheets=reads.the_sheet,
    ),
    attestation_exceptions.DeclineException: Row(
        "grant_exception",
        reads.nothing,
        reads.lesson,
        attestation_exceptions.decline_exception,
        sheets=reads.the_sheet,
    ),
    period_close.ClosePeriods: Row(
        "close_period", reads.nothing, reads.lesson, period_close.close_periods, sheets=period_close.sheets
    ),
    reminders.RemindReadiness: Row("close_period", reads.nothing, reminders.sent, reminders.remind_readiness),
    promotion.ProposePromotion: Row(
        "propose_promotion", reads.nothing, reads.lesson, promotion.propose_promotion, promotion.pupils
    ),
    promotion.DecidePromotion: Row(
        "decide_promotion", reads.nothing, reads.lesson, promotion.decide_promotion
    ),
}
