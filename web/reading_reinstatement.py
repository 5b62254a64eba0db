"""What an Act made void of one's own, at its door: only the owner of the access asks for it again (R-184)."""

from __future__ import annotations

from uuid import UUID

from projections import reinstatement
from projections.reinstatement import ReinstatementPage
from web import reading


def own(act: UUID, at: str | None) -> ReinstatementPage:
    whose = reading.show(at, lambda r: reinstatement.owner(r, act), "reinstatement", log=False)
    reading.allowed("request_reinstatement", person=whose)
    return reading.show(at, lambda r: reinstatement.page(r, act), "reinstatement")
