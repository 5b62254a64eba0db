"""The parameters a regulation may state: P-01…P-97 of the requirements, section 2.2.

A parameter with an attribute is demanded from every file, checked and typed; one without is known by its
meaning only and kept for the rules to come. `read` tells whether any code decides by it yet (`letopis
regulation FILE`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger import parameter_values as values
from ledger.parameter_values import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    meaning: str
    attribute: str = ""
    reader: Reader | None = None
    read: bool = False


def _read(attribute: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attribute=attribute, reader=reader, read=True)


def _kept(attribute: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attribute=attribute, reader=reader)


def _known(meaning: str) -> Parameter:
    return Parameter(meaning=meaning)


_grades = values.listed(values.whole(1, 11))
_marks = values.listed(values.whole(1, 100))

PARAMETERS: dict[str, Parameter] = {
    "P-01": _kept("school_name", values.text, "name of the school"),
    "P-02": _kept("zone", values.zone, "time zone, an IANA name"),
    "P-03": _known("information system"),
    "P-04": _known("regulation: body, protocol, order, date"),
    "P-05": _known("who agrees to a change of the regulation"),
    "P-06": _known("competences of the deputies"),
    "P-07": _known("kind of reporting period by level"),
    "P-08": _known("days of the last week of a period"),
    "P-09": _read("period_close_days", values.whole(0, 30), "days before the end of a period it closes"),
    "P-10": _known("a period mark requires the last lesson"),
    "P-11": _known("graduating grades"),
    "P-12": _read("unmarked_grades", _grades, "grades without marks"),
    "P-13": _read("scale", _marks, "scale of marks"),
    "P-14": _read("unsatisfactory", _marks, "unsatisfactory marks"),
    "P-15": _read("adaptation", values.adaptation, "adaptation period"),
    "P-16": _read("soft_unsatisfactory", values.soft_unsatisfactory, "unsatisfactory marks not recommended"),
    "P-17": _known("questioned once in so many lessons"),
    "P-18": _known("fullness of marks"),
    "P-19": _known("least number of marks by weekly load"),
    "P-20": _known("least number of marks after an excused absence"),
    "P-21": _known("extracurricular lessons"),
    "P-22": _known("non-attestation"),
    "P-23": _known("weight of control works"),
    "P-24": _known("rounding"),
    "P-25": _read("fractions", values.fractions, "fraction marks"),
    "P-26": _known("deviation of a period mark"),
    "P-27": _known("year mark"),
    "P-28": _known("literacy mark on the page of Russian"),
    "P-29": _read("absent_and_mark", values.choice("forbid", "allow"), "a mark for an absent pupil"),
    "P-30": _known("author and approval of the plan"),
    "P-31": _known("editors of the timetable"),
    "P-32": _known("who issues credentials to parents"),
    "P-33": _known("who issues credentials to staff"),
    "P-34": _known("least number of parents' accounts"),
    "P-35": _known("single sign-on of parents"),
    "P-36": _known("delivery of the diary"),
    "P-37": _known("parents' access after 18"),
    "P-38": _known("who records substitutions"),
    "P-39": _known("when a substitute's access closes"),
    "P-40": _known("substitutions recorded afterwards"),
    "P-41": _read("answer_terms", values.window, "window of a current mark"),
    "P-42": _read("topic_terms", values.window, "window of the topic"),
    "P-43": _read("homework_terms", values.window, "window of homework"),
    "P-44": _read("absence_terms", values.opening_window, "window of absences"),
    "P-45": _read("work_terms", values.work_windows, "windows of works by kind, subject and grade"),
    "P-46": _read("day_count", values.choice("calendar", "working"), "how days of a window are counted"),
    "P-47": _read("late_entry", values.late_entry, "late entries"),
    "P-48": _kept("outage_extends", values.truth, "an outage extends windows"),
    "P-49": _read("period_close_cuts_windows", values.truth, "the close of a period cuts windows"),
    "P-50": _known("role and deadline of absence categories"),
    "P-51": _known("absence categories"),
    "P-52": _read(
        "class_teacher_edit",
        values.choice("read_only", "absence_category", "absence_full"),
        "what a class teacher may write",
    ),
    "P-53": _known("approver of corrections of current marks"),
    "P-54": _known("approver of corrections of period marks"),
    "P-55": _known("corrections in graduating grades"),
    "P-56": _kept("self_correction", values.choice("window", "none"), "replacing one's own entry"),
    "P-57": _read("four_eyes", values.four_eyes, "nobody approves a request of their own"),
    "P-58": _read("edit_marks_as", values.edit_marks_as, "roles that may write marks besides teachers"),
    "P-59": _known("hours for an error report"),
    "P-60": _known("compromise: enabled, minutes to notify"),
    "P-61": _known("from when operations are void"),
    "P-62": _known("until when operations are void"),
    "P-63": _known("scope of a void"),
    "P-64": _known("commission of the Act"),
    "P-65": _known("blocking on notice"),
    "P-66": _known("reinstatement"),
    "P-67": _known("weekly paper slip"),
    "P-68": _known("paper pack during an outage"),
    "P-69": _known("channels of notices"),
    "P-70": _known("surveys"),
    "P-71": _known("portfolio"),
    "P-72": _known("registration of acquaintance"),
    "P-73": _known("sections of the diary"),
    "P-74": _known("distance materials"),
    "P-75": _known("subjects with safety briefings"),
    "P-76": _known("task field of foreign languages"),
    "P-77": _known("topic prefixes"),
    "P-78": _known("suffix of distance lessons"),
    "P-79": _known("home tuition pages"),
    "P-80": _known("font of prints"),
    "P-81": _known("frequency of control"),
    "P-82": _known("working group"),
    "P-83": _known("inspector"),
    "P-84": _known("control indicators"),
    "P-85": _known("schedule of prints"),
    "P-86": _known("years of paper retention"),
    "P-87": _known("years of electronic retention"),
    "P-88": _known("backups"),
    "P-89": _known("rollover window"),
    "P-90": _known("seal and signature"),
    "P-91": _known("working days to train a new worker"),
    "P-92": _known("exchange"),
    "P-93": _known("roles in use"),
    "P-94": _known("exemption from PE"),
    "P-95": _known("bell schedule"),
    "P-96": _known("who reviews tainted marks"),
    "P-97": _known("share of a period an exemption must cover"),
}
