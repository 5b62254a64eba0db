"""The Act on paper: the form of the appendix with its annex, the same bytes every time (UstBelaya, appendix; R-231)."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from exports.act import ActLine, ActPaper, pdf

MEMBERS = (
    ("Ефимова Н. П.", "заместитель директора"),
    ("Дьячкова Л. М.", "заместитель директора"),
    ("Громова Е. С.", "учитель"),
)


def line(position: int) -> ActLine:
    return ActLine(
        position=position,
        at="18.11.2026 10:58",
        what="отметка",
        where="7А, Алгебра",
        whom="Антипина Дарья",
        value="5",
        now="",
    )


@pytest.fixture
def act() -> ActPaper:
    return ActPaper(
        school="МБОУ «Центр образования с. Усть-Белая»",
        number="1",
        date="18 ноября 2026 года",
        members=MEMBERS,
        owner="Соколова Ирина Викторовна",
        login="sokolova",
        basis="в соответствии с п. 10 Порядка составили настоящий Акт.",
        sentence="Все операции признаются недействительными.",
        times=(("Обнаружено", "18.11.2026 10:20"),),
        void=tuple(line(n) for n in range(1, 61)),
        cascade=(),
        suspicious=1,
        pupils=("Антипина Дарья",),
        draft=False,
        foot="на запись 4711",
        qr="letopis:1:4711",
    )


def test_the_act_names_its_commission_and_every_void_entry(act: ActPaper) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(act))).pages]
    assert "АКТ № 1" in pages[0]
    assert all(name in pages[0] for name, _ in MEMBERS)
    annex = "\n".join(pages[1:])
    assert annex.count("Алгебра") == 60
    assert f"лист {len(pages)} из {len(pages)}" in pages[-1]


def test_the_same_act_prints_the_same_bytes(act: ActPaper) -> None:
    assert pdf(act) == pdf(act)
