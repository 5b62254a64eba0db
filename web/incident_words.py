"""What the pages of the log of views are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

PAGES = {
    "act": _("Акт, печать"),
    "attendance of school": _("пропуски школы"),
    "cell trail": _("история клетки"),
    "class access": _("доступ семей"),
    "class list": _("список класса"),
    "contacts": _("контакты"),
    "diary": _("дневник"),
    "explanation": _("«Почему эта отметка?»"),
    "account trail": _("история учётной записи"),
    "journal": _("журнал"),
    "lesson": _("урок"),
    "period mark trail": _("история отметки за период"),
    "plan": _("КТП"),
    "pupil": _("страница ученика"),
    "pupil trail": _("история ученика"),
    "readiness": _("готовность"),
    "register": _("сводная ведомость"),
    "school": _("школа"),
    "staff": _("работники"),
    "tasks": _("задачи"),
    "timetable": _("расписание"),
}
