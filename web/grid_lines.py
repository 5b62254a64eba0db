"""The right side of the spread as HTML, a row a lesson: sixty of them, so they are joined here, not in Jinja."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup, escape

from projections.journal_lines import Line
from web.format import day_short, moment
from web.grid_cells import CONTESTED, LATE

DISPUTED = ' class="q"'  # the legend shows what «◇» means where there is one


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """Looked up once a page, not once a line."""

    ahead: str
    by_plan: str
    no_topic: str
    write_down: str
    not_set: str
    entered: str
    departs: str
    moved: str
    stands_in: str
    names: Mapping[UUID, str]


def lines(found: Iterable[Line], zone: ZoneInfo, editable: bool, names: Mapping[UUID, str]) -> Markup:
    """The `<tr>`s; `editable`: whoever looks may write down a topic that is missing. `names` of substitutes."""
    words = _Words(
        ahead=escape(_("ещё впереди")),
        by_plan=escape(_("(план)")),
        no_topic=escape(_("тема не записана")),
        write_down=escape(_("записать")),
        not_set=escape(_("не задано")),
        entered=escape(_("внесено")),
        departs=escape(_("отступление от КТП")),
        moved=escape(_("перенесён с")),
        stands_in=escape(_("замена")),
        names=names,
    )
    return Markup("".join([_line(line, zone, words, editable) for line in found]))


def _line(line: Line, zone: ZoneInfo, words: _Words, editable: bool) -> str:
    planned = ' class="planned"' if line.planned else DISPUTED if line.topic_contested else ""
    disputed = DISPUTED if line.homework_contested else ""
    return (
        f'<tr data-l="{line.lesson}"><th scope="row"><a href="/lesson/{line.lesson}">{day_short(line.date)}</a>'
        f"</th><td{planned}>{_topic(line, words, editable)}{_moved(line, words)}{_stands_in(line, words)}</td>"
        f"<td{disputed}>{_homework(line, zone, words)}{CONTESTED if disputed else ''}</td></tr>"
    )


def _topic(line: Line, words: _Words, editable: bool) -> str:
    if line.topic:
        departs = f' <small class="todo">{words.departs}</small>' if line.deviation else ""
        task = f" <small>({escape(line.task)})</small>" if line.task else ""
        return f"{escape(line.topic)}{CONTESTED if line.topic_contested else ''}{task}{departs}"
    if line.planned:
        return f"{words.by_plan} {escape(line.plan_topic)}" if line.plan_topic else words.ahead
    link = f' · <a href="/lesson/{line.lesson}#topic">{words.write_down}</a>' if editable else ""
    return f'<span class="todo">{words.no_topic}{link}</span>'


def _moved(line: Line, words: _Words) -> str:
    return f" <small>{words.moved} {day_short(line.moved_from)}</small>" if line.moved_from else ""


def _stands_in(line: Line, words: _Words) -> str:
    if line.substitute is None:
        return ""
    return f" <small>{words.stands_in}: {escape(words.names.get(line.substitute, ''))}</small>"


def _homework(line: Line, zone: ZoneInfo, words: _Words) -> str:
    if line.not_set:
        return f'<span class="todo">{words.not_set}</span>'
    if line.homework is None:
        return ""
    said = str(escape(line.homework))
    if line.manner:
        said += f" <small>({escape(', '.join(line.manner))})</small>"
    if line.homework_due:
        said += f" <small>→&nbsp;{day_short(line.homework_due)}</small>"
    if line.homework_late and line.homework_at:
        said += f' <span class="badge-late">{LATE}{words.entered} {moment(line.homework_at, zone)}</span>'
    return said
