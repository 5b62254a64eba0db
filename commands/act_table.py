"""The rows of commands.table about breaches of access, the Acts about them and what is brought back after one."""

from __future__ import annotations

from commands import acts, blocked_windows, compromise, corrections, history, reads, reinstatement
from commands.row import Row

ACTS: dict[type, Row] = {
    compromise.ReportCompromise: Row(
        "report_compromise", reads.nothing, compromise.itself, compromise.report_compromise
    ),
    compromise.ConfirmNotice: Row(
        "confirm_notice",
        reads.nothing,
        compromise.itself,
        compromise.confirm_notice,
        history=history.of_access,
    ),
    compromise.RejectNotice: Row(
        "confirm_notice", reads.nothing, compromise.itself, compromise.reject_notice
    ),
    acts.AppointCommission: Row(
        "appoint_commission",
        reads.nothing,
        compromise.itself,
        acts.appoint_commission,
        history=history.of_access,
    ),
    acts.DrawUpAct: Row(
        "void_entries", reads.nothing, compromise.itself, acts.draw_up_act, history=history.of_access
    ),
    acts.SignAct: Row("sign_act", reads.nothing, compromise.itself, acts.sign_act),
    acts.FinaliseAct: Row(
        "void_entries", reads.nothing, compromise.itself, acts.finalise_act, history=history.of_access
    ),
    blocked_windows.PermitBlockedWindows: Row(
        "decide_late_entry",
        reads.nothing,
        compromise.itself,
        blocked_windows.permit_blocked_windows,
        further=blocked_windows.lessons_read,
    ),
    reinstatement.RequestReinstatement: Row(
        "request_reinstatement",
        corrections.lessons,
        reinstatement.read,
        reinstatement.request_reinstatement,
        sheets=corrections.sheets,
        history=history.of_access,
    ),
}
