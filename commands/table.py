"""Every command there is: what it may be asked about, what it reads, who decides on it.

A row: action of ledger.access · journal-or-other target · streams to load beside the school · decider.
"""

from __future__ import annotations

from commands import (
    absences,
    accounts,
    appointments,
    archive,
    attendance,
    bells,
    bulk_corrections,
    completion,
    contacts,
    corrections,
    dictionary,
    distance,
    error_reports,
    exchange,
    extra_lessons,
    family_accounts,
    feeds,
    final_corrections,
    founding,
    health,
    holidays,
    homework,
    late_entries,
    lessons,
    long_substitutions,
    mandates,
    marks,
    materials,
    movement,
    of_age,
    order_numbers,
    outages,
    periods,
    plan_binding,
    plans,
    reads,
    roster,
    single_lessons,
    staff_absences,
    substitutions,
    taking_back,
    timetable_slots,
    tuition,
    workload,
)
from commands.act_table import ACTS
from commands.control_table import CONTROLS
from commands.family_table import FAMILIES
from commands.importing import lesson as imported_lesson
from commands.importing import school as imported_school
from commands.importing import timetable as imported_timetable
from commands.paper_table import PAPERS
from commands.period_table import PERIODS
from commands.row import Row

COMMANDS: dict[type, Row] = {
    marks.GiveMark: Row("write_lesson", reads.one, reads.mark, marks.give_mark),
    marks.WithdrawMark: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_mark),
    marks.FillColumn: Row("write_lesson", reads.one, reads.column, marks.fill_column),
    marks.AddWork: Row("write_lesson", reads.one, reads.made_up, marks.add_work),
    marks.WithdrawWork: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_work),
    attendance.TakeAttendance: Row("write_attendance", reads.one, reads.lesson, attendance.take_attendance),
    attendance.NoteAbsence: Row("write_attendance", reads.one, reads.lesson, attendance.note_absence),
    attendance.WithdrawAbsence: Row("write_attendance", reads.one, reads.lesson, attendance.withdraw_absence),
    absences.ExplainAbsences: Row(
        "explain_absence", reads.nothing, absences.excuses, absences.explain_absences, absences.pupils
    ),
    absences.WithdrawExplanation: Row(
        "explain_absence", reads.nothing, absences.excuses, absences.withdraw_explanation, absences.pupils
    ),
    absences.DisputeAbsence: Row("dispute_absence", reads.one, absences.disputes, absences.dispute_absence),
    absences.DecideDispute: Row("decide_dispute", reads.one, absences.disputes, absences.decide_dispute),
    contacts.ChangeContacts: Row(
        "keep_contacts", reads.nothing, reads.lesson, contacts.change_contacts, reads.the_pupil
    ),
    contacts.VerifyContacts: Row(
        "keep_contacts", reads.nothing, reads.lesson, contacts.verify_contacts, contacts.pupils
    ),
    lessons.RecordTopic: Row("write_lesson", reads.also, reads.plan, lessons.record_topic),
    completion.RecordBriefing: Row("write_lesson", reads.one, reads.lesson, completion.record_briefing),
    completion.CompleteLesson: Row("write_lesson", reads.one, reads.lesson, completion.complete_lesson),
    materials.AttachLink: Row("write_lesson", reads.one, reads.lesson, materials.attach_link),
    materials.AttachFile: Row("write_lesson", reads.one, reads.lesson, materials.attach_file),
    materials.WithdrawMaterial: Row("write_lesson", reads.one, reads.lesson, materials.withdraw_material),
    homework.SetHomework: Row("write_lesson", reads.also, reads.lesson, homework.set_homework),
    homework.SetNoHomework: Row("write_lesson", reads.also, reads.lesson, homework.set_no_homework),
    homework.SetIndividualHomework: Row(
        "write_lesson", reads.one, reads.lesson, homework.set_individual_homework
    ),
    late_entries.RequestLateEntry: Row(
        "request_late_entry", reads.items, reads.lesson, late_entries.request_late_entry
    ),
    late_entries.PermitLateEntries: Row(
        "decide_late_entry", reads.cases, reads.lesson, late_entries.permit_late_entries
    ),
    late_entries.DeclineLateEntries: Row(
        "decide_late_entry", reads.cases, reads.lesson, late_entries.decline_late_entries
    ),
    late_entries.WithdrawLateEntry: Row(
        "withdraw_late_entry", reads.one, reads.lesson, late_entries.withdraw_late_entry
    ),
    corrections.RequestCorrections: Row(
        "request_correction",
        corrections.lessons,
        corrections.cases,
        corrections.request_corrections,
        corrections.pages,
        corrections.sheets,
    ),
    corrections.ApproveCorrections: Row(
        "decide_correction",
        corrections.lessons,
        corrections.evidence,
        corrections.approve_corrections,
        sheets=corrections.sheets,
    ),
    corrections.DeclineCorrections: Row(
        "decide_correction",
        corrections.lessons,
        corrections.cases,
        corrections.decline_corrections,
        sheets=corrections.sheets,
    ),
    corrections.WithdrawCorrection: Row(
        "withdraw_correction",
        corrections.lessons,
        corrections.cases,
        corrections.withdraw_correction,
        sheets=corrections.sheets,
    ),
    final_corrections.ConcludeFinalCorrection: Row(
        "conclude_final_correction",
        reads.nothing,
        corrections.cases,
        final_corrections.conclude_final_correction,
        sheets=reads.the_sheet,
    ),
    final_corrections.OrderFinalCorrection: Row(
        "order_final_correction",
        reads.nothing,
        corrections.evidence,
        final_corrections.order_final_correction,
        sheets=reads.the_sheet,
    ),
    timetable_slots.ScheduleSlots: Row(
        "plan_timetable", reads.nothing, reads.lesson, timetable_slots.schedule_slots
    ),
    timetable_slots.EndSlot: Row(
        "plan_timetable", reads.nothing, timetable_slots.lessons_touched, timetable_slots.end_slot
    ),
    timetable_slots.MoveSlot: Row(
        "plan_timetable", reads.nothing, timetable_slots.lessons_touched, timetable_slots.move_slot
    ),
    single_lessons.CancelLesson: Row(
        "move_lesson", reads.nothing, single_lessons.one_and_its_days, single_lessons.cancel_lesson
    ),
    single_lessons.RestoreLesson: Row(
        "move_lesson", reads.nothing, single_lessons.one_and_its_days, single_lessons.restore_lesson
    ),
    single_lessons.MoveLesson: Row(
        "move_lesson", reads.nothing, single_lessons.one_and_its_days, single_lessons.move_lesson
    ),
    extra_lessons.ScheduleExtraLesson: Row(
        "move_lesson", reads.nothing, extra_lessons.what_gives_way, extra_lessons.schedule_extra_lesson
    ),
    extra_lessons.WithdrawExtraLesson: Row(
        "move_lesson", reads.nothing, extra_lessons.one, extra_lessons.withdraw_extra_lesson
    ),
    roster.FormClass: Row("lead_classes", reads.nothing, reads.lesson, roster.form_class),
    roster.AppointClassTeacher: Row(
        "lead_classes", reads.nothing, reads.lesson, roster.appoint_class_teacher
    ),
    roster.FormGroup: Row("keep_roster", reads.nothing, reads.lesson, roster.form_group, reads.the_class),
    roster.FormClassSet: Row("lead_classes", reads.nothing, reads.lesson, roster.form_class_set),
    roster.GroupPupils: Row("keep_roster", reads.nothing, reads.lesson, roster.group_pupils, reads.the_class),
    roster.UngroupPupil: Row(
        "keep_roster", reads.nothing, roster.after_ungrouping, roster.ungroup_pupil, reads.the_pupil
    ),
    movement.EnrolPupil: Row(
        "keep_roster", reads.nothing, reads.lesson, movement.enrol_pupil, reads.the_class
    ),
    movement.MovePupil: Row(
        "keep_roster", reads.nothing, movement.after_moving, movement.move_pupil, movement.both_classes
    ),
    movement.DepartPupil: Row(
        "keep_roster", reads.nothing, movement.after_leaving, movement.depart_pupil, reads.the_pupil
    ),
    movement.LinkGuardian: Row(
        "keep_roster", reads.nothing, reads.lesson, movement.link_guardian, reads.the_pupil
    ),
    movement.UnlinkGuardian: Row(
        "keep_roster", reads.nothing, reads.lesson, movement.unlink_guardian, reads.the_pupil
    ),
    health.GrantExemption: Row(
        "keep_exemption", reads.nothing, health.while_exempt, health.grant_exemption, reads.the_pupil
    ),
    health.EndExemption: Row(
        "keep_exemption", reads.nothing, reads.lesson, health.end_exemption, reads.the_pupil
    ),
    health.SetHealthGroup: Row(
        "keep_exemption", reads.nothing, reads.lesson, health.set_health_group, reads.the_pupil
    ),
    tuition.StartHomeTuition: Row(
        "keep_home_tuition", reads.nothing, reads.lesson, tuition.start_home_tuition, reads.the_pupil
    ),
    tuition.EndHomeTuition: Row(
        "keep_home_tuition", reads.nothing, reads.lesson, tuition.end_home_tuition, reads.the_pupil
    ),
    tuition.SetIndividualCurriculum: Row(
        "keep_home_tuition", reads.nothing, reads.lesson, tuition.set_individual_curriculum, reads.the_pupil
    ),
    workload.AssignWorkload: Row("keep_workload", reads.nothing, reads.lesson, workload.assign_workload),
    workload.EndWorkload: Row("keep_workload", reads.nothing, reads.lesson, workload.end_workload),
    workload.SetStudyPlan: Row("keep_workload", reads.nothing, reads.lesson, workload.set_study_plan),
    appointments.GrantRole: Row("assign_roles", reads.nothing, reads.lesson, appointments.grant_role),
    appointments.WithdrawRole: Row(
        "assign_roles", reads.nothing, appointments.other_administrators, appointments.withdraw_role
    ),
    appointments.AppointResponsible: Row(
        "appoint", reads.nothing, reads.lesson, appointments.appoint_responsible
    ),
    appointments.ReleaseResponsible: Row(
        "appoint", reads.nothing, reads.lesson, appointments.release_responsible
    ),
    appointments.AppointActingDeputy: Row(
        "appoint", reads.nothing, reads.lesson, appointments.appoint_acting_deputy
    ),
    substitutions.RecordSubstitutions: Row(
        "record_substitution", reads.nothing, substitutions.rests_on, substitutions.record_substitutions
    ),
    substitutions.CancelSubstitution: Row(
        "record_substitution", reads.nothing, substitutions.rests_on_lesson, substitutions.cancel_substitution
    ),
    staff_absences.RecordStaffAbsence: Row(
        "record_substitution", reads.nothing, reads.lesson, staff_absences.record_staff_absence
    ),
    staff_absences.ReturnTeacher: Row(
        "record_substitution", reads.nothing, staff_absences.rests_on, staff_absences.return_teacher
    ),
    long_substitutions.RecordLongSubstitution: Row(
        "record_substitution", reads.nothing, reads.lesson, long_substitutions.record_long_substitution
    ),
    long_substitutions.EndLongSubstitution: Row(
        "record_substitution", reads.nothing, reads.lesson, long_substitutions.end_long_substitution
    ),
    long_substitutions.GrantPeriodMarks: Row(
        "grant_period_marks", reads.nothing, reads.lesson, long_substitutions.grant_period_marks
    ),
    plans.DrawUpPlan: Row("write_plan", reads.nothing, reads.lesson, plans.draw_up_plan, plans.of_subject),
    plans.ChangePlan: Row("write_plan", reads.nothing, plans.itself, plans.change_plan, plans.of_plan),
    plans.ApprovePlan: Row("approve_plan", reads.nothing, plans.itself, plans.approve_plan),
    plans.ReturnPlan: Row("approve_plan", reads.nothing, plans.itself, plans.return_plan),
    plan_binding.BindPlan: Row(
        "write_plan", reads.nothing, plan_binding.itself, plan_binding.bind_plan, plan_binding.of_pages
    ),
    plan_binding.UnbindPlan: Row(
        "write_plan", reads.nothing, reads.lesson, plan_binding.unbind_plan, plan_binding.of_page
    ),
    order_numbers.NumberOrder: Row("number_order", reads.nothing, reads.lesson, order_numbers.number_order),
    periods.DefinePeriod: Row("set_calendar", reads.nothing, reads.lesson, periods.define_period),
    periods.WithdrawPeriod: Row("set_calendar", reads.nothing, reads.lesson, periods.withdraw_period),
    holidays.ScheduleHoliday: Row("set_calendar", reads.nothing, reads.lesson, holidays.schedule_holiday),
    holidays.WithdrawHoliday: Row("set_calendar", reads.nothing, reads.lesson, holidays.withdraw_holiday),
    bells.SetBells: Row("set_calendar", reads.nothing, reads.lesson, bells.set_bells),
    bells.AssignBells: Row("set_calendar", reads.nothing, reads.lesson, bells.assign_bells),
    bells.SetDayBells: Row("set_calendar", reads.nothing, reads.lesson, bells.set_day_bells),
    distance.DeclareDistance: Row("declare_distance", reads.nothing, reads.lesson, distance.declare_distance),
    distance.EndDistance: Row("declare_distance", reads.nothing, reads.lesson, distance.end_distance),
    outages.RegisterOutage: Row("register_outage", reads.nothing, reads.lesson, outages.register_outage),
    bulk_corrections.RequestBulkCorrection: Row(
        "request_bulk_correction",
        corrections.lessons,
        corrections.cases,
        bulk_corrections.request_bulk_correction,
    ),
    error_reports.ReportError: Row(
        "report_error",
        reads.nothing,
        error_reports.place,
        error_reports.report_error,
        error_reports.whose_record,
    ),
    error_reports.ForwardErrorReports: Row(
        "decide_error_report",
        error_reports.lessons,
        error_reports.reports,
        error_reports.forward_error_reports,
        error_reports.the_records,
        error_reports.sheets,
    ),
    error_reports.CloseErrorReport: Row(
        "decide_error_report",
        error_reports.lessons,
        error_reports.reports,
        error_reports.close_error_report,
        error_reports.the_records,
        error_reports.sheets,
    ),
    taking_back.TakeBack: Row(
        "take_back", reads.nothing, reads.lesson, taking_back.take_back, recent=taking_back.touched
    ),
    dictionary.SetTerm: Row("edit_dictionary", reads.nothing, reads.lesson, dictionary.set_term),
    dictionary.RetireTerm: Row("edit_dictionary", reads.nothing, reads.lesson, dictionary.retire_term),
    dictionary.SetSubject: Row("edit_dictionary", reads.nothing, reads.lesson, dictionary.set_subject),
    **PERIODS,
    founding.FoundSchool: Row("import_school", reads.nothing, reads.lesson, founding.found_school),
    founding.AdoptRegulation: Row("adopt_regulation", reads.nothing, reads.lesson, founding.adopt_regulation),
    founding.OpenJournal: Row("import_school", reads.nothing, reads.lesson, founding.open_journal),
    imported_school.ImportSchool: Row(
        "import_school", reads.nothing, reads.lesson, imported_school.import_school
    ),
    imported_timetable.ImportTimetable: Row(
        "import_school", reads.nothing, reads.lesson, imported_timetable.import_timetable
    ),
    imported_lesson.ImportLesson: Row("write_lesson", reads.one, reads.plan, imported_lesson.import_lesson),
    **ACTS,
    **FAMILIES,
    **CONTROLS,
    **PAPERS,
    mandates.GrantMandate: Row("grant_mandate", reads.nothing, reads.lesson, mandates.grant_mandate),
    mandates.EndMandate: Row("grant_mandate", reads.nothing, reads.lesson, mandates.end_mandate),
    accounts.CreateAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.create_account),
    accounts.IssueCredential: Row("manage_accounts", reads.nothing, reads.account, accounts.issue_credential),
    accounts.BlockAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.block_account),
    accounts.UnblockAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.unblock_account),
    exchange.ExportBatch: Row("export_portal", reads.nothing, exchange.itself, exchange.export_batch),
    feeds.IssueFeed: Row("keep_feeds", reads.nothing, reads.account, feeds.issue_feed),
    feeds.RevokeFeed: Row("keep_feeds", reads.nothing, reads.account, feeds.revoke_feed),
    accounts.ChangeOwnPassword: Row(
        "change_own_password", reads.nothing, reads.account, accounts.change_own_password
    ),
    accounts.AppointAdministrator: Row(
        "manage_accounts", reads.nothing, reads.lesson, accounts.appoint_administrator
    ),
    family_accounts.CreateFamilyAccount: Row(
        "issue_family_credentials",
        reads.nothing,
        reads.account,
        family_accounts.create_family_account,
        reads.the_pupil,
    ),
    family_accounts.IssueFamilyCredential: Row(
        "issue_family_credentials",
        reads.nothing,
        reads.account,
        family_accounts.issue_family_credential,
        reads.the_pupil,
    ),
}

# Given by the server's own command line only, never by the JSON API.
OWN_COMMAND_LINE = frozenset(
    {
        founding.FoundSchool,
        founding.AdoptRegulation,
        founding.OpenJournal,
        imported_school.ImportSchool,
        imported_timetable.ImportTimetable,
        imported_lesson.ImportLesson,
        # By web/material_desk.py only: what a file is was found in its bytes.
        materials.AttachFile,
        archive.ArchivePaper,  # by web/archive_desk.py only: sheets and sum are of the file that was printed
        exchange.ExportBatch,  # by web/exchange_desk.py only, which made the batch it tells of
        *(
            feeds.IssueFeed,
            feeds.RevokeFeed,
        ),  # by web/reading_feeds.py only: the entry and the row are one action
        of_age.NoteComingOfAge,  # by the daily job only
        contacts.ChangeContacts,  # by web/contacts_desk.py only: the entry and the values are one action
        # By web/account_desk.py only: the entry and the password's row are one action.
        accounts.CreateAccount,
        accounts.IssueCredential,
        accounts.BlockAccount,
        accounts.UnblockAccount,
        accounts.ChangeOwnPassword,
        accounts.AppointAdministrator,
        family_accounts.CreateFamilyAccount,
        family_accounts.IssueFamilyCredential,
    }
)

BY_NAME: dict[str, type] = {
    command.__name__: command for command in COMMANDS if command not in OWN_COMMAND_LINE
}
