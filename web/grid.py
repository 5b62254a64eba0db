"""The long parts of the journal as Jinja filters: what a page has dozens or thousands of is joined in Python."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import Flask

from web.grid_cells import cells
from web.grid_heads import heads
from web.grid_lines import lines


def install(app: Flask, zone: Callable[[], ZoneInfo]) -> None:
    """`zone` answers the school's time zone of the request."""
    app.add_template_filter(cells)
    app.add_template_filter(heads)
    app.add_template_filter(lambda found, editable, names: lines(found, zone(), editable, names), "lines")
