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
    """`makes` the report; `tells` what a line of it counted. `needs` names filters it cannot do without,
    `ignores` those that mean nothing to it (fields of Asked): they are not offered, and a right that rests on one, as a
    teacher's on the own lessons, does not open it."""

    title: str
    makes: Callable[[Reading, Asked], Report]
    tells: Callable[[Reading, Asked, str], Iterable[Behind]]
    needs: frozenset[str] = frozenset()
    ignores: frozenset[str] = frozenset()

    def report(self, reading: Reading, asked: Asked) -> Report:
        with reading.planned_anew():
            return self.makes(reading, asked)

    def behind(self, reading: Reading, asked: Asked, key: str) -> list[Behind]:
        with reading.planned_anew():
            return list(self.tells(reading, asked, key))


REPORTS: dict[str, Row] = {
    "C-01": Row(title=participation.TITLE, makes=participation.report, tells=participation.behind),
    "C-02": Row(
        title=few_marks.NONE.title, makes=few_marks.without_marks, tells=few_marks.behind_without_marks
    ),
    "C-03": Row(title=few_marks.ONE.title, makes=few_marks.with_one_mark, tells=few_marks.behind_one_mark),
    "C-04": Row(title=homework.TITLE, makes=homework.report, tells=homework.behind),
    "C-05": Row(title=programme.TITLE, makes=programme.report, tells=programme.behind),
    "C-06": Row(title=families.TITLE, makes=families.report, tells=families.behind),
    "C-07": Row(title=timeliness.TITLE, makes=timeliness.report, tells=timeliness.behind),
    "C-08": Row(
        title=missed_lessons.TITLE,
        makes=missed_lessons.report,
        tells=missed_lessons.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-09": Row(
        title=unsatisfactory.TITLE,
        makes=unsatisfactory.report,
        tells=unsatisfactory.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-10": Row(title=control_works.TITLE, makes=control_works.report, tells=control_works.behind),
    "C-11": Row(title=results_by_level.TITLE, makes=results_by_level.report, tells=results_by_level.behind),
    "C-12": Row(title=curriculum.TITLE, makes=curriculum.report, tells=curriculum.behind),
    "C-13": Row(
        title=fullness.TITLE, makes=fullness.report, tells=fullness.behind, needs=frozenset({"class_id"})
    ),
    "C-14": Row(title=attendance.TITLE, makes=attendance.report, tells=attendance.behind),
    "C-15": Row(title=class_quality.TITLE, makes=class_quality.report, tells=class_quality.behind),
    "C-16": Row(title=corrections.TITLE, makes=corrections.report, tells=corrections.behind),
    "C-17": Row(title=hours.TITLE, makes=hours.report, tells=hours.behind),
    "C-18": Row(title=late_and_refused.TITLE, makes=late_and_refused.report, tells=late_and_refused.behind),
    "C-19": Row(title=informing.TITLE, makes=informing.report, tells=informing.behind),
    "C-20": Row(title=schedule_load.TITLE, makes=schedule_load.report, tells=schedule_load.behind),
    "C-21": Row(title=non_attestation.TITLE, makes=non_attestation.report, tells=non_attestation.behind),
    # Breaches are the school's: nobody sees them by right of a class.
    "C-22": Row(
        title=incidents.TITLE,
        makes=incidents.report,
        tells=incidents.behind,
        ignores=frozenset({"class_id", "level", "subject"}),
    ),
    "C-25": Row(title=slips.TITLE, makes=slips.report, tells=slips.behind),
    "C-26": Row(title=briefings.TITLE, makes=briefings.report, tells=briefings.behind),
    "C-27": Row(
        title=class_report.TITLE,
        makes=class_report.report,
        tells=class_report.behind,
        needs=frozenset({"class_id"}),
    ),
    "C-28": Row(
        title=class_sheet.TITLE,
        makes=class_sheet.report,
        tells=class_sheet.behind,
        needs=frozenset({"class_id"}),
        ignores=frozenset({"teacher", "level"}),
    ),
    "C-29": Row(title=consistency.TITLE, makes=consistency.report, tells=consistency.behind),
}
