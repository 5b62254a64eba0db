"""Links and files on a lesson and its homework: what is taken in, who may open it, and how it is handed out."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests

from commands.completion import RecordBriefing
from commands.deciding import Refusal
from commands.files.media import LARGEST, NotTaken, media_of
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.materials import AttachFile, AttachLink, WithdrawMaterial
from tests.browser.school import Site, named
from tests.story import Story
from tests.test_api import Caller
from tests.world import given_lesson

LESSON = given_lesson("7А Алгебра", "2026-10-12")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def archive(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, text in members.items():
            opened.writestr(name, text)
    return made.getvalue()


def office(main: str, **more: str) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", main: "<x/>"}, **more)


WORD = office("word/document.xml")
ODT = archive(
    **{
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<x/>",
        "META-INF/manifest.xml": "",
    }
)
TAKEN = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(10),
    "image/gif": b"GIF89a" + bytes(10),
    "text/plain": "Задачи: № 1–5\r\n\tи № 7".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": office("xl/workbook.xml"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": office(
        "ppt/presentation.xml"
    ),
    "application/vnd.oasis.opendocument.text": ODT,
}
REFUSED = {
    "empty": b"",
    "a program of Windows": b"MZ\x90\x00\x03" + bytes(60),
    "a program of Linux": b"\x7fELF\x02\x01" + bytes(60),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page that begins late": b"\n\n  <HTML>",
    "a drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "an archive": archive(**{"virus.exe": "MZ"}),
    "half an archive": WORD[:40],
    "a document with macros": office("word/document.xml", **{"word/vbaProject.bin": "x"}),
    "a sheet with old macros": office("xl/workbook.xml", **{"xl/macrosheets/sheet1.xml": "x"}),
    "a document that says it has macros": archive(
        **{
            "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
            "word/document.xml": "",
        }
    ),
    "an open document with Basic": archive(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "",
            "Basic/Standard/Module1.xml": "Sub",
        }
    ),
    "an old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
    "too large": b"%PDF-" + bytes(LARGEST),
}


@pytest.mark.parametrize("media", TAKEN)
def test_what_a_file_is_is_found_in_its_bytes(media: str) -> None:
    assert media_of(TAKEN[media]) == media


def test_a_text_in_the_older_encoding_is_a_text() -> None:
    assert media_of("Домашнее задание".encode("cp1251")) == "text/plain"


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_do_harm_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(NotTaken) as refused:
        media_of(REFUSED[what])
    assert str(refused.value).endswith(".")


def test_the_largest_file_is_taken() -> None:
    assert media_of(b"%PDF-" + bytes(LARGEST - 5)) == "application/pdf"


@pytest.mark.parametrize("url", ["https://resh.edu.ru/subject/16/7/", "http://школа.рф/урок?тема=2"])
def test_a_link_leads_to_a_page_of_the_web(url: str) -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", AttachLink(lesson=LESSON.id, url=url))
    ((material, entry),) = story.sheet(LESSON).materials.items()
    assert (entry.event.url, entry.event.to) == (url, "lesson")  # type: ignore[attr-defined]
    assert entry.event.title in url  # type: ignore[attr-defined]
    story.do("Соколова", "2026-10-12 09:40", WithdrawMaterial(lesson=LESSON.id, material=material))
    assert story.sheet(LESSON).materials == {}


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://a.ru/x",
            "//a.ru",
            "resh.edu.ru",
        ),
        *("https://", "https://a.ru/ b", "https://a.ru/\u202etxt", "https://bank.ru@evil.ru/", "https://[x/"),
        *("https://a.ru\\@b.ru", "https://a.ru/" + "x" * 2000),
    ],
)
def test_anything_else_is_no_link(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        Story().do("Соколова", "2026-10-12 09:30", AttachLink(lesson=LESSON.id, url=url))
    assert "http" in refused.value.sentence


def test_a_material_hangs_on_the_lesson_or_its_homework() -> None:
    story = Story()
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-12 09:30", AttachLink(lesson=LESSON.id, url="https://a.ru", to="diary"))
    with pytest.raises(Refusal) as refused:
        story.do("Петров", "2026-10-12 09:30", AttachLink(lesson=LESSON.id, url="https://a.ru"))
    assert refused.value.code == "W-19"


@pytest.mark.parametrize(("when", "late"), [("2026-10-12 15:05:00", False), ("2026-10-12 15:06:00", True)])
def test_a_file_of_homework_has_the_deadline_of_homework(when: str, late: bool) -> None:
    story = Story()
    file = AttachFile(
        lesson=LESSON.id, title="Карточка", sha256="0" * 64, media="application/pdf", size=9, to="homework"
    )
    answer = story.do("Соколова", when, file)
    assert [finding["code"] for finding in answer.findings] == (["W-04"] if late else [])


LINK = AttachLink(lesson=LESSON.id, url="https://resh.edu.ru/7/")
BRIEFING = RecordBriefing(lesson=LESSON.id, text="ТБ, инструкция 4")


@pytest.mark.parametrize("target", ["topic", "lesson"])
def test_a_permission_for_the_topic_is_one_for_its_material_and_its_briefing(target: str) -> None:
    story = Story()
    for command in (LINK, BRIEFING):
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", "2026-10-13 08:00", command)
        assert (refused.value.code, refused.value.mode) == ("W-03", "permit")
    item = LateEntryItem(lesson=LESSON.id, target=target)
    story.do("Соколова", "2026-10-13 08:01", RequestLateEntry(items=(item,), reason="Не было связи"))
    (case,) = story.late(LESSON).cases
    story.do("Дьячкова", "2026-10-13 08:05", PermitLateEntries(cases=(CaseRef(case=case, lesson=LESSON.id),)))
    for command in (LINK, BRIEFING):
        story.do("Соколова", "2026-10-13 09:00", command)
    assert len(story.sheet(LESSON).materials) == 1
    assert len(story.late(LESSON).cases[case].uses) == 2
    seen = story.sheet(LESSON).briefing.position  # type: ignore[union-attr]
    with pytest.raises(Refusal):  # each once
        story.do(
            "Соколова",
            "2026-10-13 09:01",
            RecordBriefing(lesson=LESSON.id, text="ТБ, инструкция 5", seen=seen),
        )


# --- through the web ---------------------------------------------------------------------------------------------


def upload(
    caller: Caller, site: Site, content: bytes, name: str = "Карточка.pdf", **form: str
) -> requests.Response:
    return requests.post(
        f"{site.url}/lesson/{site.lesson()}/files",
        files={"file": (name, content)},
        data=form,
        headers={**caller.headers, "Accept": "application/json", "Idempotency-Key": str(uuid4())},
        timeout=20,
    )


def listed(caller: Caller, site: Site) -> list[dict[str, object]]:
    return caller.get(f"/lesson/{site.lesson()}").json()["materials"]


def download(caller: Caller, site: Site, material: object) -> requests.Response:
    address = f"{site.url}/files/{site.lesson()}/{material}"
    return requests.get(address, headers={**caller.headers, "Accept": "application/json"}, timeout=20)


@pytest.fixture(scope="module")
def teacher(site: Site) -> Caller:
    return Caller(site, "teacher")


@pytest.fixture(scope="module")
def hung(site: Site, teacher: Caller) -> dict[str, object]:
    """A file on today's homework, whatever it was called."""
    answered = upload(teacher, site, PDF, name="../../сборник.exe", to="homework")
    assert answered.status_code == 200, answered.text
    return next(each for each in listed(teacher, site) if each["to"] == "homework")


def test_a_file_keeps_its_bytes_and_gets_the_name_of_what_it_is(site, teacher, hung) -> None:
    assert (hung["title"], hung["media"], hung["size"]) == ("файл", "application/pdf", len(PDF))
    got = download(teacher, site, hung["material"])
    assert (got.status_code, got.content) == (200, PDF)
    disposition = requests.utils.unquote(got.headers["Content-Disposition"])
    assert disposition.startswith("attachment")
    assert disposition.endswith("файл.pdf")
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]


def test_the_family_opens_it_from_the_diary_and_a_stranger_does_not(site, teacher, hung) -> None:
    parent = Caller(site, "parent")
    assert download(parent, site, hung["material"]).content == PDF
    assert requests.get(f"{site.url}/files/{site.lesson()}/{hung['material']}", timeout=20).url.count(
        "sign-in"
    )
    teacher.do("SetHomework", lesson=str(site.lesson()), text="По карточке")
    upload(teacher, site, PNG, name="схема.png", title="Схема урока")
    tomorrow = str(site.today + timedelta(days=1))
    (task,) = [task for lesson in _lessons(parent, tomorrow) for task in lesson["homework"]]
    assert (task["text"], task["materials"]) == ("По карточке", [hung])
    (lesson,) = [
        lesson for lesson in _lessons(parent, str(site.today)) if lesson["lesson"] == str(site.lesson())
    ]
    assert [each["title"] for each in lesson["materials"]] == ["Схема урока"]


def _lessons(parent: Caller, on: str) -> list[dict[str, Any]]:
    week = parent.get(f"/diary/{named('Каляна Мария')}", week=on).json()
    return [lesson for day in week["days"] if day["date"] == on for lesson in day["lessons"]]


def test_the_family_hangs_nothing_there(site, hung) -> None:
    refused = upload(Caller(site, "parent"), site, PDF)
    assert refused.status_code == 403
    assert refused.json()["sentence"]


def test_a_harmful_file_is_refused_in_a_sentence(site, teacher) -> None:
    refused = upload(teacher, site, b"<svg onload=alert(1)>", name="рисунок.png")
    assert (refused.status_code, refused.json()["code"]) == (422, "file")
    assert "PDF" in refused.json()["sentence"]


def test_a_file_of_nearly_ten_megabytes_passes_and_a_larger_one_does_not(site, teacher) -> None:
    assert upload(teacher, site, b"%PDF-" + bytes(LARGEST - 5), name="большой.pdf").status_code == 200
    assert upload(teacher, site, b"%PDF-" + bytes(LARGEST), name="больше.pdf").status_code == 422
    assert upload(teacher, site, b"%PDF-" + bytes(LARGEST + 200_000), name="огромный.pdf").status_code == 413


def test_other_doors_take_no_such_bodies(site, teacher) -> None:
    assert teacher.do("GiveMark", raw=b"[" * 600_000).status_code == 413


def test_a_stranger_s_large_body_is_not_read(site) -> None:
    address = f"{site.url}/lesson/{site.lesson()}/files"
    stranger = requests.post(
        address,
        files={"file": ("a.pdf", bytes(2_000_000))},
        headers={"Accept": "application/json"},
        timeout=20,
    )
    assert stranger.status_code in (401, 413)


def test_a_withdrawn_file_is_handed_out_no_more(site, teacher) -> None:
    upload(teacher, site, PNG, name="схема.png", title="Схема", to="lesson")
    (found,) = (each for each in listed(teacher, site) if each["title"] == "Схема")
    assert download(teacher, site, found["material"]).status_code == 200
    teacher.do("WithdrawMaterial", lesson=str(site.lesson()), material=found["material"])
    assert download(teacher, site, found["material"]).status_code == 404


def test_a_file_of_a_lesson_is_not_attached_by_the_api_of_commands(teacher) -> None:
    assert teacher.do("AttachFile").status_code == 404


def test_the_same_upload_sent_again_is_written_once(site, teacher) -> None:
    key = str(uuid4())
    headers = {**teacher.headers, "Accept": "application/json", "Idempotency-Key": key}
    address = f"{site.url}/lesson/{site.lesson()}/files"
    answers = [
        requests.post(
            address,
            files={"file": ("схема.gif", b"GIF89a")},
            data={"title": "Дважды"},
            headers=headers,
            timeout=20,
        ).json()
        for _ in range(2)
    ]
    assert [answer["repeated"] for answer in answers] == [False, True]
    assert sum(each["title"] == "Дважды" for each in listed(teacher, site)) == 1
