"""«Задачи» of whoever asks, and the figures beside the words of the menu."""

from __future__ import annotations

from flask import g

from projections import counts, tasks, tasks_of_teacher
from projections.counts import Counts
from projections.task import Task
from projections.tasks import TasksPage
from web import reading
from web.premises import premises


def mine(at: str | None) -> TasksPage:
    person = g.actor.person
    reading.allowed("view_tasks", person=person)
    roles, keys = {str(role) for role in g.actor.roles}, reading.person_keys()
    return reading.show(at, lambda found: tasks.page(found, person, roles, keys), "tasks", log=False)


def of_teacher(at: str | None) -> tuple[Task, ...]:
    """What waits for the person as a teacher: the part of «Задачи» that stands on «Сегодня»."""
    person = g.actor.person
    reading.allowed("view_tasks", person=person)
    keys = reading.person_keys()
    return reading.show(
        at, lambda found: tasks_of_teacher.of_teacher(found, person, keys), "tasks", log=False
    )


def waiting() -> Counts:
    """What the menu says waits, at this moment and for the roles one has: one statement over small indexes."""
    roles, person = {str(role) for role in g.actor.roles}, g.actor.person
    school = reading.school()
    pages = [page.id for page in school.journals_of_teacher(person, reading.now().date())]
    with premises().pool.connection() as connection:
        return counts.of(
            connection,
            school.id,
            person,
            decides=bool(roles & {"deputy", "director"}),
            journals=pages if "teacher" in roles else [],
            now=reading.now(),
        )
