"""The parameters of a regulation: P-01…P-97 of the requirements, section 2.2.

Every one is demanded from every file, checked and typed. `_read` those some code decides by, `_kept` those
whose code is still to come: `letopis regulation FILE` names the latter.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger import parameter_attestation as attestation
from ledger import parameter_keeping as keeping
from ledger import parameter_people as people
from ledger import parameter_values as values
from ledger.parameter_values import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """`attributes` of `Regulation` it fills; with several the reader returns as many values. `meaning` is for the
    person who writes the file: hence in Russian."""

    meaning: str
    attributes: tuple[str, ...]
    reader: Reader
    read: bool


def _read(attributes: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attributes=tuple(attributes.split()), reader=reader, read=True)


def _kept(attributes: str, reader: Reader, meaning: str) -> Parameter:
    return Parameter(meaning=meaning, attributes=tuple(attributes.split()), reader=reader, read=False)


_grades = values.listed(values.whole(1, 11))
_marks = values.listed(values.whole(1, 100))
_sections = (
    *("marks", "attendance", "homework", "topics", "programme", "timetable", "changes", "attestation"),
    *("announcements", "activities", "recommendations", "control_schedule", "teachers", "holidays"),
)

PARAMETERS: dict[str, Parameter] = {
    "P-01": _kept("school_name", values.text, "название школы"),
    "P-02": _kept("zone", values.zone, "часовой пояс"),
    "P-03": _kept("information_system", values.text, "информационная система"),
    "P-04": _kept("approval", keeping.approval, "кем и когда принят акт"),
    "P-05": _kept("change_approval", values.listed(values.text), "кто согласует изменения акта"),
    "P-06": _read("competences", people.competences, "компетенции заместителей"),
    "P-07": _read("period_kinds", attestation.period_kinds, "отчётные периоды по уровням"),
    "P-08": _read("last_week_days", values.whole(1, 31), "дней в последней неделе периода"),
    "P-09": _read("period_close_days", values.whole(0, 30), "за сколько дней до каникул закрывается период"),
    "P-10": _read("last_lesson_required", values.truth, "отметка за период ждёт последнего урока"),
    "P-11": _read("graduating_grades", _grades, "выпускные классы"),
    "P-12": _read("unmarked_grades", _grades, "классы без отметок"),
    "P-13": _read("scale", _marks, "шкала отметок"),
    "P-14": _read("unsatisfactory", _marks, "неудовлетворительные отметки"),
    "P-15": _read("adaptation", values.adaptation, "адаптационный период"),
    "P-16": _read(
        "soft_unsatisfactory", values.soft_unsatisfactory, "когда неудовлетворительная не рекомендуется"
    ),
    "P-17": _read("question_interval", values.whole(1, 100), "раз в сколько уроков опрашивают"),
    "P-18": _read("fullness", attestation.fullness, "наполняемость отметок"),
    "P-19": _read("least_marks", attestation.least_marks, "сколько отметок нужно для аттестации"),
    "P-20": _read(
        "least_marks_excused",
        attestation.excused_marks,
        "сколько хватает после уважительного пропуска",
    ),
    "P-21": _read("extracurricular", attestation.extracurricular, "внеурочные занятия"),
    "P-22": _read("non_attestation", attestation.non_attestation, "неаттестация"),
    "P-23": _read("control_weight", attestation.control_weight, "учёт контрольных работ"),
    "P-24": _read("rounding", values.choice("half_up", "half_down", "even"), "округление"),
    "P-25": _read("fractions", values.fractions, "отметки дробью"),
    "P-26": _read("deviation", attestation.deviation, "отклонение отметки за период"),
    "P-27": _read("year_formula", attestation.year_formula, "годовая отметка"),
    "P-28": _read("literacy_grades", _grades, "отметка за грамотность на странице русского языка"),
    "P-29": _read("absent_and_mark", values.choice("forbid", "allow"), "отметка отсутствующему"),
    "P-30": _read("plan_authors plan_approval", people.plan, "кто составляет и утверждает КТП"),
    "P-31": _read("timetable_editors", people.roles, "кто вносит расписание"),
    "P-32": _read(
        "parent_credentials",
        values.choice("administrator", "class_teacher_hands_over", "class_teacher_creates"),
        "кто выдаёт доступ родителям",
    ),
    "P-33": _kept(
        "staff_credentials",
        values.choice("administrator", "director"),
        "кто выдаёт доступ работникам",
    ),
    "P-34": _read("least_parent_accounts", values.whole(0, 4), "учётных записей родителей на ученика"),
    "P-35": _kept(
        "parent_sign_in",
        people.some(values.choice("local", "esia", "rsaa", "portal")),
        "чем входят родители",
    ),
    "P-36": _read(
        "diary_delivery",
        people.some(values.choice("internal", "gosuslugi", "portal")),
        "где дневник",
    ),
    "P-37": _read("adult_pupil", values.choice("consent", "keep", "stop"), "доступ родителей после 18 лет"),
    "P-38": _read("substitution_recorders", people.roles, "кто записывает замены"),
    "P-39": _kept(
        "substitute_access",
        values.choice("lesson_windows", "lesson_day"),
        "когда закрывается доступ заменяющего",
    ),
    "P-40": _read(
        "substitution_retro",
        values.choice("approve", "deny"),
        "замены, записанные после урока",
    ),
    "P-41": _read("answer_terms", values.window, "срок текущей отметки"),
    "P-42": _read("topic_terms", values.window, "срок темы"),
    "P-43": _read("homework_terms", values.window, "срок домашнего задания"),
    "P-44": _read("absence_terms", values.opening_window, "срок «н»"),
    "P-45": _read("work_terms", values.work_windows, "сроки работ"),
    "P-46": _read("day_count", values.choice("calendar", "working"), "как считают дни"),
    "P-47": _read("late_entry", values.late_entry, "внесение после срока"),
    "P-48": _read("outage_extends", values.truth, "сбой продлевает сроки"),
    "P-49": _read("period_close_cuts_windows", values.truth, "закрытие периода сокращает сроки"),
    "P-50": _read(
        "category_role category_deadline",
        people.category,
        "кто и когда указывает причины пропусков",
    ),
    "P-51": _read("absence_categories", values.listed(values.text), "категории пропусков"),
    "P-52": _read(
        "class_teacher_edit",
        values.choice("read_only", "absence_category", "absence_full"),
        "что может классный руководитель",
    ),
    "P-53": _read("correction_approvers", people.deputies, "кто согласует исправление текущих записей"),
    "P-54": _read(
        "period_correction_approvers", people.deputies, "кто согласует исправление отметки за период"
    ),
    "P-55": _read("graduating_correction", people.graduating_correction, "исправления в выпускных классах"),
    "P-56": _read("self_correction", values.choice("window", "none"), "исправление своей записи"),
    "P-57": _read("four_eyes", values.four_eyes, "никто не решает по своему запросу"),
    "P-58": _read("edit_marks_as", values.edit_marks_as, "кто, кроме учителя, вносит записи"),
    "P-59": _read("error_report_hours", values.whole(1, 720), "часов на исправление ошибки"),
    "P-60": _read("breach_notice", keeping.breach_notice, "сообщения о компрометации"),
    "P-61": _read("void_from", keeping.void_from, "с какого момента операции недействительны"),
    "P-62": _kept("void_until", values.choice("new_credential"), "до какого момента"),
    "P-63": _kept(
        "void_scope", values.choice("credential", "accounts", "all_staff"), "чьи операции недействительны"
    ),
    "P-64": _read("commission", keeping.commission, "комиссия по Акту"),
    "P-65": _read("block_on_notice", values.truth, "блокировка по сообщению"),
    "P-66": _read("reinstatement", people.reinstatement, "восстановление"),
    "P-67": _read("paper_slip", keeping.paper_slip, "распечатка раз в неделю"),
    "P-68": _read("outage_papers", values.truth, "бумажный комплект на время сбоя"),
    "P-69": _kept(
        "notice_channels",
        people.some(values.choice("inbox", "text", "email", "sms")),
        "чем извещают",
    ),
    "P-70": _kept("surveys", values.truth, "анкетирование"),
    "P-71": _kept("portfolio", values.truth, "«Портфолио»"),
    "P-72": _read("acquaintance", values.choice("off", "view", "explicit"), "ознакомление родителей"),
    "P-73": _read("diary_sections", people.some(values.choice(*_sections)), "разделы дневника"),
    "P-74": _read("distance_materials", values.truth, "материалы для дистанционной работы"),
    "P-75": _read("briefing_subjects", values.folded, "предметы с инструктажем"),
    "P-76": _read("language_task", values.truth, "задача урока иностранного языка"),
    "P-77": _read("topic_prefixes", values.listed(values.text), "сокращения перед темой"),
    "P-78": _read("distance_suffix", keeping.suffix, "что пишется после темы дистанционного урока"),
    "P-79": _read("home_pages", values.truth, "страницы обучения на дому"),
    "P-80": _read("print_font", values.text, "шрифт распечаток"),
    "P-81": _read("control_frequency", keeping.control_frequency, "как часто проверяют журнал"),
    "P-82": _read("working_group", values.truth, "рабочая группа"),
    "P-83": _read("inspector", values.truth, "проверяющий"),
    "P-84": _read("control_indicators", values.listed(keeping.indicator), "отчёты контроля"),
    "P-85": _read("print_schedule", keeping.print_schedule, "что и когда печатают"),
    "P-86": _read("paper_years", values.whole(1, 100), "сколько лет хранится бумага"),
    "P-87": _read("electronic_years", values.whole(1, 100), "сколько лет хранится электронный журнал"),
    "P-88": _kept("backup", keeping.backup, "резервные копии"),
    "P-89": _read("rollover", keeping.rollover, "перевод на новый год"),
    "P-90": _read("seal", keeping.seal, "печать и подпись"),
    "P-91": _kept("training_days", values.whole(1, 60), "обучение нового работника"),
    "P-92": _read("exchange", people.any_of("import", "export", "sync"), "обмен данными"),
    "P-93": _kept("roles", people.roles, "роли школы"),
    "P-94": _read("pe_exempt", attestation.pe_exempt, "освобождение от физкультуры"),
    "P-95": _kept("class_end_source", values.choice("class", "school"), "чей конец уроков"),
    "P-96": _read("taint_reviewers", people.deputies, "кто проверяет спорные отметки"),
    "P-97": _read("exempt_share", values.share, "доля периода для «осв»"),
}
