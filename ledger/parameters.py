"""The parameters of a regulation: P-01…P-97 of the requirements, section 2.2.

Every one is demanded from every file, checked and typed. `_read` those some code decides by, `_kept` those
whose code is still to come: `letopis regulation FILE` names the latter.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger import parameter_attestation as attestation
from ledger import parameter_keeping as keeping
from ledger import parameter_people as people
from ledger import parameter_values as values
from ledger.parameter_values import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """`attributes` of `Regulation` it fills; with several the reader returns as many values."""

    meaning: str
    attributes: tuple[str, ...]
    reader: Reader
    read: bool


def _read(attributes: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attributes=tuple(attributes.split()), reader=reader, read=True)


def _kept(attributes: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attributes=tuple(attributes.split()), reader=reader, read=False)


_grades = values.listed(values.whole(1, 11))
_marks = values.listed(values.whole(1, 100))
_sections = (
    *("marks", "attendance", "homework", "topics", "programme", "timetable", "changes", "attestation"),
    *("announcements", "activities", "recommendations", "control_schedule", "teachers", "holidays"),
)

PARAMETERS: dict[str, Parameter] = {
    "P-01": _kept("school_name", values.text, "name of the school"),
    "P-02": _kept("zone", values.zone, "time zone, an IANA name"),
    "P-03": _kept("information_system", values.text, "information system"),
    "P-04": _kept("approval", keeping.approval, "regulation: body, protocol, order, date"),
    "P-05": _kept("change_approval", values.listed(values.text), "who agrees to a change of the regulation"),
    "P-06": _kept("competences", people.competences, "competences of the deputies"),
    "P-07": _kept("period_kinds", attestation.period_kinds, "kind of reporting period by level"),
    "P-08": _kept("last_week_days", values.whole(1, 31), "days of the last week of a period"),
    "P-09": _read("period_close_days", values.whole(0, 30), "days before the end of a period it closes"),
    "P-10": _kept("last_lesson_required", values.truth, "a period mark requires the last lesson"),
    "P-11": _kept("graduating_grades", _grades, "graduating grades"),
    "P-12": _read("unmarked_grades", _grades, "grades without marks"),
    "P-13": _read("scale", _marks, "scale of marks"),
    "P-14": _read("unsatisfactory", _marks, "unsatisfactory marks"),
    "P-15": _read("adaptation", values.adaptation, "adaptation period"),
    "P-16": _read("soft_unsatisfactory", values.soft_unsatisfactory, "unsatisfactory marks not recommended"),
    "P-17": _kept("question_interval", values.whole(1, 100), "questioned once in so many lessons"),
    "P-18": _kept("fullness", attestation.fullness, "fullness of marks"),
    "P-19": _kept("least_marks", attestation.least_marks, "least number of marks by weekly load"),
    "P-20": _kept(
        "least_marks_excused",
        attestation.excused_marks,
        "least number of marks after an excused absence",
    ),
    "P-21": _kept("extracurricular", attestation.extracurricular, "extracurricular lessons"),
    "P-22": _kept("non_attestation", attestation.non_attestation, "non-attestation"),
    "P-23": _kept("control_weight", attestation.control_weight, "weight of control works"),
    "P-24": _kept("rounding", values.choice("half_up", "half_down", "even"), "rounding"),
    "P-25": _read("fractions", values.fractions, "fraction marks"),
    "P-26": _kept("deviation", attestation.deviation, "deviation of a period mark"),
    "P-27": _kept("year_formula", attestation.year_formula, "year mark"),
    "P-28": _kept("literacy_grades", _grades, "literacy mark on the page of Russian"),
    "P-29": _read("absent_and_mark", values.choice("forbid", "allow"), "a mark for an absent pupil"),
    "P-30": _kept("plan_authors plan_approval", people.plan, "author and approval of the plan"),
    "P-31": _kept("timetable_editors", people.roles, "editors of the timetable"),
    "P-32": _kept(
        "parent_credentials",
        values.choice("administrator", "class_teacher_hands_over", "class_teacher_creates"),
        "who issues credentials to parents",
    ),
    "P-33": _kept(
        "staff_credentials",
        values.choice("administrator", "director"),
        "who issues credentials to staff",
    ),
    "P-34": _kept("least_parent_accounts", values.whole(0, 4), "least number of parents' accounts"),
    "P-35": _kept(
        "parent_sign_in",
        people.some(values.choice("local", "esia", "rsaa", "portal")),
        "single sign-on of parents",
    ),
    "P-36": _kept(
        "diary_delivery",
        people.some(values.choice("internal", "gosuslugi", "portal")),
        "delivery of the diary",
    ),
    "P-37": _kept("adult_pupil", values.choice("consent", "keep", "stop"), "parents' access after 18"),
    "P-38": _kept("substitution_recorders", people.roles, "who records substitutions"),
    "P-39": _kept(
        "substitute_access",
        values.choice("lesson_windows", "lesson_day"),
        "when a substitute's access closes",
    ),
    "P-40": _kept(
        "substitution_retro",
        values.choice("approve", "deny"),
        "substitutions recorded afterwards",
    ),
    "P-41": _read("answer_terms", values.window, "window of a current mark"),
    "P-42": _read("topic_terms", values.window, "window of the topic"),
    "P-43": _read("homework_terms", values.window, "window of homework"),
    "P-44": _read("absence_terms", values.opening_window, "window of absences"),
    "P-45": _read("work_terms", values.work_windows, "windows of works by kind, subject and grade"),
    "P-46": _read("day_count", values.choice("calendar", "working"), "how days of a window are counted"),
    "P-47": _read("late_entry", values.late_entry, "late entries"),
    "P-48": _kept("outage_extends", values.truth, "an outage extends windows"),
    "P-49": _read("period_close_cuts_windows", values.truth, "the close of a period cuts windows"),
    "P-50": _kept(
        "category_role category_deadline",
        people.category,
        "role and deadline of absence categories",
    ),
    "P-51": _kept("absence_categories", values.listed(values.text), "absence categories"),
    "P-52": _read(
        "class_teacher_edit",
        values.choice("read_only", "absence_category", "absence_full"),
        "what a class teacher may write",
    ),
    "P-53": _kept("correction_approvers", people.deputies, "approver of corrections of current marks"),
    "P-54": _kept("period_correction_approvers", people.deputies, "approver of corrections of period marks"),
    "P-55": _kept("graduating_correction", people.graduating_correction, "corrections in graduating grades"),
    "P-56": _kept("self_correction", values.choice("window", "none"), "replacing one's own entry"),
    "P-57": _read("four_eyes", values.four_eyes, "nobody approves a request of their own"),
    "P-58": _read("edit_marks_as", values.edit_marks_as, "roles that may write marks besides teachers"),
    "P-59": _kept("error_report_hours", values.whole(1, 720), "hours for an error report"),
    "P-60": _kept("breach_notice", keeping.breach_notice, "compromise: enabled, minutes to notify"),
    "P-61": _kept("void_from", keeping.void_from, "from when operations are void"),
    "P-62": _kept("void_until", values.choice("new_credential"), "until when operations are void"),
    "P-63": _kept("void_scope", values.choice("credential", "accounts", "all_staff"), "scope of a void"),
    "P-64": _kept("commission", keeping.commission, "commission of the Act"),
    "P-65": _kept("block_on_notice", values.truth, "blocking on notice"),
    "P-66": _kept("reinstatement", people.reinstatement, "reinstatement"),
    "P-67": _kept("paper_slip", keeping.paper_slip, "weekly paper slip"),
    "P-68": _kept("outage_papers", values.truth, "paper pack during an outage"),
    "P-69": _kept(
        "notice_channels",
        people.some(values.choice("inbox", "text", "email", "sms")),
        "channels of notices",
    ),
    "P-70": _kept("surveys", values.truth, "surveys"),
    "P-71": _kept("portfolio", values.truth, "portfolio"),
    "P-72": _kept("acquaintance", values.choice("off", "view", "explicit"), "registration of acquaintance"),
    "P-73": _kept("diary_sections", people.some(values.choice(*_sections)), "sections of the diary"),
    "P-74": _kept("distance_materials", values.truth, "distance materials"),
    "P-75": _kept("briefing_subjects", values.folded, "subjects with safety briefings"),
    "P-76": _kept("language_task", values.truth, "task field of foreign languages"),
    "P-77": _kept("topic_prefixes", values.listed(values.text), "topic prefixes"),
    "P-78": _kept("distance_suffix", keeping.suffix, "suffix of distance lessons"),
    "P-79": _kept("home_pages", values.truth, "home tuition pages"),
    "P-80": _kept("print_font", values.text, "font of prints"),
    "P-81": _kept("control_frequency", keeping.control_frequency, "frequency of control"),
    "P-82": _kept("working_group", values.truth, "working group"),
    "P-83": _kept("inspector", values.truth, "inspector"),
    "P-84": _kept("control_indicators", values.listed(keeping.indicator), "control indicators"),
    "P-85": _kept("print_schedule", keeping.print_schedule, "schedule of prints"),
    "P-86": _kept("paper_years", values.whole(1, 100), "years of paper retention"),
    "P-87": _kept("electronic_years", values.whole(1, 100), "years of electronic retention"),
    "P-88": _kept("backup", keeping.backup, "backups"),
    "P-89": _kept("rollover", keeping.rollover, "rollover window"),
    "P-90": _kept("seal", keeping.seal, "seal and signature"),
    "P-91": _kept("training_days", values.whole(1, 60), "working days to train a new worker"),
    "P-92": _kept("exchange", people.any_of("import", "export", "sync"), "exchange"),
    "P-93": _kept("roles", people.roles, "roles in use"),
    "P-94": _kept("pe_exempt", attestation.pe_exempt, "exemption from PE"),
    "P-95": _kept("class_end_source", values.choice("class", "school"), "bell schedule"),
    "P-96": _kept("taint_reviewers", people.deputies, "who reviews tainted marks"),
    "P-97": _kept("exempt_share", values.share, "share of a period an exemption must cover"),
}
