"""What the pages of the log of views are called; «print …» is the page on paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from projections.control import REPORTS

PAGES = {
    "act": _("Акт"),
    "attendance of school": _("пропуски школы"),
    "cell trail": _("история клетки"),
    "class access": _("доступ семей"),
    "class families": _("семьи класса"),
    "slips": _("распечатки"),
    "slips of school": _("распечатки школы"),
    "print slips": _("распечатки, печать"),
    "class list": _("список класса"),
    "contacts": _("контакты"),
    "diary": _("дневник"),
    "diary month": _("дневник за месяц"),
    "diary about": _("учителя и год в дневнике"),
    "calendar_feed": _("подписка на календарь"),
    "children": _("первая страница дневника"),
    "archive": _("архив"),
    "corrections": _("реестр исправлений"),
    "fulfilment": _("выполнение программы"),
    "handed reports": _("сданные отчёты"),
    "pupil extract": _("выписка об ученике"),
    "whole journal": _("журнал класса целиком"),
    "emergency": _("экстренная копия журнала"),
    "exchange": _("выгрузки в другие системы"),
    "exchange batch": _("файл выгрузки в другую систему"),
    "one roster": _("выгрузка OneRoster"),
    "explanation": _("«Почему эта отметка?»"),
    "account": _("учётная запись"),
    "account trail": _("история учётной записи"),
    "accounts": _("учётные записи"),
    "accounts by name": _("поиск владельца доступа"),
    "accounts passwords": _("выданные пароли"),
    "C-05": _("выполнение программы"),
    "calendar": _("календарь"),
    "changes": _("что изменилось"),
    "class passwords": _("пароли класса"),
    "class week": _("класс за неделю"),
    "attendance": _("пропуски"),
    "control": _("отчёты контроля"),
    **{f"control {code}": _("отчёт %(code)s", code=code) for code in REPORTS},
    **{f"control behind {code}": _("отчёт %(code)s, что за строкой", code=code) for code in REPORTS},
    **{
        f"control {form} {code}": _("отчёт %(code)s, файл %(form)s", code=code, form=form)
        for code in REPORTS
        for form in ("csv", "xlsx", "pdf")
    },
    "control works": _("контрольные работы"),
    "certificate": _("справка по итогам контроля"),
    "certificates": _("справки по итогам контроля"),
    "class dashboard": _("обзор класса"),
    "day check": _("журнал класса за день"),
    "director control": _("контроль директора"),
    "filling": _("заполнение журнала"),
    "day": _("день учителя"),
    "dictionaries": _("справочники"),
    "disputes": _("споры о «н»"),
    "export entries": _("выгрузка записей"),
    "extract": _("выписка (PDF)"),
    "file": _("приложенный файл"),
    "first page": _("обзор"),
    "held register": _("часы за месяц"),
    "archive label": _("ярлык архивного дела"),
    "class report": _("отчёт по классу"),
    "consent": _("бланк согласия"),
    "order": _("бланк распоряжения"),
    "inbox": _("входящие"),
    "incident": _("нарушение доступа"),
    "incidents": _("нарушения доступа"),
    "inspector views": _("просмотры проверяющего"),
    "long substitutions": _("длительные замены"),
    "mandates": _("полномочия проверяющих"),
    "missed lessons": _("пропущенные уроки"),
    "own class": _("свой класс"),
    "period marks": _("отметки за период"),
    "plans": _("список КТП"),
    "pupil card": _("карточка ученика"),
    "readiness of a page": _("готовность страницы"),
    "reconciliation": _("сверка «н»"),
    "reinstatement": _("восстановление записей"),
    "search": _("поиск"),
    "staff sheet": _("лист замен"),
    "substitutions": _("замены"),
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

_PRINT = "print "


def word(page: str) -> str:
    """Of a page as the log of views names it, printed or not; the name itself where there is none."""
    if page.startswith(_PRINT):
        return f"{word(page.removeprefix(_PRINT))}, {_('печать')}"
    return str(PAGES.get(page, page))
