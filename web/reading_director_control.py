"""The director's monthly control for whoever may read it (matrix row 47)."""

from __future__ import annotations

from projections import director_control
from projections.director_control import DirectorControlPage
from web import reading

READS = ("record_director_control", "view_director_control")


def months(at: str | None) -> DirectorControlPage:
    if not reading.acts(READS[0]):
        reading.allowed(READS[1])
    keys = reading.person_keys()
    return reading.show(at, lambda found: director_control.page(found, keys), "director control", log=False)
