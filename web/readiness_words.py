"""The kinds of what is missing before a period is closed, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from projections.readiness_gaps import KINDS, Gaps
from web.format import plural

GAPS = {
    "topics": _l("темы не записаны"),
    "attendance": _l("присутствие не отмечено"),
    "works": _l("работы выставлены не всем"),
    "short": _l("мало отметок"),
    "marks": _l("нет отметок в ведомости"),
}


def gap_words(gaps: Gaps) -> list[str]:
    """«3 темы не записаны», «на 2 уроках не отмечено присутствие» …: only what there is."""
    return [_WORDS[kind](n) for kind in KINDS if (n := gaps.of(kind))]


def _topics(n: int) -> str:
    return plural(n, _("тема не записана"), _("темы не записаны"), _("тем не записано"))


def _attendance(n: int) -> str:
    lessons = plural(n, _("уроке"), _("уроках"), _("уроках"))
    return _("на %(lessons)s не отмечено присутствие", lessons=lessons)


def _works(n: int) -> str:
    works = plural(n, _("работа выставлена"), _("работы выставлены"), _("работ выставлено"))
    return _("%(works)s не всем", works=works)


def _short(n: int) -> str:
    return _("мало отметок: %(n)s", n=n)


def _marks(n: int) -> str:
    return _("нет отметок в ведомости: %(n)s", n=n)


_WORDS = {"topics": _topics, "attendance": _attendance, "works": _works, "short": _short, "marks": _marks}
