"""Who may do what: requirements section 3 as one table, action × role → relation; ledger.access asks it.

A cell says what relation a role needs to the thing: `any` (the whole school), `page` (teaches this journal on
that day), `reads` (the same, or stands in for a lesson of it, 7.12), `lesson` (the lesson is one's own to write),
`class` (leads this class), `mandate` (in the scope and the days of an inspector's mandate), `child` (is the pupil or
the pupil's guardian), `self` (own account). No cell: denied. Where a cell depends on the regulation (P-52, P-57), the
table lets the person through and the rule of that number decides.
"""

from __future__ import annotations

from ledger.entry import Role

_NOT_PEOPLE = {Role.SYSTEM, Role.NOBODY}
_STAFF = (
    Role.DIRECTOR,
    Role.DEPUTY,
    Role.METHODIST,
    Role.CLASS_TEACHER,
    Role.TEACHER,
    Role.ADMINISTRATOR,
)

# Who reads a page of the journal, and what is of a whole class.
_PAGE_READERS: dict[Role, str] = {
    Role.TEACHER: "reads",
    Role.CLASS_TEACHER: "class",
    Role.DEPUTY: "any",
    Role.DIRECTOR: "any",
    Role.INSPECTOR: "mandate",
    Role.WORKING_GROUP: "any",
}
_CLASS_READERS: dict[Role, str] = {
    role: relation for role, relation in _PAGE_READERS.items() if role is not Role.TEACHER
}

# Whoever works at the school or watches it.
_STAFF_AND_WATCHERS: dict[Role, str] = {
    Role.TEACHER: "any",
    Role.CLASS_TEACHER: "any",
    Role.DEPUTY: "any",
    Role.METHODIST: "any",
    Role.DIRECTOR: "any",
    Role.ADMINISTRATOR: "any",
    Role.INSPECTOR: "mandate",
    Role.WORKING_GROUP: "any",
}

# action -> role -> relation, in the order roles are tried. Numbers in brackets are rows of section 3:
# tests/test_matrix.py reads them and holds this table to that one, cell by cell.
TABLE: dict[str, dict[Role, str]] = {
    "view_journal": _PAGE_READERS,  # [1],
    "view_diary": {  # [2]
        Role.PUPIL: "child",
        Role.GUARDIAN: "child",
        Role.CLASS_TEACHER: "class",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
        Role.WORKING_GROUP: "any",
    },
    "write_lesson": {Role.TEACHER: "lesson"},  # [3, 6, 7, 8]
    "write_attendance": {Role.TEACHER: "lesson", Role.CLASS_TEACHER: "class"},  # [4], the latter by P-52
    "request_late_entry": {Role.TEACHER: "lesson"},  # [13]
    "decide_late_entry": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [13], the latter by P-57
    "withdraw_late_entry": {Role.DEPUTY: "any", Role.DIRECTOR: "any", Role.TEACHER: "lesson"},  # [13]
    "view_inbox": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [13]
    "view_day": {Role.TEACHER: "self", Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [1]
    "view_cell_trail": _PAGE_READERS,  # [50],
    "view_pupil_trail": _CLASS_READERS,  # [50],
    "export_entries": {
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
    },  # [50], of each page
    "view_account_trail": {  # [50]
        Role.TEACHER: "self",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
    },
    "manage_accounts": {Role.ADMINISTRATOR: "any"},  # [27, 28, 32]
    "change_own_password": {role: "self" for role in Role if role is not Role.NOBODY},
    "import_school": {Role.ADMINISTRATOR: "any"},  # [53]
    "adopt_regulation": {Role.ADMINISTRATOR: "any"},  # [54]
    "explain_absence": {Role.CLASS_TEACHER: "class"},  # [5]
    "dispute_absence": {Role.CLASS_TEACHER: "class"},  # [5]
    "decide_dispute": {Role.TEACHER: "lesson", Role.DEPUTY: "any"},  # [5]
    "write_plan": {Role.TEACHER: "subject", Role.ADMINISTRATOR: "any"},  # [9], by P-30
    "approve_plan": {Role.DEPUTY: "any"},  # [9, 10]
    "view_plan": _STAFF_AND_WATCHERS,  # whoever works at the school
    "view_fulfilment": _PAGE_READERS,  # [45] C-05,
    "view_control_schedule": {  # C-20, published to families
        **_STAFF_AND_WATCHERS,
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
    },
    "plan_timetable": {Role.METHODIST: "any", Role.DEPUTY: "any", Role.ADMINISTRATOR: "any"},  # [18], by P-31
    "view_timetable": {  # [18, 19, 20]; a family that of the child's class
        Role.TEACHER: "any",
        Role.CLASS_TEACHER: "any",
        Role.METHODIST: "any",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.ADMINISTRATOR: "any",
        Role.INSPECTOR: "mandate",
        Role.WORKING_GROUP: "any",
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
    },
    "record_substitution": {  # [19], by P-38
        Role.METHODIST: "any",
        Role.DEPUTY: "any",
        Role.ADMINISTRATOR: "any",
    },
    "view_staff_sheet": dict.fromkeys(_STAFF, "any"),  # [18] the sheet of substitutions in the staff room
    "view_held_register": {  # [45] C-17
        Role.TEACHER: "self",
        Role.DEPUTY: "any",
        Role.METHODIST: "any",
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
        Role.WORKING_GROUP: "any",
    },
    "number_order": {  # [21] R-060: whoever may rest something on an order whose number follows
        Role.METHODIST: "any",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.ADMINISTRATOR: "any",
    },
    "grant_period_marks": {Role.DEPUTY: "any"},  # [11]
    "move_lesson": {Role.DEPUTY: "any", Role.DIRECTOR: "any", Role.METHODIST: "any"},  # [20]
    "declare_distance": {  # [21]
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.METHODIST: "any",
        Role.ADMINISTRATOR: "any",
    },
    "set_calendar": {Role.DEPUTY: "any", Role.ADMINISTRATOR: "any"},  # [22]
    "register_outage": dict.fromkeys((Role.DEPUTY, Role.DIRECTOR, Role.ADMINISTRATOR), "any"),  # W-39
    "view_calendar": {role: "any" for role in Role if role not in _NOT_PEOPLE},  # [21, 22]
    "keep_roster": {Role.ADMINISTRATOR: "any", Role.DEPUTY: "any", Role.CLASS_TEACHER: "class"},  # [23]
    "lead_classes": {Role.ADMINISTRATOR: "any", Role.DEPUTY: "any"},  # [23]: class teachers and class sets
    "keep_workload": {Role.DEPUTY: "any", Role.DIRECTOR: "any", Role.ADMINISTRATOR: "any"},  # [24]
    "keep_home_tuition": {Role.DEPUTY: "any", Role.DIRECTOR: "any", Role.ADMINISTRATOR: "any"},  # [25]
    "keep_exemption": {Role.CLASS_TEACHER: "class", Role.DEPUTY: "any"},  # [26]
    "appoint": {Role.DIRECTOR: "any"},  # [27], R-033
    "assign_roles": {Role.ADMINISTRATOR: "any"},  # [27]
    "keep_contacts": {Role.CLASS_TEACHER: "class", Role.ADMINISTRATOR: "any"},  # [29]
    "view_attendance": _CLASS_READERS,  # [45],
    "view_contacts": {Role.CLASS_TEACHER: "class", Role.DEPUTY: "any", Role.ADMINISTRATOR: "any"},  # [29]
    "edit_dictionary": {Role.ADMINISTRATOR: "any"},
    "view_dictionary": {
        Role.ADMINISTRATOR: "any",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
        Role.WORKING_GROUP: "any",
    },
    "search": {role: "any" for role in Role if role not in _NOT_PEOPLE},  # each find asks for itself
    "view_first_page": {  # each sees what is for the own roles
        Role.DIRECTOR: "any",
        Role.DEPUTY: "any",
        Role.METHODIST: "any",
        Role.ADMINISTRATOR: "any",
        Role.INSPECTOR: "any",  # whatever the scope of the mandate is
        Role.WORKING_GROUP: "any",
        Role.CLASS_TEACHER: "any",
    },
    "view_school": {  # [24]: classes with their numbers, the staff and what they teach
        Role.DIRECTOR: "any",
        Role.DEPUTY: "any",
        Role.ADMINISTRATOR: "any",
        Role.INSPECTOR: "mandate",
        Role.WORKING_GROUP: "any",
    },
    "view_class_list": {  # [23]; whoever may read the journals of the class sees its list as well
        Role.DEPUTY: "any",
        Role.ADMINISTRATOR: "any",
        Role.CLASS_TEACHER: "class",
        Role.WORKING_GROUP: "any",
    },
    "view_health": {  # [26]: the certificate itself
        Role.DEPUTY: "any",
        Role.CLASS_TEACHER: "class",
        Role.TEACHER: "page",
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
    },
    # Period marks and corrections (issue 4).
    "set_period_mark": {Role.TEACHER: "page"},  # [11], a long substitute's by grant_period_marks
    "recheck_period_mark": {Role.TEACHER: "page", Role.DEPUTY: "any"},
    "grant_exception": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [12], competence УМР; the latter by P-57
    "request_exception": {Role.TEACHER: "page", Role.CLASS_TEACHER: "class"},  # [12]
    "agree_to_exception": {Role.GUARDIAN: "child"},  # [12]
    "close_period": {Role.DEPUTY: "any"},
    "view_readiness": _CLASS_READERS,  # [45]
    "view_register": _CLASS_READERS,  # [45] the summary sheet
    "view_explanation": {
        **_PAGE_READERS,
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
    },  # «Почему эта отметка?»
    "view_period_sheet": _PAGE_READERS,  # [1]
    "view_pupil": _CLASS_READERS,  # [50] all of one pupil on one page
    "request_correction": {Role.TEACHER: "lesson"},  # [14, 15, 16]
    "request_bulk_correction": {  # E-12: what an order takes back, in one case
        Role.METHODIST: "any",
        Role.CLASS_TEACHER: "class",
        Role.DEPUTY: "any",
    },
    "withdraw_correction": dict.fromkeys(_STAFF, "self"),  # the requester only
    "decide_correction": {
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
    },  # [14, 15], P-53, P-54; the latter by P-57
    "conclude_final_correction": {Role.DEPUTY: "any"},  # [16], competence УМР
    "order_final_correction": {Role.DIRECTOR: "any"},  # [16]
    "report_error": {  # [14, 15, 16] whoever reads the record, but for who asks for a correction at once
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
        Role.WORKING_GROUP: "any",
        Role.CLASS_TEACHER: "class",
        Role.DEPUTY: "any",
        Role.DIRECTOR: "any",
    },
    "decide_error_report": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # R-168, the latter when it escalates
    "view_tasks": dict.fromkeys(_STAFF, "self"),  # each sees what waits for the own roles
    "take_back": dict.fromkeys(_STAFF, "self"),  # one's own last action
    # What follows is asked by the doors of the issues to come: the Act, the family, the papers.
    "issue_family_credentials": {
        Role.ADMINISTRATOR: "any",
        Role.CLASS_TEACHER: "class",
    },  # [28], the latter by P-32
    "register_consent": {Role.CLASS_TEACHER: "class", Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [30]
    "view_consents": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [30]
    "report_compromise": {role: "any" for role in Role if role not in _NOT_PEOPLE},  # [31]
    "confirm_notice": {Role.DIRECTOR: "any", Role.ADMINISTRATOR: "any"},  # [31, 33]
    "appoint_commission": {Role.DIRECTOR: "any"},  # [34]
    "sign_act": dict.fromkeys(_STAFF, "any"),  # [35], as a member of the commission
    "void_entries": {Role.ADMINISTRATOR: "any"},  # [36], on a signed Act only
    "view_voids": {Role.INSPECTOR: "mandate", Role.WORKING_GROUP: "any"},  # [36]
    "reinstate": {Role.DEPUTY: "any"},  # [37]
    "request_reinstatement": {Role.TEACHER: "self"},  # [37]
    "review_taint": {Role.DEPUTY: "any"},  # [38]
    "propose_on_taint": {Role.TEACHER: "page"},  # [38]
    "view_taint": {Role.CLASS_TEACHER: "class", Role.INSPECTOR: "mandate", Role.WORKING_GROUP: "any"},  # [38]
    "told_of_taint": {Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [38]
    "send_message": {  # [39]
        **dict.fromkeys(_STAFF, "any"),
        Role.GUARDIAN: "any",
        Role.PUPIL: "any",
    },
    "announce": {  # [40]
        Role.DIRECTOR: "any",
        Role.DEPUTY: "any",
        Role.METHODIST: "any",
        Role.CLASS_TEACHER: "class",
        Role.TEACHER: "page",
    },
    "read_announcements": {Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [40]
    "survey": {Role.DIRECTOR: "any", Role.DEPUTY: "any", Role.CLASS_TEACHER: "class"},  # [41]
    "answer_survey": {Role.GUARDIAN: "child"},  # [41]
    "keep_portfolio": {Role.CLASS_TEACHER: "class"},  # [42]
    "view_portfolio": {  # [42]
        Role.DIRECTOR: "any",
        Role.DEPUTY: "any",
        Role.GUARDIAN: "child",
        Role.PUPIL: "child",
    },
    "acknowledge": {Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [43]
    "view_acknowledgements": {  # [43]
        Role.CLASS_TEACHER: "class",
        Role.TEACHER: "page",
        Role.DEPUTY: "any",
        Role.WORKING_GROUP: "any",
    },
    "hand_out_slip": {Role.CLASS_TEACHER: "class"},  # [44]
    "view_slips": {Role.DEPUTY: "any", Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [44]
    "view_control": {
        **_PAGE_READERS,
        Role.TEACHER: "self",
    },  # [45] C-01…C-31, of a class or of one's own lessons
    "write_remark": {Role.TEACHER: "page", Role.CLASS_TEACHER: "class"},  # [7] comments and recommendations
    "declare_paper": {Role.CLASS_TEACHER: "class"},
    "admit_guardians": {Role.PUPIL: "self", Role.CLASS_TEACHER: "class"},  # P-37, the latter on a paper
    "note_coming_of_age": {},  # the daily job's alone
    "check_day": {Role.CLASS_TEACHER: "class"},  # W-25
    "keep_feeds": {role: "self" for role in Role if role not in _NOT_PEOPLE},  # one's own calendar addresses
    "export_portal": {Role.ADMINISTRATOR: "any", Role.DEPUTY: "any"},  # [53] R-235
    "view_jobs": {Role.ADMINISTRATOR: "any", Role.DIRECTOR: "any"},  # [51] runs and failures
    "run_job": {Role.ADMINISTRATOR: "any"},  # [51]
    "write_certificate": {Role.DEPUTY: "any", Role.WORKING_GROUP: "any"},  # [46]
    "view_certificate": {  # [46]
        Role.DIRECTOR: "any",
        Role.INSPECTOR: "mandate",
        Role.CLASS_TEACHER: "any",
        Role.TEACHER: "any",
    },
    "acknowledge_certificate": dict.fromkeys(
        _STAFF, "any"
    ),  # whoever it names, asked of the certificate itself
    "record_director_control": {Role.DIRECTOR: "any"},  # [47]
    "view_director_control": {Role.DEPUTY: "any", Role.INSPECTOR: "mandate"},  # [47]
    "hand_over_report": {Role.CLASS_TEACHER: "class"},  # [48]
    "accept_report": {Role.DEPUTY: "any"},  # [48]
    "view_handed_reports": {Role.DIRECTOR: "any"},  # [48]
    "print_year": {Role.DIRECTOR: "any", Role.DEPUTY: "any"},  # [49]
    "view_archive": {Role.INSPECTOR: "mandate"},  # [49]
    "back_up": {Role.ADMINISTRATOR: "any"},  # [51]
    "view_backups": {Role.DIRECTOR: "any", Role.ADMINISTRATOR: "any"},  # [45, 51] C-23
    "roll_over": {Role.ADMINISTRATOR: "any"},  # [52]
    "approve_rollover": {Role.DEPUTY: "any", Role.DIRECTOR: "any"},  # [52]
    "view_exchange": {Role.DEPUTY: "any"},  # [53]
    "approve_regulation": {Role.DIRECTOR: "any"},  # [54]
    "propose_regulation": {Role.DEPUTY: "any"},  # [54]
    "view_regulation": {Role.INSPECTOR: "mandate", Role.WORKING_GROUP: "any"},  # [54]
    "grant_mandate": {Role.DIRECTOR: "any", Role.DEPUTY: "any"},  # [55]
    "open_mandate_account": {Role.ADMINISTRATOR: "any"},  # [55]
    "decide_promotion": {Role.DIRECTOR: "any", Role.DEPUTY: "any"},  # [56]
    "propose_promotion": {Role.CLASS_TEACHER: "class"},  # [56]
    "view_promotion": {Role.INSPECTOR: "mandate", Role.GUARDIAN: "child", Role.PUPIL: "child"},  # [56]
    "record_training": {Role.ADMINISTRATOR: "any"},  # [57]
    "attend_training": {Role.TEACHER: "self"},  # [57]
    "view_training": {Role.DEPUTY: "any"},  # [57]
}
