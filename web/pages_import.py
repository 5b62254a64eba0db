"""«Загрузка»: a school's files in the browser, with a preview of what would change (matrix 53)."""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.files.csv_values import school_date
from commands.handle import Asking
from ledger.entry import Origin
from web import account_desk, import_jobs, reading
from web.import_jobs import ImportDesk, Job, Options
from web.import_words import counted, touched
from web.limits import limiter
from web.premises import premises

blueprint = Blueprint("imports", __name__, url_prefix="/import")
MOST_FILES = 30


@blueprint.before_request
def only_for_whoever_imports() -> None:
    reading.allowed("import_school")


@blueprint.get("/")
def form() -> ResponseReturnValue:
    known = reading.school()
    return render_template(
        "imports/upload.html",
        job=desk().of(g.actor.school),
        year=max(known.years, default=None),
        opened=known.opened,
        acting_role=g.acting_role,
    )


@blueprint.post("/", endpoint="upload")
@limiter.limit("20 per minute", key_func=lambda: str(g.actor.account))
def upload() -> ResponseReturnValue:
    sent = request.files.getlist("files")[: MOST_FILES + 1]
    if len(sent) > MOST_FILES:
        return _back(_("Файлов больше %(most)s: уложите набор в один архив zip.", most=MOST_FILES))
    files = tuple((each.filename or "", each.stream.read()) for each in sent if each.filename)
    if not files:
        return _back(_("Выберите файлы."))
    term = request.form.get("term", "0")
    asked = int(term) if term.isascii() and term.isdigit() and int(term) <= 12 else 0
    job = import_jobs.start(desk(), premises(), _asking(), files, _options(), asked)
    if job is None:
        return _back(_("Предыдущая загрузка ещё идёт. Дождитесь её конца."))
    return redirect(url_for(".one", job=job.id))


@blueprint.get("/<uuid:job>")
def one(job: UUID) -> ResponseReturnValue:
    found = _job(job)
    if found is None:
        return _gone(job)
    return render_template(
        "imports/job.html",
        job=found,
        counted=counted,
        touched=touched,
        seconds=_seconds(found),
        acting_role=g.acting_role,
    )


@blueprint.get("/<uuid:job>/state")
def state(job: UUID) -> Response:
    """What the page polls while the work goes on."""
    found = _job(job)
    busy = found is not None and found.busy
    return jsonify(busy=busy, state=found.state if found else "gone", seconds=_seconds(found) if found else 0)


@blueprint.post("/<uuid:job>/again")
def again(job: UUID) -> ResponseReturnValue:
    found = _job(job)
    if found is None:
        return redirect(url_for(".one", job=job))
    import_jobs.compare_again(desk(), premises(), _asking(), found, _options())
    return _to_current(job)


@blueprint.post("/<uuid:job>/apply")
def apply(job: UUID) -> ResponseReturnValue:
    found = _job(job)
    if (
        found is not None
        and found.preview is not None
        and found.preview.touches
        and "touches" not in request.form
    ):
        flash(_("Сначала подтвердите изменения, которые касаются прошедших дней и чужих записей."))
    elif found is not None:
        import_jobs.apply(desk(), premises(), _asking(), found)
    return redirect(url_for(".one", job=job))


@blueprint.post("/<uuid:job>/discard")
def discard(job: UUID) -> ResponseReturnValue:
    if _job(job) is not None:
        desk().discard(g.actor.school)
    return _back(_("Загрузка отменена: ничего не применено."))


def desk() -> ImportDesk:
    """The one of this process."""
    found: ImportDesk = current_app.extensions.setdefault("letopis.imports", ImportDesk())
    return found


def _job(job: UUID) -> Job | None:
    """The school's import when it is the one meant."""
    found = desk().of(g.actor.school)
    return found if found is not None and found.id == job else None


def _gone(job: UUID) -> ResponseReturnValue:
    """After a restart or another upload: the ledger knows whether this one was applied."""
    known = premises().store.load(g.actor.school, command_id=job).known
    current = desk().of(g.actor.school)
    if current is not None and (known is None or known.first is None):
        return redirect(url_for(".one", job=current.id))  # the same files, compared again
    return render_template("imports/gone.html", known=known, acting_role=g.acting_role), 200 if known else 404


def _to_current(job: UUID) -> ResponseReturnValue:
    current = desk().of(g.actor.school)
    return redirect(url_for(".one", job=current.id if current else job))


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for(".form"))


def _asking() -> Asking:
    return account_desk.asked_by(g.actor, Origin.IMPORT)


def _options() -> Options:
    text = request.form.get("since", "")
    return Options(
        since=_day(text) if text else None,
        create="create" in request.form,
        open_year="open_year" in request.form,
    )


def _day(text: str) -> date:
    try:
        return school_date(text)
    except ValueError:
        abort(400)


def _seconds(job: Job) -> int:
    return int(time.monotonic() - job.since)
