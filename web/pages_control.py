"""Control of the journal: the list of reports, one report with its filters, what is behind a line, and its files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports import chart, report_paper, spreadsheet
from ledger.school import School
from projections.control import REPORTS
from projections.control.control_page import NOTHING, ControlPage
from projections.control.report import Asked
from projections.control.said import said, signed
from projections.control.spans import presets
from web import asked_control, control_words, reading, reading_control
from web.asked_control import OWN, TO
from web.control_choices import choices
from web.reading_control import LINES
from web.time_bar import ENTRY

blueprint = Blueprint("control", __name__, url_prefix="/control")
FIGURES = 3  # of a report in the list
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
def listed() -> ResponseReturnValue:
    """Which reports there are; what each comes to is fetched one after the other (`headline`)."""
    wanted, wrong = asked_control.understood()
    page = reading_control.listed(wanted, _at())
    shown = render_template(
        "control/list.html",
        page=page,
        reports=REPORTS,
        wrong=wrong,
        acting_role=g.acting_role,
        **_filters(page.asked),
    )
    return shown, 400 if wrong else 200


@blueprint.get("/<code>")
def one(code: str) -> ResponseReturnValue:
    """Where the days do not do, or the report needs a filter, the filters alone and the sentence why."""
    row, (wanted, wrong) = reading_control.row_of(code), asked_control.understood()
    own = reading_control.permitted(row, wanted)
    lacks = wrong or asked_control.lacking(row, own)
    if lacks:
        return _form(code, own, lacks, bad=bool(wrong)), 400 if wrong else 200
    page = reading_control.one(code, own, asked_control.against(), _at())
    sheet = asked_control.asked_sheet()
    lines = page.report.lines[(sheet - 1) * LINES : sheet * LINES]
    if sheet > 1 and not lines:
        abort(404)
    return render_template(
        "control/report.html",
        page=page,
        row=row,
        code=code,
        lines=lines,
        before=(sheet - 1) * LINES,
        sheet=sheet,
        sheets=-(-len(page.report.lines) // LINES),
        compared_words=control_words.compared_words(page, reading.school()),
        charts=[(each, chart.svg(each), chart.numbers(each)) for each in page.report.charts],
        act=control_words.regulation_words(page.report, reading.school()),
        wrong="",
        acting_role=g.acting_role,
        **_filters(page.report.asked),
    )


def _form(code: str, asked: Asked, sentence: str, *, bad: bool) -> str:
    return render_template(
        "control/report.html",
        page=None,
        row=reading_control.row_of(code),
        code=code,
        wrong=sentence,
        bad=bad,
        acting_role=g.acting_role,
        **_filters(asked),
    )


@blueprint.get("/<code>/headline")
def headline(code: str) -> ResponseReturnValue:
    """A fragment: the first figures of a report, or which filter it needs."""
    row, wanted = reading_control.row_of(code), asked_control.asked()
    lacks = asked_control.lacking(row, reading_control.permitted(row, wanted))
    figures = () if lacks else reading_control.figure(code, wanted, _at())
    return render_template("control/headline.html", figures=figures[:FIGURES], lacks=lacks, said=said)


@blueprint.get("/<code>/behind")
def behind(code: str) -> ResponseReturnValue:
    sheet = asked_control.asked_sheet()
    key = request.args.get("key", "")
    page = reading_control.behind(code, asked_control.asked(), key, (sheet - 1) * LINES, _at())
    asked = page.report.asked
    people = {each.pupil for each in page.shown if each.pupil}
    return render_template(
        "control/behind.html",
        page=page,
        code=code,
        sheet=sheet,
        names=reading.names(people),
        period=control_words.period_words(reading.school(), asked.first, asked.last),
        place=control_words.place,
        where=[control_words.where(each, reading.school()) for each in page.shown],
        query=control_words.query(asked, at=_at(), moment=request.args.get("moment")),
        acting_role=g.acting_role,
    )


@blueprint.get("/<code>/<any('csv', 'xlsx', 'pdf'):form>")
def file(code: str, form: str) -> ResponseReturnValue:
    """A report as a file. A live PDF is made as of the last entry and this moment, so that the same address prints the
    same bytes for ever."""
    wanted = asked_control.asked()
    if form == "pdf" and not _at():
        reading_control.permitted(reading_control.row_of(code), wanted)
        now = reading.now().replace(microsecond=0).isoformat()
        at = f"{ENTRY}{reading_control.last_entry()}"
        return redirect(
            url_for(".file", code=code, form=form, **control_words.query(wanted, at=at, moment=now))
        )
    page = reading_control.one(code, wanted, NOTHING, _at(), f"control {form}")
    report, school = page.report, reading.school()
    name = f"{code}-{report.asked.first}-{report.asked.last}-{report.as_of.position}.{form}"
    heading = control_words.heading(report, school, _teacher(report.asked))
    if form == "csv":
        return _sent(spreadsheet.comma_separated(report, heading), "text/csv; charset=utf-8", name)
    if form == "xlsx":
        return _sent(spreadsheet.workbook(report, heading), XLSX, name)
    return _sent(_printed(page), "application/pdf", name)


def _printed(page: ControlPage) -> bytes:
    report, school = page.report, reading.school()
    moment = school.local(report.as_of.instant).isoformat()
    address = control_words.printed_address(
        report.code, report.asked, school.id, report.as_of.position, moment
    )
    heading = control_words.heading(report, school, _teacher(report.asked))
    if len(report.lines) > report_paper.MOST:
        asked_control.refuse(control_words.too_long(len(report.lines), report_paper.MOST))
    return report_paper.pdf(report, heading, control_words.imprint(report, school, address))


def _sent(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _at() -> str | None:
    return request.args.get("at") or None


def _teacher(asked: Asked) -> str:
    return reading.names([asked.teacher]).get(asked.teacher, "") if asked.teacher else ""


def _filters(asked: Asked) -> dict[str, object]:
    """What the form shows: the choices, what is chosen, and the address of the same question."""
    school = reading.school()
    return {
        "asked": asked,
        "choices": choices(asked.first),
        "chosen": _chosen(asked, school),
        "period": control_words.period_words(school, asked.first, asked.last),
        "query": control_words.query(asked, at=_at(), moment=request.args.get("moment")),
        "against": request.args.get("against") or "",
        "said": said,
        "signed": signed,
    }


def _chosen(asked: Asked, school: School) -> str:
    """Which of the periods offered it is; `own` for others, and for days somebody has typed."""
    year = school.year_of(asked.first) or school.year_of(asked.last)
    known = {(each.first, each.last) for each in (presets(school, year) if year is not None else ())}
    typed = request.args.get("period") == OWN or ("period" not in request.args and "from" in request.args)
    return f"{asked.first}{TO}{asked.last}" if (asked.first, asked.last) in known and not typed else OWN
