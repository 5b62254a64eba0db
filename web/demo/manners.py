"""How a homework of the demonstration is done, read from its text, so that the two never disagree."""

from __future__ import annotations

# The first that fits; keys of the regulation's [manners].
SIGNS = (
    ("by_heart", ("выучить стих", "выучить басн")),
    (
        "written",
        ("№", "упр.", "ex.", "задач", "сочинени", "эссе", "отзыв", "записать", "написать", "составить"),
    ),
    ("creative", ("эскиз", "рисун", "иллюстрац", "плакат", "макет")),
    ("practical", ("опыт", "наблюдени", "контурн", "упражнени", "прогулк")),
    ("oral", ("вопрос", "пересказ", "рассказ", "сообщение")),
    ("reading", ("§", "глав")),
)
SAID = ("письменно", "устно", "наизусть", "прочита", "повтор")


def manner_of(text: str) -> tuple[str, ...]:
    """Empty where the text says itself how, or where nothing can be told from it."""
    words = text.casefold()
    if any(said in words for said in SAID):
        return ()
    return next(((manner,) for manner, signs in SIGNS if any(sign in words for sign in signs)), ())
