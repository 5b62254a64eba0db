"""What the codes of the ledger are called on the screen; keys are the codes, values Russian."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

ROLES = {
    "teacher": _("учитель"),
    "class_teacher": _("классный руководитель"),
    "deputy": _("заместитель директора"),
    "methodist": _("методист"),
    "director": _("директор"),
    "administrator": _("администратор"),
    "inspector": _("проверяющий"),
    "guardian": _("родитель"),
    "pupil": _("ученик"),
    "working_group": _("рабочая группа"),
}
TARGETS = {
    "mark": _("отметка"),
    "column": _("весь столбец"),
    "attendance": _("присутствие"),
    "topic": _("тема"),
    "homework": _("домашнее задание"),
    "lesson": _("весь урок"),
}
STATUSES = {
    "asked": _("ждёт решения"),
    "permitted": _("разрешено"),
    "declined": _("отклонено"),
    "withdrawn": _("разрешение отозвано"),
}
FATES = {
    "stands": _("действует"),
    "replaced": _("заменена"),
    "withdrawn": _("снята"),
    "voided": _("признана недействительной"),
}
EVENTS = {
    "lesson-held": _("урок проведён"),
    "topic-recorded": _("тема"),
    "homework-set": _("домашнее задание"),
    "homework-not-set": _("не задано"),
    "individual-homework-set": _("индивидуальное задание"),
    "work-added": _("столбец добавлен"),
    "work-withdrawn": _("столбец убран"),
    "mark-given": _("отметка"),
    "mark-withdrawn": _("отметка снята"),
    "attendance-taken": _("присутствие отмечено"),
    "absence-noted": _("отмечено отсутствие"),
    "absence-withdrawn": _("«н» снята"),
    "late-entry-requested": _("запрошено внесение"),
    "late-entry-permitted": _("внесение разрешено"),
    "late-entry-declined": _("внесение отклонено"),
    "late-entry-used": _("разрешение использовано"),
    "late-entry-withdrawn": _("разрешение отозвано"),
    "entries-voided": _("признано недействительным"),
    "account-created": _("учётная запись создана"),
    "credential-issued": _("пароль выдан"),
    "account-blocked": _("доступ закрыт"),
    "account-unblocked": _("доступ открыт"),
    "pupil-enrolled": _("зачислен"),
    "pupil-moved": _("переведён"),
    "pupil-departed": _("выбыл"),
    "pupil-grouped": _("группа"),
    "guardian-linked": _("родитель указан"),
    "role-granted": _("роль дана"),
    "role-withdrawn": _("роль снята"),
}
