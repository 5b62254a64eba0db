"""«Задачи»: what waits for whoever is signed in, since when, until when, and where to go."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_tasks

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/tasks")
def mine() -> ResponseReturnValue:
    page = reading_tasks.mine(request.args.get("at"))
    return render_template(
        "tasks/tasks.html",
        page=page,
        names=reading.names({who for group in page.groups for task in group.tasks for who in task.people}),
        acting_role=g.acting_role,
    )
