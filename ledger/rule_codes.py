"""What rules may say: the code of each finding, its cases and what its sentence may name.

Every code is answered by a table `[rules.CODE]` in every regulation file; a case by `[rules.CODE.case]`,
which may change the mode and the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleCode:
    """`details` are the names a sentence may put in braces."""

    meaning: str
    cases: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


def _code(meaning: str, *details: str, cases: tuple[str, ...] = ()) -> RuleCode:
    return RuleCode(meaning=meaning, details=details, cases=cases)


CODES: dict[str, RuleCode] = {
    "lesson-exists": _code("the lesson stands in the timetable"),
    "P-58": _code("marks and records are written in the role of a teacher"),
    "W-19": _code(
        "own pages only, by the workload on the lesson's date", "date", cases=("cancelled", "not-held")
    ),
    "enrolled": _code("the pupil was on the list on the lesson's date", "date"),
    "W-20": _code("nothing is recorded before the lesson begins", "starts"),
    "work-exists": _code("the work stands on this lesson"),
    "work-kind": _code("the kind of work is in the list, written in full"),
    "E-11": _code("a work with marks is not withdrawn", cases=("answer",)),
    "P-12": _code("grades and subjects without marks", cases=("subject",)),
    "P-13": _code("a mark is a value of the scale", "scale"),
    "P-25": _code("a fraction has two parts and a kind of work that allows it", "kind", cases=("parts",)),
    "P-29": _code("a mark and «н» exclude each other", cases=("mark", "absence")),
    "W-12": _code("no unsatisfactory marks in the adaptation period", "first", "last", "date"),
    "W-01": _code("current marks on the day of the lesson", "deadline", cases=("soft",)),
    "W-07": _code("written work by the next lesson", "deadline"),
    "W-08": _code("creative work in Russian and literature", "deadline"),
    "W-09": _code("essays in the senior classes", "deadline"),
    "W-10": _code("control work in internal monitoring", "deadline"),
    "W-13": _code("unsatisfactory marks not recommended", "lessons", cases=("absence", "holidays")),
    "W-17": _code("the close of the period cuts a work's window", "deadline", "uncut"),
    "W-03": _code("the topic on the day of the lesson", "deadline", cases=("soft",)),
    "W-04": _code("homework within an hour after all lessons", "deadline", cases=("soft",)),
    "W-05": _code("absences at the beginning of the lesson", "deadline", cases=("early", "soft")),
    "R-114": _code("no homework in grades without marks"),
    "homework-manner": _code("how homework is done is in the list", "manner"),
    "homework-due": _code("homework is due at a later lesson of this page"),
    "plain-text": _code("records are plain text", "limit", cases=("blank", "long")),
    "late-target": _code("a late entry is asked for something there is"),
    "P-57": _code("another person decides, a deputy", cases=("role", "workload")),
    "W-40": _code("a permission holds one working day", "until", cases=("off",)),
    "W-11": _code("control column complete for all", "missing"),
    "lesson-complete": _code("nothing is missing when a lesson is completed", "missing"),
    "P-75": _code("safety briefing recorded"),
    "P-76": _code("a foreign-language lesson names its task"),
    "R-079": _code("the topic is the plan's, or a deviation"),
    "P-28": _code("literacy mark on the page of Russian"),
    "P-21": _code("what is recorded of an extracurricular lesson", cases=("mark", "absence", "homework")),
    "R-141": _code("no absences on a distance day", "order", "deadline", cases=("past", "deputy")),
    "P-94": _code("no absences of a pupil exempt from PE", "until"),
    "P-50": _code("who sets absence categories"),
    "P-51": _code("the absence category is in the list", "category"),
    "W-06": _code("absence categories by the end of the week", "deadline"),
    "W-39": _code("what an outage of the journal held open is counted", "deadline"),
    "P-30": _code("who authors the plan"),
    "P-31": _code("who edits the timetable"),
    "P-38": _code("who records substitutions"),
    "W-18": _code(
        "a substitution is recorded when it is organised",
        "deadline",
        cases=("soft", "deputy", "workload", "workload-deputy"),
    ),
    "substitution-self": _code("the substitute is another person"),
    "substitution-clash": _code("the substitute is free at that time", "lesson"),
    "period-pupil": _code("the pupil is on the page's list when the period ends", "date"),
    "W-14": _code(
        "when a period mark is given",
        "opens",
        "deadline",
        "lesson",
        cases=(
            "last-lesson",
            "early",
            "closed",
        ),
    ),
    "W-15": _code("period marks before the last days of the period", "deadline"),
    "W-16": _code(
        "the year mark after all period marks", "missing", "deadline", "opens", cases=("closed", "early")
    ),
    "R-162": _code("a closed sheet is touched by a case only", "missing", cases=("missing",)),
    "P-97": _code("«осв» when an exemption covers enough of the period", "share", "needed"),
    "W-36": _code("more than half missed: only «н/а»", "missed", "held"),
    "W-35": _code("enough marks for an attestation", "there", "needed"),
    "W-34": _code("marks at a share of the lessons", "there", "held"),
    "P-26": _code("a deviation from the proposal has a reason", "proposed", cases=("flag",)),
    "P-56": _code("one's own record is replaced inside its window", "deadline"),
    "R-166": _code("no revision of period marks, no case while they can be set", cases=("open",)),
    "P-53": _code("who approves corrections of current records", cases=("author",)),
    "P-54": _code("who approves corrections of period marks", cases=("author",)),
    "P-55": _code(
        "final marks of graduating grades",
        "missing",
        cases=(
            "conclusion",
            "person",
        ),
    ),
    "correction-case": _code("a case opens exactly its cells"),
    "non-attestation": _code("who decides on attestation against the rule", cases=("agreement",)),
    "W-22": _code("an error report is acted on in time", "deadline"),
    "P-66": _code(
        "who approves a reinstatement, and until when it is asked for", "deadline", cases=("approver",)
    ),
    "taint-review": _code("who looks at a mark that rested on void entries", cases=("author",)),
    "W-21": _code("a breach of access is reported in time", "deadline"),
}
