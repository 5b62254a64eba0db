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
    inner, ahead, stay = (
        role not in FAMILY,
        role in WHAT_IF,
        role is Role.TEACHER and not _of_class(journal, pupil),
    )
    return reading.show(
        at,
        lambda r: explanation.page(
            r, journal, period, kind, pupil, keys, inner=inner, ahead=ahead, stay=stay
        ),
        "explanation",
        journal_id=journal,
        pupil_id=pupil,
    )


def _of_class(journal: UUID, pupil: UUID) -> bool:
    """Whether they read the pupil by a wider right than the page: as class teacher or deputy, who teach too."""
    on = reading.own_day(reading.school().journals[journal])
    return reading.may("view_pupil", on=on, pupil=pupil)


def offers(page: Explanation) -> dict[str, bool]:
    """What the reader may do about the mark: report an error, ask for a correction; whether they see the journal."""
    about = page.about
    on = reading.own_day(reading.school().journals[about.journal])
    return {
        "reports": reading.may("report_error", on=on, journal=about.journal, pupil=about.pupil),
        "corrects": reading.may(
            "request_correction", on=about.last, journal=about.journal, pupil=about.pupil
        ),
        "journal": reading.may("view_journal", on=on, journal=about.journal),
    }
