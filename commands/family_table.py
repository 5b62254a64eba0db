"""The rows of commands.table about what the family and the school say to each other."""

from __future__ import annotations

from commands import acquaintance, of_age, paper_informing, reads, remarks, slips
from commands.row import Row

FAMILIES: dict[type, Row] = {
    acquaintance.Acknowledge: Row(
        "acknowledge", reads.nothing, acquaintance.places, acquaintance.acknowledge, reads.the_pupil
    ),
    remarks.WriteRemark: Row(
        "write_remark", reads.nothing, remarks.family, remarks.write_remark, remarks.about
    ),
    remarks.WithdrawRemark: Row(
        "write_remark", reads.nothing, remarks.family, remarks.withdraw_remark, remarks.about
    ),
    paper_informing.DeclarePaperInforming: Row(
        "declare_paper",
        reads.nothing,
        reads.lesson,
        paper_informing.declare_paper_informing,
        reads.the_pupil,
    ),
    paper_informing.WithdrawPaperInforming: Row(
        "declare_paper",
        reads.nothing,
        reads.lesson,
        paper_informing.withdraw_paper_informing,
        reads.the_pupil,
    ),
    of_age.NoteComingOfAge: Row("note_coming_of_age", reads.nothing, reads.lesson, of_age.note_coming_of_age),
    of_age.AdmitGuardians: Row(
        "admit_guardians", reads.nothing, reads.lesson, of_age.admit_guardians, of_age.whose
    ),
    slips.PrepareSlips: Row("hand_out_slip", reads.nothing, slips.week, slips.prepare_slips, slips.whose),
    slips.HandOutSlips: Row("hand_out_slip", reads.nothing, slips.week, slips.hand_out_slips, slips.whose),
}
