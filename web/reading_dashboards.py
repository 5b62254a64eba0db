"""Parts of «Обзор» that take longer than the page may: each is fetched by itself."""

from __future__ import annotations

from uuid import UUID

from projections import dashboard_class, dashboard_filling
from projections.dashboard_class import ClassDashboard
from projections.dashboard_filling import Filling
from web import reading


def filling(at: str | None) -> Filling | None:
    """Of the whole school."""
    reading.allowed("view_control")
    return reading.show(at, dashboard_filling.filling, "filling", log=False)


def of_class(class_id: UUID, at: str | None) -> ClassDashboard:
    """404 for a class there is none of."""
    reading.allowed("view_attendance", class_id=class_id)
    return reading.show(
        at, lambda found: dashboard_class.of_class(found, class_id), "class dashboard", log=False
    )
