"""What stands above every page: where this person may go, who they are and in which role they act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import g, request, url_for
from flask_babel import lazy_gettext as _

from ledger.entry import Role
from web import reading, reading_tasks, time_bar


@dataclass(frozen=True, kw_only=True)
class Link:
    """One word of the menu: `endpoint` is what `url_for` takes, `roles` who has it; `counts` is the figure beside it
    (a field of projections.counts.Counts), `part` the heading it stands under in a long «Ещё»."""

    title: str
    endpoint: str
    roles: frozenset[str]
    counts: str = ""
    part: str = ""


EVERYBODY = frozenset(role.value for role in Role if role not in (Role.SYSTEM, Role.NOBODY))

LEADS = frozenset({"director", "deputy", "methodist", "administrator", "inspector", "working_group"})
# Words of the menu that stand in the line, on a wide and on a narrow screen; the others are under «Ещё».
WIDE, NARROW = 5, 3
UNPARTED = 7  # more than these are told apart by headings

# Headings under «Ещё», where many words stand there.
CONTROL, TEACHING, PAPERS, OFFICE = (
    _("Контроль"),
    _("Учебный процесс"),
    _("Бумаги и обмен"),
    _("Школа и доступ"),
)
LINKS = (
    Link(title=_("Дневник"), endpoint="family.children", roles=frozenset({"guardian", "pupil"})),
    Link(title=_("Обзор"), endpoint="landing.start", roles=LEADS | {"class_teacher"}),
    Link(title=_("Сегодня"), endpoint="teacher.today", roles=frozenset({"teacher"})),
    Link(
        title=_("Замены"),
        endpoint="methodist.morning",
        roles=frozenset({"methodist", "deputy", "administrator"}),
    ),
    Link(
        title=_("Входящие"),
        endpoint="deputy.inbox",
        roles=frozenset({"deputy", "director"}),
        counts="inbox",
    ),
    Link(
        title=_("Задачи"),
        endpoint="tasks.mine",
        roles=frozenset({"teacher", "class_teacher", "deputy", "director", "methodist", "administrator"}),
        counts="tasks",
    ),
    Link(
        title=_("Журналы"),
        endpoint="teacher.journals",
        roles=frozenset(
            {"teacher", "class_teacher", "deputy", "methodist", "director", "inspector", "working_group"}
        ),
    ),
    Link(title=_("Класс за неделю"), endpoint="klass.own", roles=frozenset({"class_teacher"})),
    Link(
        title=_("Пропуски"),
        endpoint="klass.absences",
        part=CONTROL,
        roles=frozenset({"class_teacher", "deputy", "director", "inspector", "working_group"}),
    ),
    Link(
        title=_("Готовность"),
        endpoint="readiness.matrix",
        part=CONTROL,
        roles=frozenset({"class_teacher", "deputy", "director", "inspector", "working_group"}),
    ),
    Link(
        title=_("Контроль"),
        endpoint="control.listed",
        part=CONTROL,
        roles=frozenset(
            {"teacher", "class_teacher", "deputy", "director", "inspector", "working_group"},
        ),
    ),
    Link(
        title=_("Справки"),
        endpoint="certificates.listed",
        part=CONTROL,
        roles=frozenset(
            {
                *("teacher", "class_teacher", "deputy", "director", "methodist", "administrator"),
                *("inspector", "working_group"),
            }
        ),
    ),
    Link(
        title=_("Контроль директора"),
        endpoint="director_control.months",
        part=CONTROL,
        roles=frozenset({"director", "deputy", "inspector"}),
    ),
    Link(
        title=_("Часы за месяц"),
        endpoint="methodist.register",
        part=CONTROL,
        roles=frozenset({"director", "inspector", "working_group"}),
    ),
    Link(
        title=_("Что изменилось"),
        endpoint="changes.between",
        part=CONTROL,
        roles=frozenset({"deputy", "director", "inspector", "working_group"}),
    ),
    Link(
        title=_("Расписание"),
        endpoint="timetable.week",
        part=TEACHING,
        roles=frozenset(
            {
                *("teacher", "class_teacher", "methodist", "deputy", "director", "administrator"),
                *("inspector", "working_group", "guardian", "pupil"),
            }
        ),
    ),
    Link(
        title=_("КТП"),
        endpoint="plans.listed",
        part=TEACHING,
        roles=frozenset(
            {
                *("teacher", "methodist", "deputy", "director", "administrator"),
                *("inspector", "working_group"),
            }
        ),
    ),
    Link(
        title=_("Контрольные"),
        endpoint="programme.control_works",
        part=TEACHING,
        roles=frozenset({"guardian", "pupil"}),
    ),
    Link(title=_("Календарь"), endpoint="calendar.year", part=TEACHING, roles=EVERYBODY),
    Link(title=_("Распечатки"), endpoint="family_office.school", part=PAPERS, roles=frozenset({"deputy"})),
    Link(
        title=_("Отчёты классов"),
        endpoint="archive.handed",
        part=PAPERS,
        roles=frozenset({"class_teacher", "deputy", "director"}),
    ),
    Link(
        title=_("Архив"),
        endpoint="archive.register",
        part=PAPERS,
        roles=frozenset({"deputy", "director", "inspector"}),
    ),
    Link(
        title=_("Обмен"),
        endpoint="exchange.listed",
        part=PAPERS,
        roles=frozenset({"administrator", "deputy"}),
    ),
    Link(
        title=_("Школа"),
        endpoint="school.whole",
        part=OFFICE,
        roles=frozenset({"administrator", "deputy", "director", "inspector", "working_group"}),
    ),
    Link(
        title=_("Справочники"),
        endpoint="dictionary.all_of_them",
        part=OFFICE,
        roles=frozenset({"administrator", "deputy"}),
    ),
    Link(
        title=_("Проверяющие"),
        endpoint="mandates.listed",
        part=OFFICE,
        roles=frozenset({"deputy", "director", "administrator"}),
    ),
    Link(
        title=_("Нарушения доступа"),
        endpoint="incidents.listed",
        part=OFFICE,
        roles=frozenset({"administrator", "director", "inspector", "working_group"}),
        counts="breaches",
    ),
    Link(
        title=_("Задания"),
        endpoint="jobs.listed",
        part=OFFICE,
        roles=frozenset({"administrator", "director"}),
    ),
    Link(title=_("Загрузка"), endpoint="imports.form", part=OFFICE, roles=frozenset({"administrator"})),
    Link(
        title=_("Учётные записи"),
        endpoint="admin_accounts.people",
        part=OFFICE,
        roles=frozenset({"administrator"}),
    ),
)


def links(roles: Iterable[str]) -> tuple[Link, ...]:
    """The menu of somebody with these roles, in the order of LINKS."""
    held = frozenset(roles)
    return tuple(link for link in LINKS if link.roles & held)


# What is of no class is read with a mandate for the whole school only (ledger.access).
OF_THE_SCHOOL = frozenset(
    {
        *("timetable.week", "plans.listed", "methodist.register", "school.whole", "dictionary.all_of_them"),
        *("incidents.listed", "archive.register", "certificates.listed"),
        "director_control.months",
    }
)


def _shut() -> frozenset[str]:
    """What a mandate for some classes does not open to whoever is an inspector and nothing else."""
    only = {str(role) for role in g.actor.roles} == {"inspector"}
    return OF_THE_SCHOOL if only and not reading.may("view_school") else frozenset()


def chrome() -> dict[str, Any]:
    """Context of base.html; empty for somebody who is not signed in."""
    actor = g.get("actor")
    if actor is None:
        return {"actor": None, "menu": (), "more": (), "menu_parts": (), "narrow": 0}
    waiting, shut = reading_tasks.waiting(), _shut()
    menu = [
        {
            "title": link.title,
            "url": url_for(link.endpoint),
            "part": link.part,
            "here": request.endpoint == link.endpoint,
            "waits": getattr(waiting, link.counts) if link.counts else 0,
        }
        for link in links(str(role) for role in actor.roles)
        if link.endpoint not in shut
    ]
    shown = len(menu) if len(menu) <= WIDE + 1 else WIDE
    years_back = _years_back(menu)
    bar: time_bar.TimeBar | None = g.get("time_bar")
    return {
        "time_bar": bar,
        "changed_by": reading.names_now([bar.by]).get(bar.by, "") if bar and bar.by else "",
        "actor": actor,
        "actor_name": reading.names_now([actor.person]).get(actor.person, ""),
        "menu": menu[:shown],
        "more": menu[shown:],
        "menu_parts": _parts(menu[shown:]),
        "narrow": NARROW if len(menu) > NARROW + 1 else len(menu),
        "years_back": years_back,
        "this_year": reading.this_year() if years_back else None,
    }


def _parts(more: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is under «Ещё», by its headings when there is much of it; a short list has none."""
    if len(more) <= UNPARTED:
        return [("", more)]
    return [(part, list(own)) for part, own in groupby(more, key=lambda link: str(link["part"]))]


# These have a chooser of the year in their own head, which shows the year they are of.
WITH_YEARS = ("teacher.journals", "teacher.journal", "school.whole", "calendar.year")


def _years_back(menu: list[dict[str, Any]]) -> tuple[int, ...]:
    """The study years whose journals are one choice away from any page; none where there is but one."""
    reads = any(link["url"] == url_for("teacher.journals") for link in menu)
    years = reading.years() if reads and request.endpoint not in WITH_YEARS else ()
    return years if len(years) > 1 else ()
