"""The rows of commands.table about papers that are handed over and archived (issue 6)."""

from __future__ import annotations

from commands import archive, class_reports, reads
from commands.row import Row

PAPERS: dict[type, Row] = {
    class_reports.HandOverReports: Row(
        "hand_over_report",
        reads.nothing,
        class_reports.reports,
        class_reports.hand_over_reports,
        reads.the_class,
    ),
    class_reports.AcceptReports: Row(
        "accept_report", reads.nothing, class_reports.reports, class_reports.accept_reports
    ),
    archive.ArchivePaper: Row("print_year", reads.nothing, archive.register, archive.archive_paper),
}
