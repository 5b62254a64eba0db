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
DISTANCE_MODES = {
    "quarantine": _("Карантин"),
    "activated": _("Активированные дни"),
}
PERIOD_KINDS = {
    "quarter": _("четверти"),
    "trimester": _("триместры"),
    "half_year": _("полугодия"),
    "year": _("год"),
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
    "literacy-mark-given": _("отметка за грамотность"),
    "literacy-mark-withdrawn": _("отметка за грамотность снята"),
    "briefing-recorded": _("инструктаж по технике безопасности"),
    "lesson-completed": _("урок завершён"),
    "material-attached": _("материал приложен"),
    "material-withdrawn": _("материал убран"),
    "attendance-taken": _("присутствие отмечено"),
    "absence-noted": _("отмечено отсутствие"),
    "absence-withdrawn": _("«н» снята"),
    "absences-explained": _("причина пропуска указана"),
    "explanation-withdrawn": _("причина пропуска убрана"),
    "absence-disputed": _("«н» оспорена"),
    "absence-dispute-decided": _("спор о «н» решён"),
    "contacts-changed": _("контакты изменены"),
    "contacts-verified": _("контакты проверены"),
    "period-defined": _("отчётный период назван"),
    "period-withdrawn": _("отчётный период убран"),
    "holiday-scheduled": _("каникулы назначены"),
    "holiday-withdrawn": _("каникулы убраны"),
    "bells-set": _("звонки"),
    "bells-assigned": _("звонки назначены"),
    "day-bells-set": _("звонки дня"),
    "distance-declared": _("дистанционные дни объявлены"),
    "distance-ended": _("дистанционные дни закончены"),
    "outage-registered": _("отключение записано"),
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
    "pupil-ungrouped": _("вышел из группы"),
    "guardian-unlinked": _("родитель снят"),
    "exemption-granted": _("освобождён от физкультуры"),
    "exemption-ended": _("освобождение снято"),
    "health-group-set": _("группа здоровья"),
    "home-tuition-started": _("обучение на дому"),
    "home-tuition-ended": _("обучение на дому окончено"),
    "individual-curriculum-set": _("индивидуальный учебный план"),
    "pupil-grouped": _("группа"),
    "guardian-linked": _("родитель указан"),
    "role-granted": _("роль дана"),
    "role-withdrawn": _("роль снята"),
    "substitution-recorded": _("замена записана"),
    "substitution-cancelled": _("замена отменена"),
    "long-substitution-recorded": _("долгая замена записана"),
    "long-substitution-ended": _("долгая замена закончена"),
    "period-marks-granted": _("отметки за период разрешены заменяющему"),
    "staff-absence-recorded": _("отсутствие учителя"),
    "staff-returned": _("учитель вернулся"),
    "order-issued": _("приказ"),
    "term-set": _("запись справочника"),
    "subject-added": _("предмет"),
    "order-numbered": _("номер приказа"),
}
HEALTH = {
    "main": _("основная"),
    "preparatory": _("подготовительная"),
    "special": _("специальная медицинская"),
}
SCOPES = {
    "journal": _("электронный журнал"),
    "support": _("техническая поддержка"),
    "personal_data": _("персональные данные"),
    "working_group": _("рабочая группа по контролю"),
}
ACCESS = {
    "none": _("нет учётной записи"),
    "never": _("ни разу не входил(а)"),
    "open": _("входит"),
    "blocked": _("доступ закрыт"),
}
MANNERS = {
    "same_subject": _("тем же предметом"),
    "another_subject": _("другим предметом"),
    "joined": _("объединение групп"),
    "independent": _("самостоятельная работа"),
    "dropped": _("урок снят"),
}
AWAY_KINDS = {
    "illness": _("болезнь"),
    "trip": _("командировка"),
    "leave": _("отпуск"),
    "other": _("другое"),
}
ORDER_KINDS = {
    "substitution": _("замена"),
    "distance": _("дистанционные дни"),
    "extracurricular": _("внеурочные занятия"),
    "movement": _("движение учеников"),
    "timetable": _("расписание"),
    "rescheduling": _("перенос или отмена урока"),
    "responsible": _("назначение ответственных"),
    "acting": _("временное исполнение обязанностей"),
    "curriculum": _("индивидуальный учебный план"),
    "tuition": _("обучение на дому"),
}
