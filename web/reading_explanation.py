"""«Почему эта отметка?» for whoever asks: the right first, then one reading, then the log of views."""

from __future__ import annotations

from uuid import UUID

from flask import abort

from ledger.entry import Role
from projections import explanation
from projections.explanation import Explanation
from web import reading

FAMILY = (Role.GUARDIAN, Role.PUPIL)
WHAT_IF = (Role.TEACHER, *FAMILY)  # whoever may still do something about the mark


def mark(journal: UUID, period: UUID, kind: str, pupil: UUID, at: str | None) -> Explanation:
    """A family reads nothing that staff say of each other, as in the history of a cell (matrix row 50)."""
    page = reading.school().journals.get(journal) or abort(404)
    role = reading.allowed("view_explanation", on=reading.own_day(page), journal=journal, pupil=pupil)
    keys = reading.person_keys()
    inner, ahead = role not in FAMILY, role in WHAT_IF
    return reading.show(
        at,
        lambda r: explanation.page(r, journal, period, kind, pupil, keys, inner=inner, ahead=ahead),
        "explanation",
        journal_id=journal,
        pupil_id=pupil,
    )


def offers(page: Explanation) -> dict[str, bool]:
    """What the reader may do about the mark: report an error, ask for a correction; whether they see the journal."""
    about = page.about
    where = {"journal": about.journal, "pupil": about.pupil}
    return {
        "reports": reading.may("report_error", **where),
        "corrects": reading.may("request_correction", **where),
        "journal": reading.may("view_journal", journal=about.journal),
    }
