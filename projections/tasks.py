"""«Задачи»: what waits for one person, by the roles they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from ledger.personal import KeyOf
from projections import tasks_of_breaches, tasks_of_control
from projections.as_of import AsOf
from projections.reading import Reading
from projections.task import Task
from projections.tasks_of_class import of_class
from projections.tasks_of_office import of_deputy, of_director
from projections.tasks_of_teacher import of_teacher


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskGroup:
    """What waits for somebody as teacher, class_teacher (one group a class), deputy or director, as a
    member of a commission, or by a certificate of control."""

    role: str
    class_title: str
    tasks: tuple[Task, ...]

    @property
    def waiting(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if not task.settled)

    @property
    def settled(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.settled)


@dataclass(frozen=True, kw_only=True, slots=True)
class TasksPage:
    """Only groups of roles the person has; one may be empty."""

    groups: tuple[TaskGroup, ...]
    as_of: AsOf

    @property
    def total(self) -> int:
        """What was settled is told, not waited for."""
        return sum(len(group.waiting) for group in self.groups)


def page(reading: Reading, person: UUID, roles: Collection[str], key_of: KeyOf) -> TasksPage:
    groups: list[TaskGroup] = []
    acts = tasks_of_breaches.to_sign(reading, person)
    if acts:
        groups.append(TaskGroup(role="commission", class_title="", tasks=acts))
    checked = tasks_of_control.of_person(reading, person, key_of)
    if checked:
        groups.append(TaskGroup(role="control", class_title="", tasks=checked))
    if "director" in roles:
        own = (
            *tasks_of_breaches.of_director(reading),
            *tasks_of_control.of_director(reading),
            *of_director(reading, person),
        )
        groups.append(TaskGroup(role="director", class_title="", tasks=own))
    if "administrator" in roles:
        own = tasks_of_breaches.of_administrator(reading)
        groups.append(TaskGroup(role="administrator", class_title="", tasks=own))
    if "deputy" in roles:
        own = (*of_deputy(reading, person), *tasks_of_control.of_deputy(reading, key_of))
        groups.append(TaskGroup(role="deputy", class_title="", tasks=own))
    if "teacher" in roles:
        groups.append(TaskGroup(role="teacher", class_title="", tasks=of_teacher(reading, person, key_of)))
    for klass in reading.school.classes_led(person, reading.today):
        groups.append(
            TaskGroup(role="class_teacher", class_title=klass.title, tasks=of_class(reading, klass))
        )
    return TasksPage(groups=tuple(groups), as_of=reading.as_of)
