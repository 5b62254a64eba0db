"""A regulation is a file a school writes itself: what is wrong in it is named by file, line and key."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from string import Formatter

import pytest

from ledger import windows
from ledger.entry import Category, Finding
from ledger.events.regulations import RegulationAdopted
from ledger.parameter_values import Moment
from ledger.parameters import PARAMETERS
from ledger.regulation import Mode, RegulationError, in_force, load, unread_keys
from ledger.regulation_shape import Regulation
from ledger.rule_codes import CODES
from ledger.rules import RULES
from ledger.school import School
from ledger.school_fold import fold_school
from ledger.streams import regulation as regulation_stream
from tests.world import SCHOOL, SCHOOL_ID, TOML, UST_BELAYA, entry, school_entries, stamp

LEDGER = Path(windows.__file__).parent
FILES = sorted((LEDGER / "regulations").glob("*.toml"))
RULE_SOURCES = [*(LEDGER / "rules").glob("*.py"), LEDGER / "windows.py", LEDGER / "judging.py"]
READERS = [
    path
    for package in ("ledger", "projections", "commands", "exports", "web")
    for path in (LEDGER.parent / package).rglob("*.*")
    if path.suffix in (".py", ".html")
    and not (path.parent == LEDGER and path.name.startswith(("parameter", "regulation")))
]
ANSWERED_BY = {"P-06": "competences_for", "P-75": "needs_briefing"}  # methods of Regulation


def line_of(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert TOML.count(old) == 1, f"{old!r} stands {TOML.count(old)} times"
    return TOML.replace(old, new)


def complaint(text: str) -> str:
    with pytest.raises(RegulationError) as error:
        load(text, "school.toml")
    return str(error.value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_that_comes_with_the_program_is_a_regulation(file):
    text = file.read_text(encoding="utf-8")
    regulation = load(text, file.name)
    assert all(word.sentence.endswith((".", "?")) for word in regulation.rules.values())
    assert all(len(clause) > 0 for clause in regulation.clauses.values())


def test_the_numbers_of_the_ust_belaya_act():
    assert UST_BELAYA.scale == (5, 4, 3, 2, 1)
    assert UST_BELAYA.unsatisfactory == (2, 1)
    assert date(2026, 9, 1) in UST_BELAYA.adaptation
    assert date(2026, 9, 15) in UST_BELAYA.adaptation
    assert date(2026, 9, 16) not in UST_BELAYA.adaptation
    assert date(2026, 8, 31) not in UST_BELAYA.adaptation
    assert UST_BELAYA.homework_terms.soft == Moment(anchor="class_end", minutes=60)
    assert [(t.code, t.days) for t in UST_BELAYA.work_terms] == [
        ("W-10", 3),
        ("W-08", 7),
        ("W-09", 10),
        ("W-07", None),
    ]
    assert UST_BELAYA.zone == "Asia/Anadyr"
    assert UST_BELAYA.edit_marks_as == frozenset()


def act(name: str) -> Regulation:
    file = LEDGER / "regulations" / f"{name}.toml"
    return load(file.read_text(encoding="utf-8"), file.name)


def test_the_numbers_of_the_perm_act():
    perm = act("perm")
    after_classes = Moment(anchor="class_end", minutes=60)
    assert perm.answer_terms.soft == perm.topic_terms.soft == perm.homework_terms.soft == after_classes
    assert [(t.code, t.days) for t in perm.work_terms] == [("W-10", 3), ("W-07", 7)]
    assert (perm.period_close_days, perm.last_week_days, perm.last_lesson_required) == (3, 7, False)
    assert perm.plan_authors == {"administrator", "teacher"}
    assert perm.timetable_editors == {"administrator"}
    assert perm.substitution_recorders == {"deputy"}
    assert perm.parent_sign_in == {"rsaa"}
    assert perm.competences_for("period_correction") == frozenset()  # any deputy
    assert perm.extracurricular["course"].attendance
    assert not perm.extracurricular["course"].marks
    assert not perm.extracurricular["course"].homework
    assert perm.change_approval == ("Управляющий совет", "директор")


def test_the_numbers_of_the_poshekhonye_act():
    poshekhonye = act("poshekhonye")
    assert poshekhonye.homework_terms.soft == Moment(anchor="day_end")
    assert poshekhonye.class_teacher_edit == "absence_full"
    assert poshekhonye.parent_credentials == "class_teacher_hands_over"
    assert poshekhonye.diary_delivery == {"portal"}
    assert (poshekhonye.rollover.first, poshekhonye.rollover.last) == ((8, 25), (9, 5))
    assert poshekhonye.control_frequency.class_teacher == "daily"
    assert poshekhonye.competences_for("late_entry") == {"УВР"}


def test_the_numbers_of_the_padun_act():
    padun = act("padun")
    assert padun.late_entry.mode == "allow"
    assert padun.parent_credentials == "class_teacher_creates"
    assert padun.least_parent_accounts == 1
    assert padun.portfolio
    assert [due.kind for due in padun.print_schedule] == ["class_report", "class_sheet"]
    assert padun.period_kinds == {"НОО": "quarter", "ООО": "quarter", "СОО": "quarter"}


def test_the_numbers_of_school_37():
    school = act("school-37")
    assert school.approval.date == date(2014, 1, 14)
    assert school.working_group
    assert "working_group" in school.roles
    assert school.adult_pupil == "keep"


def test_an_act_that_names_no_place_leaves_the_zone_to_the_founding_of_the_school():
    assert act("school-37").zone is None
    assert "не назван" in act("school-37").clause("P-02")
    assert act("perm").zone == "Asia/Yekaterinburg"


def test_where_two_competences_share_the_work_each_decides_its_own():
    assert UST_BELAYA.competences_for("period_correction") == {"УВР"}
    assert UST_BELAYA.competences_for("non_attestation") == {"УМР"}
    assert UST_BELAYA.competences_for("late_entry") == frozenset()
    assert UST_BELAYA.correction_approvers == {"УВР", "УМР"}
    assert UST_BELAYA.category_deadline == 7
    assert UST_BELAYA.paper_slip.at == time(15)


@pytest.mark.parametrize(
    ("title", "attributes", "needed"),
    [
        ("Физика", ("laboratory",), True),
        ("Труд (технология)", (), True),
        ("Физическая культура", ("pe",), True),
        ("Биология", ("laboratory",), False),
        ("Геофизика", (), False),
    ],
)
def test_subjects_with_safety_briefings_are_known_by_their_title(title, attributes, needed):
    assert UST_BELAYA.needs_briefing(title, attributes) is needed


def test_an_attribute_names_subjects_too():
    text = changed('"физическая культура"', '"pe"')
    assert load(text, "school.toml").needs_briefing("Физкультура", {"pe"})


def test_an_adaptation_period_may_reach_over_new_year():
    text = changed('from = "09-01", to = "09-15"', 'from = "12-25", to = "01-08"')
    period = load(text, "school.toml").adaptation
    inside = (date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 8))
    outside = (date(2026, 12, 24), date(2027, 1, 9), date(2026, 9, 1))
    assert all(day in period for day in inside)
    assert not any(day in period for day in outside)


def test_what_a_finding_does_and_by_which_clause():
    assert UST_BELAYA.mode("W-12") is Mode.REFUSE
    assert UST_BELAYA.mode("W-01") is Mode.PERMIT
    assert UST_BELAYA.mode("W-13") is Mode.CONFIRM
    assert UST_BELAYA.mode("W-13", "holidays") is Mode.CONFIRM
    assert UST_BELAYA.mode("W-04", "soft") is Mode.LATE
    assert UST_BELAYA.clause("W-12") == "7.14(b6)"
    assert UST_BELAYA.clause("P-15") == "7.14(b6)"
    assert UST_BELAYA.clause("P-13") == "7.14(b3), 9.5(b4)"
    with pytest.raises(KeyError):
        UST_BELAYA.mode("W-99")


def test_a_sentence_names_its_details():
    finding = Finding(code="W-01", delay=61, details={"deadline": "12.10.2026 23:59:59"})
    assert UST_BELAYA.sentence(finding).startswith("Срок выставления истёк 12.10.2026 23:59:59.")
    # Details are not stored with an entry: what is left of a finding still makes a sentence.
    assert UST_BELAYA.sentence(Finding(code="W-01", delay=61)).startswith("Срок выставления истёк ….")


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("[rules.W-12]", "[rules.W-99]", "rules.W-99", "неизвестный ключ"),
        ("[parameters.P-13]", "[parameters.P-98]", "parameters.P-98", "неизвестный ключ"),
        ("[works.answer]", "[works.answers]", "works.answer", "нет обязательного ключа"),
        ("topic = 1000", "topics = 1000", "texts.topics", "неизвестный ключ"),
        ("topic = 1000", 'topic = "1000"', "texts.topic", "целое число"),
        ("topic = 1000", "topic = true", "texts.topic", "целое число"),
        ("topic = 1000", "topic = 0", "texts.topic", "от 1"),
        ("value = [5, 4, 3, 2, 1]", 'value = "5"', "parameters.P-13.value", "список"),
        ("value = [5, 4, 3, 2, 1]", "value = [5, 5, 2, 1]", "parameters.P-13.value", "повторяются"),
        ('value = "Asia/Anadyr"', 'value = "Asia/Anadir"', "parameters.P-02.value", "часового пояса"),
        ('value = "Asia/Anadyr"', 'value = "../Anadyr"', "parameters.P-02.value", "часового пояса"),
        ('to = "09-15"', 'to = "09-31"', "parameters.P-15.value", "такого дня нет"),
        ('to = "09-15"', 'to = "15.09"', "parameters.P-15.value", "месяц и день"),
        ('to = "09-15"', 'till = "09-15"', "parameters.P-15.value", "неизвестный ключ «till»"),
        ("absence_lessons = 3, ", "", "parameters.P-16.value", "нет ключа «absence_lessons»"),
        ('soft = "class_end+60"', 'soft = "class_end+an hour"', "parameters.P-43.value", "class_end+60"),
        ('mode = "approve"', 'mode = "maybe"', "parameters.P-47.value", "approve, reject, allow"),
        ('title = "Сочинение"', 'titel = "Сочинение"', "works.essay.titel", "неизвестный ключ"),
        ('"Сочинение"\nwritten = true', '"Сочинение"\nwritten = 1', "works.essay.written", "true или false"),
        ('oral = "устно"', "oral = 1", "manners.oral", "строка"),
        ("истёк {deadline}: тему", "истёк {until}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline.year}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline!r}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline: тему", "rules.W-03.sentence", ""),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(old, new, key, says):
    text = changed(old, new)
    file, line, named, sentence = re.fullmatch(r"(.*?):(\d+): (\S*): (.*)", complaint(text)).groups()
    assert file == "school.toml"
    assert named.startswith(key)
    assert says in sentence
    table = f"[{named.rpartition('.')[0]}]" if f"[{named}]" not in text else f"[{named}]"
    assert int(line) >= (line_of(text, table) if table in text else 1)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("topic = 1000", 'topic = "1000"', 'topic = "1000"'),
        ("[rules.W-12]", "[rules.W-99]", "[rules.W-99]"),
        ('value = "Asia/Anadyr"', 'value = "Chukotka"', 'value = "Chukotka"'),
        ("value = [2, 1]", "value = [2, 7]", "value = [2, 7]"),
        ('[rules.W-13]\nmode = "confirm"', '[rules.W-13]\nmode = "ask"', 'mode = "ask"'),
    ],
)
def test_the_line_is_the_one_with_the_mistake(old, new, at):
    text = changed(old, new)
    assert complaint(text).startswith(f"school.toml:{line_of(text, at)}: ")


def test_a_file_that_is_no_toml_names_the_line():
    assert complaint('title = "x"\n[texts\n').startswith("school.toml:2: ")


def test_a_part_that_is_missing_or_no_table_is_named():
    assert complaint('title = "x"').startswith("school.toml:1: manners: нет обязательного ключа")
    text = re.sub(r"\[manners\]\n(.+\n)+", "", TOML)
    assert "manners: нет обязательного ключа" in complaint(text)
    assert "manners: нужна таблица" in complaint('manners = "устно"\n' + text)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        # windows
        (
            'soft = "class_end+60", hard = "day_end"',
            'soft = "day_end", hard = "class_end"',
            "P-43",
            "opens ≤ soft",
        ),
        (
            'opens = "lesson_start", soft = "lesson_end"',
            'opens = "lesson_end", soft = "lesson_start"',
            "P-44",
            "opens ≤ soft ≤ hard",
        ),
        (
            'soft = "class_end+60", hard = "day_end"',
            'soft = "lesson_start", hard = "lesson_start"',
            "P-43",
            "в тот же миг",
        ),
        ("days = 3 }", "days = 0 }", "P-45", "окно в 0 дней"),
        ("days = 3 }", "days = -1 }", "P-45", "от 0 до 366"),
        ("days = 3 }", "days = 367 }", "P-45", "от 0 до 366"),
        ("days = 10 }", 'days = 10, until = "next_lesson" }', "P-45", "либо days"),
        ('kinds = ["monitoring"]', "kinds = []", "P-45", "kinds пуст"),
        ('kinds = ["monitoring"]', 'kinds = ["written"]', "P-45", "строка 4 никогда не сработает"),
        ('from = "09-01"', 'from = "09-16"', "P-15", "кончается раньше, чем начинается"),
        ("valid_working_days = 1 }", "valid_working_days = 0 }", "P-47", "от 1 до 30"),
        ("valid_working_days = 1 }", "valid_working_days = 31 }", "P-47", "от 1 до 30"),
        ('mode = "approve"', 'mode = "reject"', "rules.", "P-47: разрешать внесение"),
        ('from = "08-25", to = "09-05"', 'from = "09-05", to = "08-25"', "P-89", "раньше, чем начинается"),
        ("notify_within_min = 60", "notify_within_min = 0", "P-60", "от 1"),
        # periods
        ('"НОО" = "trimester"', '"НОО" = "quadrimester"', "P-07", "quarter, trimester, half_year, year"),
        ('"НОО" = "trimester", ', "", "P-07", "нет ключа «НОО»"),
        ("[parameters.P-09]\nvalue = 0", "[parameters.P-09]\nvalue = 8", "P-09", "последняя неделя"),
        ("[parameters.P-09]\nvalue = 0", "[parameters.P-09]\nvalue = 3", "P-10", "ждёт последнего урока"),
        # marks
        ("value = [2, 1]", "value = [2, 0]", "P-14", "от 1 до 100"),
        ("value = [2, 1]", "value = [7, 1]", "P-14", "[7] нет в шкале"),
        ("[parameters.P-12]\nvalue = [1]", "[parameters.P-12]\nvalue = [9]", "P-12", "P-11 или P-28"),
        ("medium = 0.25, high = 0.40", "medium = 0.50, high = 0.40", "P-18", "min_share ≤ medium ≤ high"),
        ("min_share = 0.25", "min_share = 25", "P-18", "доля от 0 до 1"),
        ("under_2 = 3", "under_2 = 6", "P-19", "under_2 ≤ under_3"),
        ('scope = "subject"', 'scope = "all_subjects"', "P-22", "all_subjects"),
        ("load = 3, marks = 5", "load = 3, marks = 8", "P-20", "больше, чем без неё"),
        ("low = 0.40, high = 0.60", "low = 0.60, high = 0.40", "P-23", "low ≤ high"),
        ("reason_above = 0, flag_above = 1", "reason_above = 2, flag_above = 1", "P-26", "reason_above"),
        # people
        ('value = ["methodist"]', "value = []", "P-38", "список пуст"),
        ('value = ["methodist"]', 'value = ["guard"]', "P-38", "teacher"),
        ('value = ["methodist"]', 'value = ["working_group"]', "P-38", "нет среди ролей школы"),
        ('value = ["УВР", "УМР"]', 'value = ["АХЧ"]', "P-53", "компетенции АХЧ нет в P-06"),
        ('["non_attestation", ', '["attestation", ', "P-06", "late_entry"),
        ("[parameters.P-82]\nvalue = false", "[parameters.P-82]\nvalue = true", "P-82", "P-93"),
        ("[parameters.P-83]\nvalue = true", "[parameters.P-83]\nvalue = false", "P-83", "P-93"),
        ('deadline = "sunday"', 'deadline = "someday"', "P-50", "sunday"),
        # the rest
        ('title = "Ответ на уроке"', 'title = "Ответ на уроке"\nwritten = true', "works.answer", "текущая"),
        (
            "value = [" + '"по болезни", "по уважительной причине", "без уважительной причины"]',
            "value = []",
            "P-51",
            "пуст",
        ),
        ("приказ № {n}", "приказ № {order}", "P-78", "{n}"),
        ("приказ № {n}", "приказ №", "P-78", "{n}"),
        ('"C-05", ', '"C-32", ', "P-84", "C-01 до C-31"),
        ('kind = "journal"', 'kind = "newspaper"', "P-85", "journal"),
        (
            'role = "deputy", due = "06-30" },\n    {',
            'role = "deputy", due = "06-31" },\n    {',
            "P-85",
            "такого дня нет",
        ),
        ("date = 2024-08-30", 'date = "30.08.2024"', "P-04", "2024-08-30"),
        ("at = 15:00:00", 'at = "15:00"', "P-67", "15:00:00"),
    ],
)
def test_what_contradicts_itself_is_refused_by_file_line_and_key(old, new, key, says):
    file, line, named, sentence = re.fullmatch(
        r"(.*?):(\d+): (\S*): (.*)", complaint(changed(old, new))
    ).groups()
    assert file == "school.toml"
    assert key in named
    assert says in sentence
    head = f"[{named.removesuffix('.value').removesuffix('.mode')}]"
    assert line_of(TOML, head) <= int(line) <= line_of(TOML, head) + 3


def test_a_soft_end_at_the_opening_leaves_a_late_window_and_is_allowed():
    text = changed('soft = "lesson_end", hard', 'soft = "lesson_start", hard')
    assert load(text, "school.toml").absence_terms.soft.anchor == "lesson_start"


def test_only_what_has_a_deadline_can_be_permitted_after_it():
    text = re.sub(r'(\[rules\.W-12\]\nmode = )"refuse"', r'\1"permit"', TOML)
    assert "rules.W-12.mode: противоречие: разрешить можно только" in complaint(text)


def test_a_required_task_of_a_language_lesson_needs_its_rule():
    text = re.sub(r'(\[rules\.P-76\]\nmode = )"refuse"', r'\1"off"', TOML)
    assert "P-76 выключено" in complaint(text)


def test_every_parameter_of_the_requirements_is_known_and_no_other():
    assert sorted(PARAMETERS) == [f"P-{number:02}" for number in range(1, 98)]


def test_every_parameter_has_attributes_of_the_regulation():
    attributes = [attribute for known in PARAMETERS.values() for attribute in known.attributes]
    assert len(set(attributes)) == len(attributes)
    assert set(attributes) < {field.name for field in fields(Regulation)}


def test_a_parameter_counts_as_read_when_some_code_really_reads_it():
    """Else change `_kept` to `_read`, or back, in ledger/parameters.py."""
    source = "".join(file.read_text(encoding="utf-8") for file in READERS)
    used = set(re.findall(r"\bregulation\.(\w+)", source))
    read = {
        key
        for key, known in PARAMETERS.items()
        if used & {*known.attributes, ANSWERED_BY.get(key, known.attributes[0])}
    }
    assert {key for key, known in PARAMETERS.items() if known.read} == read


def test_the_keys_no_rule_reads_yet_are_listed():
    unread = unread_keys(TOML, "ust-belaya.toml")
    assert any(key.startswith("P-33") for key in unread)
    assert not any(key.startswith("P-13") for key in unread)


def test_every_code_is_said_by_some_rule_and_every_rule_has_a_code():
    source = "".join(file.read_text(encoding="utf-8") for file in RULE_SOURCES)
    said = set(re.findall(r'(?:code=|past\(|within\()"([\w-]+)"', source))
    said |= {"W-07", "W-08", "W-09", "W-10"}  # said by the work's window (P-45)
    assert said == set(CODES)


def test_every_sentence_of_the_act_says_in_braces_only_what_its_rule_gives():
    for (code, _), word in UST_BELAYA.rules.items():
        names = {name for _, name, _, _ in Formatter().parse(word.sentence) if name}
        assert names <= set(CODES[code].details)


def test_no_rule_stands_twice_for_one_event():
    for event, rules in RULES.items():
        assert len(set(rules)) == len(rules), event


def adopted(*versions: tuple[str, int]) -> School:
    """The school after adopting one regulation after another: (in force from, length of a topic)."""
    base, made = school_entries()[:-1], stamp("Носов", "2026-08-31 12:00")
    entries = []
    for number, (on, length) in enumerate(versions, start=len(base) + 1):
        toml = TOML.replace("topic = 1000", f"topic = {length}")
        event = RegulationAdopted(title="school.toml", toml=toml, in_force=date.fromisoformat(on))
        entries.append(entry(event, regulation_stream(SCHOOL_ID), made, Category.REGULATION, number))
    return fold_school(SCHOOL_ID, (*base, *entries))


def test_the_regulation_in_force_is_the_latest_by_its_date_not_by_its_adoption():
    school = adopted(("2026-09-01", 100), ("2027-01-11", 200), ("2026-12-01", 300))

    def length(on):
        found = in_force(school, date.fromisoformat(on))
        return None if found is None else found[1].topic_length

    assert length("2026-08-31") is None
    assert length("2026-09-01") == length("2026-11-30") == 100
    assert length("2026-12-01") == length("2027-01-10") == 300
    assert length("2027-01-11") == 200


def test_of_two_regulations_of_one_day_the_one_adopted_last_holds():
    school = adopted(("2026-09-01", 100), ("2026-09-01", 200))
    position, regulation = in_force(school, date(2026, 9, 1))
    assert regulation.topic_length == 200
    assert position == max(e.position for e in school.regulations)


def test_a_regulation_is_parsed_once():
    first, second = in_force(SCHOOL, date(2026, 10, 12)), in_force(SCHOOL, date(2026, 10, 13))
    assert first[1] is second[1]
