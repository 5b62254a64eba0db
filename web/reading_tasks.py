"""«Задачи» of whoever asks, and the figures beside the words of the menu."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import abort, g, make_response
from flask_babel import lazy_gettext as _

from ledger import regulation as regulations
from ledger.school import School
from projections import counts, tasks, tasks_of_teacher
from projections.counts import Counts
from projections.task import Task
from projections.tasks import TasksPage
from projections.who_decides import Own, own_word
from web import issuing, reading
from web.answers import told
from web.premises import premises

NOT_YOURS = _("«Задачи» собирают то, что ждёт работников школы. Вас здесь ничего не ждёт.")


def mine(at: str | None) -> TasksPage:
    person = g.actor.person
    if not reading.acts("view_tasks", person=person):
        abort(make_response(told(403, "not-allowed", NOT_YOURS)))
    roles, keys = {str(role) for role in g.actor.roles}, reading.person_keys()
    return reading.show(at, lambda found: tasks.page(found, person, roles, keys), "tasks", log=_names)


def _names(page: TasksPage) -> bool:
    return _name_pupils(task for group in page.groups for task in group.tasks)


def _name_pupils(found: Iterable[Task]) -> bool:
    """Whether a pupil is named: then the view is one of R-053."""
    return any(task.place is not None and (task.place.pupil or task.place.home) for task in found)


def of_teacher(at: str | None) -> tuple[Task, ...]:
    """What waits for the person as a teacher: the part of «Задачи» that stands on «Сегодня»."""
    person = g.actor.person
    reading.allowed("view_tasks", person=person)
    keys = reading.person_keys()
    return reading.show(
        at,
        lambda found: tasks_of_teacher.of_teacher(found, person, keys),
        "tasks",
        log=_name_pupils,
    )


def waiting() -> Counts:
    """What the menu says waits, at this moment and for the roles one has: one statement over small indexes."""
    roles, person = {str(role) for role in g.actor.roles}, g.actor.person
    school, decides = reading.school(), bool(roles & {"deputy", "director"})
    today = reading.now().date()
    teaches = (lambda page: school.teaches(person, page, today)) if "teacher" in roles else None
    with premises().pool.connection() as connection:
        return counts.of(
            connection,
            school.id,
            person,
            decides=decides,
            teaches=teaches,
            now=reading.now(),
            staff=bool(g.actor.roles & issuing.STAFF),
            own=_own_word(person, school, today) if decides else None,
        )


def _own_word(person: UUID, school: School, today: date) -> Own | None:
    adopted = regulations.in_force(school, today)
    return None if adopted is None else own_word(person, school, adopted[1], today)
