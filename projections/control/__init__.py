"""The control reports C-01…C-31 (requirements 1.U): one file a report, all of the same shape (`report`, `behind`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projections.control import (
    attendance,
    briefings,
    class_quality,
    class_report,
    class_sheet,
    consistency,
    control_works,
    corrections,
    curriculum,
    families,
    few_marks,
    fullness,
    homework,
    hours,
    incidents,
    informing,
    late_and_refused,
    missed_lessons,
    non_attestation,
    participation,
    programme,
    results_by_level,
    schedule_load,
    slips,
    timeliness,
    unsatisfactory,
)
from projections.control.report import Asked, Behind, Report
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`report` makes it; `behind` tells what a line of it counted. `needs` names filters it cannot do without,
    `ignores` those that mean nothing to it (fields of Asked): they are not offered, and a right that rests on one, as a
    teacher's on the own lessons, does not open it."""

    title: str
    report: Callable[[Reading, Asked], Report]
    behind: Callable[[Reading, Asked, str], Iterable[Behind]]
    needs: frozenset[str] = frozenset()
    ignores: frozenset[str] = frozenset()


REPORTS: dict[str, Row] = {
    "C-01": Row(title=participation.TITLE, report=participation.report, behind=participation.behind),
    "C-02": Row(
        title=few_marks.NONE.title, report=few_marks.without_marks, behind=few_marks.behind_without_marks
    ),
    "C-03": Row(title=few_marks.ONE.title, report=few_marks.with_one_mark, behind=few_marks.behind_one_mark),
    "C-04": Row(title=homework.TITLE, report=homework.report, behind=homework.behind),
    "C-05": Row(title=programme.TITLE, report=programme.report, behind=programme.behind),
    "C-06": Row(title=families.TITLE, report=families.report, behind=families.behind),
    "C-07": Row(title=timeliness.TITLE, report=timeliness.report, behind=timeliness.behind),
    "C-08": Row(
        title=missed_lessons.TITLE,
        report=missed_lessons.report,
        behind=missed_lessons.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-09": Row(
        title=unsatisfactory.TITLE,
        report=unsatisfactory.report,
        behind=unsatisfactory.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-10": Row(title=control_works.TITLE, report=control_works.report, behind=control_works.behind),
    "C-11": Row(title=results_by_level.TITLE, report=results_by_level.report, behind=results_by_level.behind),
    "C-12": Row(title=curriculum.TITLE, report=curriculum.report, behind=curriculum.behind),
    "C-13": Row(
        title=fullness.TITLE, report=fullness.report, behind=fullness.behind, needs=frozenset({"class_id"})
    ),
    "C-14": Row(title=attendance.TITLE, report=attendance.report, behind=attendance.behind),
    "C-15": Row(title=class_quality.TITLE, report=class_quality.report, behind=class_quality.behind),
    "C-16": Row(title=corrections.TITLE, report=corrections.report, behind=corrections.behind),
    "C-17": Row(title=hours.TITLE, report=hours.report, behind=hours.behind),
    "C-18": Row(title=late_and_refused.TITLE, report=late_and_refused.report, behind=late_and_refused.behind),
    "C-19": Row(title=informing.TITLE, report=informing.report, behind=informing.behind),
    "C-20": Row(title=schedule_load.TITLE, report=schedule_load.report, behind=schedule_load.behind),
    "C-21": Row(title=non_attestation.TITLE, report=non_attestation.report, behind=non_attestation.behind),
    # Breaches are the school's: nobody sees them by right of a class.
    "C-22": Row(
        title=incidents.TITLE,
        report=incidents.report,
        behind=incidents.behind,
        ignores=frozenset({"class_id", "level", "subject"}),
    ),
    "C-25": Row(title=slips.TITLE, report=slips.report, behind=slips.behind),
    "C-26": Row(title=briefings.TITLE, report=briefings.report, behind=briefings.behind),
    "C-27": Row(
        title=class_report.TITLE,
        report=class_report.report,
        behind=class_report.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-28": Row(
        title=class_sheet.TITLE,
        report=class_sheet.report,
        behind=class_sheet.behind,
        needs=frozenset({"class_id"}),
        ignores=frozenset({"teacher", "level"}),
    ),
    "C-29": Row(title=consistency.TITLE, report=consistency.report, behind=consistency.behind),
}
