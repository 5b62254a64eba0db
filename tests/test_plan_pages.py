"""The pages of plans over a really served school: the list, a file and its preview, C-05, C-20, and who sees them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
import requests
from openpyxl import Workbook

from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "ktp"
ALGEBRA = named("7А Алгебра")
TOPICS = ("Степень", "Свойства степени", "Одночлены", "Многочлены", "Формулы")


@pytest.fixture(scope="module")
def teacher(site: Site) -> Caller:
    return Caller(site, "teacher")


@pytest.fixture(scope="module")
def plan(site: Site, teacher: Caller) -> UUID:
    """Of five lines, bound to 7А; the last is a control work of tomorrow."""
    items = [{"topic": topic, "homework": f"§ {n}"} for n, topic in enumerate(TOPICS, start=1)]
    items[-1] |= {"kind": "Контрольная работа", "date": on(site, 1)}
    drawn = draw_up(teacher, "Алгебра, базовый", items)
    bound = teacher.do("BindPlan", plan=str(drawn), journals=[str(ALGEBRA)])
    assert bound.status_code == 200, bound.text
    return drawn


def on(site: Site, days: int) -> str:
    return site.here.school(SCHOOL).timetable.by_id[site.lesson(days)].date.isoformat()


def draw_up(teacher: Caller, title: str, items: list[dict[str, Any]]) -> UUID:
    key = str(uuid4())
    answer = teacher.do("DrawUpPlan", key, subject=str(named("Алгебра")), grade=7, title=title, items=items)
    assert answer.status_code == 200, answer.text
    return uuid5(UUID(key), "plan")


def get(site: Site, caller: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=caller.headers, timeout=20)


def text_of(answer: requests.Response) -> str:
    """What a person reads: without tags, blanks in order."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def upload(site: Site, caller: Caller, plan: UUID, name: str, data: bytes) -> requests.Response:
    return requests.post(
        f"{site.url}/plans/{plan}/preview", files={"file": (name, data)}, headers=caller.headers, timeout=60
    )


def lines_of(answer: requests.Response, nth: int = 0) -> list[dict[str, Any]]:
    """What «Записать в план» would send."""
    found = re.findall(r'data-lines="([^"]*)"', answer.text)
    lines: list[dict[str, Any]] = json.loads(unescape(found[nth]))
    return lines


def seen_of(answer: requests.Response) -> int:
    found = re.search(r'data-seen="(\d+)"', answer.text)
    assert found is not None
    return int(found[1])


def book(*lines: tuple[Any, ...], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    made = Workbook()
    for line in lines:
        made.active.append(line)
    change(made.active)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_list_shows_a_plan_with_its_classes_and_those_without(
    site: Site, teacher: Caller, plan: UUID
) -> None:
    said = text_of(get(site, teacher, "/plans"))
    assert "Алгебра, 7 Алгебра, базовый 5" in said
    assert "7А 7Б" in said  # goes by it; goes by none


def test_the_plan_shows_its_lines_its_classes_and_who_made_it(
    site: Site, teacher: Caller, plan: UUID
) -> None:
    said = text_of(get(site, teacher, f"/plans/{plan}"))
    assert "Контрольная работа" in said
    assert "Соколова И. В., учитель: 5 строк, 5 ч" in said
    assert "Править в таблице" in said
    assert 'name="topic"' in get(site, teacher, f"/plans/{plan}?edit=1").text


def test_a_deputy_reads_the_plan_and_changes_nothing(site: Site, plan: UUID) -> None:
    deputy = Caller(site, "deputy")
    answer = get(site, deputy, f"/plans/{plan}?edit=1")
    assert answer.status_code == 200
    assert "Править в таблице" not in answer.text
    assert 'name="topic"' not in answer.text
    assert upload(site, deputy, plan, "план.csv", "Тема\nДроби\n".encode()).status_code == 403
    assert get(site, deputy, "/plans/new").status_code == 403


def test_a_family_sees_no_plan_but_the_control_works_of_its_class(site: Site, plan: UUID) -> None:
    parent = Caller(site, "parent")
    for address in ("/plans", f"/plans/{plan}", "/programme", f"/programme/{ALGEBRA}"):
        assert get(site, parent, address).status_code in (403, 404), address
    said = text_of(get(site, parent, "/control-works"))
    assert "7А: график контрольных работ" in said
    assert "Алгебра: Контрольная работа — Формулы по плану" in said
    assert get(site, parent, f"/control-works?class_id={named('7Б')}").status_code == 404


def test_a_file_is_shown_before_it_is_taken_and_writes_nothing_by_itself(site: Site, teacher: Caller) -> None:
    empty = draw_up(teacher, "Из файла", [])
    data = "№;Тема;Часов;Дата\n1;Дроби;1;\n2;Проценты;2;\n".encode()
    shown = upload(site, teacher, empty, "план.csv", data)
    assert shown.status_code == 200
    assert "Станет 2 строки, 3 ч. Добавится 2, изменится 0, исчезнет 0." in text_of(shown)
    assert "В плане ещё нет ни одной строки" in text_of(get(site, teacher, f"/plans/{empty}"))
    body = {"plan": str(empty), "items": lines_of(shown), "seen": seen_of(shown)}
    assert teacher.do("ChangePlan", **body).status_code == 200
    assert "Проценты" in get(site, teacher, f"/plans/{empty}").text
    again = upload(site, teacher, empty, "план.csv", data)
    assert "Ничего не изменится: план уже такой." in text_of(again)


def test_a_second_file_says_line_by_line_what_it_changes(site: Site, teacher: Caller) -> None:
    drawn = draw_up(teacher, "Меняется", [{"topic": topic} for topic in TOPICS[:3]])
    data = "Тема;Часов\nСтепень;1\nСвойства степени;2\nПроценты и доли;1\nИтог;1\n".encode()
    shown = upload(site, teacher, drawn, "план.csv", data)
    assert "Добавится 1, изменится 2, исчезнет 0." in text_of(shown)
    assert [line["number"] for line in lines_of(shown)] == [1, 2, 3, 0]
    assert "Одночлены → Проценты и доли" in text_of(shown)


def test_a_thematic_plan_is_offered_spread_over_lessons(site: Site, teacher: Caller) -> None:
    drawn = draw_up(teacher, "Тематический", [])
    shown = upload(site, teacher, drawn, "темы.csv", "Тема;Часов\nДроби;3\nПроценты;2\n".encode())
    assert "Разложить темы по урокам" in text_of(shown)
    assert [line["topic"] for line in lines_of(shown)] == [
        "Дроби (урок 1 из 3)",
        "Дроби (урок 2 из 3)",
        "Дроби (урок 3 из 3)",
        "Проценты (урок 1 из 2)",
        "Проценты (урок 2 из 2)",
    ]
    assert [line["hours"] for line in lines_of(shown, 1)] == [300, 200]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("план.csv", "Тема;Дата\nДроби;31.02.2027\n".encode(), "строка 2 , Дата"),
        ("план.xlsx", book(("Тема", "Часов"), ("Дроби", "=1+1")), "Часов (B2) : в ячейке формула"),
        (
            "план.xlsx",
            book(("Тема", "Часов"), ("Дроби", 1), (None, 1), change=lambda s: s.merge_cells("A2:A3")),
            "ячейки A2:A3 объединены",
        ),
        ("план.xlsm", b"PK\x03\x04 no book", "файл повреждён"),
        ("план.csv", b"", "не найдена строка заголовков"),
    ],
    ids=("31 February", "formula", "merged cells", "no book", "empty"),
)
def test_a_wrong_file_is_answered_with_the_cell_and_the_reason(
    name: str, data: bytes, sentence: str, site: Site, teacher: Caller, plan: UUID
) -> None:
    answer = upload(site, teacher, plan, name, data)
    assert answer.status_code == 422
    assert "в плане ничего не изменилось" in answer.text
    assert sentence.replace(" ", "") in text_of(answer).replace(" ", "")
    assert "data-apply" not in answer.text


def test_a_file_of_a_year_of_lessons_passes_the_limit_of_ordinary_requests(
    site: Site, teacher: Caller
) -> None:
    drawn = draw_up(teacher, "Большой", [])
    rows = "".join(f"Тема номер {n} {'очень ' * 400};1\n" for n in range(200))
    assert len(rows.encode()) > 500_000
    answer = upload(site, teacher, drawn, "план.csv", f"Тема;Часов\n{rows}".encode())
    assert answer.status_code == 422  # a topic is no longer than a thousand characters
    assert "строка 2" in text_of(answer)


def test_plan_against_fact_counts_lessons_with_topics(site: Site, teacher: Caller, plan: UUID) -> None:
    lesson = site.lesson()
    before = text_of(get(site, teacher, f"/programme/{ALGEBRA}"))
    assert "К сроку по КТП 4 Дано 0 Отставание 4 Выполнение 0,0 %" in before
    assert teacher.do("RecordTopic", lesson=str(lesson), text="Степень", item=1).status_code == 200
    after = text_of(get(site, teacher, f"/programme/{ALGEBRA}"))
    assert "К сроку по КТП 4 Дано 1 Отставание 3 Выполнение 25,0 %" in after
    assert "Не пройдено к сроку 3" in after
    assert "7А 1" in text_of(get(site, teacher, f"/plans/{plan}")).replace("пройдено ", "")
    whole = text_of(get(site, teacher, "/programme"))
    assert "7А, Алгебра" in whole
    assert "7Б, Алгебра Соколова И. В. нет плана" in whole


def test_a_lesson_without_a_topic_is_offered_the_line_whose_turn_it_is(
    site: Site, teacher: Caller, plan: UUID
) -> None:
    """«Степень» was taken by today's lesson: tomorrow is the next one's turn, the day after the one's after it."""
    for days, topic in ((1, "Свойства степени"), (2, "Одночлены")):
        shown = get(site, teacher, f"/lesson/{site.lesson(days)}").text
        assert f'data-topic="{topic}"' in shown
        assert 'data-homework="§' in shown
    today = get(site, teacher, f"/today?on={on(site, 1)}").text
    assert "(план) Свойства степени" in today
    spread = get(site, teacher, f"/journal/{ALGEBRA}").text
    assert "(план) Свойства степени" in spread
    assert "(план) Одночлены" in spread


def test_the_plan_is_shown_as_it_was_before_a_change(site: Site, teacher: Caller) -> None:
    drawn = draw_up(teacher, "Со временем", [{"topic": "Раньше"}])
    shown = get(site, teacher, f"/plans/{drawn}")
    items = [{"topic": "Теперь", "number": 1}]
    assert teacher.do("ChangePlan", plan=str(drawn), items=items, seen=seen_of(shown)).status_code == 200
    now = get(site, teacher, f"/plans/{drawn}")
    first = re.findall(r'href="\?at=([^"]+)"', now.text)[-1]
    then = get(site, teacher, f"/plans/{drawn}?at={first}")
    assert "Раньше" in then.text
    assert "Теперь" not in then.text


def test_control_works_of_the_week_are_a_table_of_classes_for_the_staff(site: Site, plan: UUID) -> None:
    deputy = Caller(site, "deputy")
    said = text_of(get(site, deputy, f"/control-works?week={on(site, 1)}"))
    assert "7А" in said
    assert "7Б" in said
    assert get(site, deputy, f"/control-works?class_id={named('7Б')}").status_code == 200


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real plans is not there")
@pytest.mark.parametrize("name", ["russkij-yazyk-ooo_7.csv", "thematic-algebra-ooo-bazovyj_7.csv"])
def test_a_real_plan_is_shown_and_taken(name: str, site: Site, teacher: Caller) -> None:
    drawn = draw_up(teacher, name, [])
    shown = upload(site, teacher, drawn, name, (REAL / name).read_bytes())
    assert shown.status_code == 200
    lines = lines_of(shown)
    assert len(lines) > 90
    taken = teacher.do("ChangePlan", plan=str(drawn), items=lines, seen=0)
    assert taken.status_code == 200, taken.text
    assert lines[-1]["topic"] in unescape(get(site, teacher, f"/plans/{drawn}").text)
