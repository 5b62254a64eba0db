"""Every route and every command × everybody: each door asks the one table, for one's own and for what is another's.

What the table says is compared with the school's matrix in tests/test_matrix.py; here, that no door forgets to ask.
A new route fails until it says here which action it asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
from flask import Flask

from commands.rights import role_for
from commands.table import BY_NAME, COMMANDS
from ledger.access import Target, acting_role
from ledger.school import School
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller
from web import api
from web.app import BLUEPRINTS
from web.schemas import schema_of


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def school_of(site: Site) -> School:
    return site.here.school(SCHOOL)


# Command → who may, about the algebra of 7А (today's lesson is substituted), Каляна Мария and her class: read by
# people, so that a command whose rights are asked of nothing in particular is seen.
WHO_MAY = {
    name: tuple(who.split())
    for name, _, who in (
        line.partition(": ")
        for line in (Path(__file__).parent / "samples" / "who_may.txt").read_text("utf-8").splitlines()
    )
}


def those_who_may(command: type, given: object, site: Site) -> tuple[str, ...]:
    row, known = COMMANDS[command], school_of(site)
    lessons, about = row.lessons(given), row.about(given, known)

    def may(login: str) -> bool:
        person = named(PEOPLE[login])
        return role_for(person, row.action, lessons, about, {}, known, site.today) is not None

    return tuple(login for login in PEOPLE if may(login))


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_command_is_for_those_the_table_names(name: str, site: Site, everybody: dict[str, Caller]) -> None:
    command = BY_NAME[name]
    body = doors.body_for(command, COMMANDS[command].action, site)
    let_in = those_who_may(command, schema_of(command)().load(body), site)
    assert let_in == WHO_MAY[name]
    for login, caller in everybody.items():
        answer = caller.do(name, raw=json.dumps(body).encode())
        said = (login, answer.status_code, answer.text[:300])
        assert answer.status_code < 500, said
        if login in let_in:
            assert answer.json().get("code") not in ("not-allowed", "forbidden"), said
        else:
            assert answer.status_code in (403, 404), said


@dataclass(frozen=True, kw_only=True)
class Door:
    """A page or a form: its address, the actions any of which opens it, and of what (fields of Target)."""

    address: str
    actions: tuple[str, ...]
    target: dict[str, object] = field(default_factory=dict)
    shut: frozenset[str] = (
        frozenset()
    )  # logins the act of this school shuts out though the table lets them in


OWN, FOREIGN = named("7А Алгебра"), named("7Б Физика")
KALYANA, KERGITVAL = named("Каляна Мария"), named("Кергитваль Олег")
CLASS, OTHER_CLASS = named("7А"), named("7Б")
SOKOLOVA = named("account teacher")
LESSON = "LESSON"  # today's algebra lesson: its id is known when the school is served


def door(address: str, *actions: str, **target: object) -> Door:
    return Door(address=address, actions=actions, target=target)


def for_each(address: str, name: str, things: tuple[UUID, ...], *actions: str) -> tuple[Door, ...]:
    return tuple(door(address.format(each), *actions, **{name: each}) for each in things)


PUPILS, CLASSES, JOURNALS = (KALYANA, KERGITVAL), (CLASS, OTHER_CLASS), (OWN, FOREIGN)
THEIRS = ((OWN, KALYANA), (named("7Б Алгебра"), KERGITVAL))
LIST = ("view_class_list", "view_journal")  # whoever reads the journals of a class sees its list

# endpoint → what is tried there; «api.» before it: the page's twin in JSON.
DOORS: dict[str, tuple[Door, ...]] = {
    "teacher.journal": for_each("/journal/{}", "journal", JOURNALS, "view_journal"),
    "teacher.lesson": (door(f"/lesson/{LESSON}", "view_journal", lesson=LESSON),),
    "explanation.mark": tuple(
        door(
            f"/explanations/{page}/{named('I')}/period/{pupil}",
            "view_explanation",
            journal=page,
            pupil=pupil,
        )
        for page, pupil in THEIRS
    ),
    "api.explanation": tuple(
        door(
            f"/api/v1/explanations/{page}/{named('I')}/period/{pupil}",
            "view_explanation",
            journal=page,
            pupil=pupil,
        )
        for page, pupil in THEIRS
    ),
    "family.diary": for_each("/diary/{}", "pupil", PUPILS, "view_diary"),
    "family.month": for_each("/diary/{}/month", "pupil", PUPILS, "view_diary"),
    "family.about": for_each("/diary/{}/about", "pupil", PUPILS, "view_diary"),
    "api.diary_month": for_each("/api/v1/diary/{}/month", "pupil", PUPILS, "view_diary"),
    "api.diary_about": for_each("/api/v1/diary/{}/about", "pupil", PUPILS, "view_diary"),
    "deputy.inbox": (door("/inbox", "view_inbox"),),
    "tasks.mine": (door("/tasks", "view_tasks"),),
    "trail.cell": (
        door(
            f"/trail/cell?lesson={LESSON}&work={LESSON}&pupil={KALYANA}",
            "view_cell_trail",
            lesson=LESSON,
            pupil=KALYANA,
        ),
    ),
    "trail.period_mark": tuple(
        door(
            f"/trail/period-mark?journal={page}&period={named('I')}&pupil={KALYANA}",
            "view_cell_trail",
            journal=page,
            pupil=KALYANA,
        )
        for page in JOURNALS
    ),
    "trail.pupil": for_each("/trail/pupil/{}", "pupil", PUPILS, "view_pupil_trail"),
    "trail.account": (door(f"/trail/account/{SOKOLOVA}", "view_account_trail", person=named("Соколова")),),
    "admin_accounts.people": (door("/accounts/", "manage_accounts"),),
    "admin_accounts.one": (door(f"/accounts/{SOKOLOVA}", "manage_accounts"),),
    "incidents.listed": (door("/incidents", "confirm_notice", "view_voids"),),
    "report.form": (door("/report-compromise", "report_compromise"),),
    "api.incidents": (door("/api/v1/incidents", "confirm_notice", "view_voids"),),
    "calendar.year": (door("/calendar", "view_calendar"),),
    "dictionary.all_of_them": (door("/dictionaries", "view_dictionary"),),
    "imports.form": (door("/import/", "import_school"),),
    "klass.absences": (door("/absences", "view_attendance", class_id=CLASS),),
    "klass.absences_of": for_each("/class/{}/absences", "class_id", CLASSES, "view_attendance"),
    "klass.contacts": for_each("/class/{}/contacts", "class_id", CLASSES, "view_contacts"),
    "klass.contacts_of": (
        door(f"/class/{CLASS}/contacts/{KALYANA}", "keep_contacts", class_id=CLASS),
        door(f"/class/{OTHER_CLASS}/contacts/{KERGITVAL}", "keep_contacts", class_id=OTHER_CLASS),
    ),
    "klass.missed": for_each("/absences/{}", "pupil", PUPILS, "view_attendance"),
    "klass.week": for_each("/class/{}", "class_id", CLASSES, "view_attendance"),
    "family_access.listed": for_each("/class/{}/access", "class_id", CLASSES, "issue_family_credentials"),
    "family_office.families": for_each("/class/{}/families", "class_id", CLASSES, "view_acknowledgements"),
    "family_office.slips": for_each("/class/{}/slips", "class_id", CLASSES, "hand_out_slip", "view_slips"),
    "family_office.school": (door("/slips", "view_slips"),),
    "api.class_families": for_each("/api/v1/class/{}/families", "class_id", CLASSES, "view_acknowledgements"),
    "api.class_slips": for_each("/api/v1/class/{}/slips", "class_id", CLASSES, "hand_out_slip", "view_slips"),
    "api.slips": (door("/api/v1/slips", "view_slips"),),
    "exchange.listed": (door("/exchange", "export_portal"),),
    "exchange.one_roster": (door("/exchange/oneroster.zip", "export_portal"),),
    "feeds.mine": (door("/feeds", "keep_feeds"),),
    "jobs.listed": (door("/jobs", "view_jobs"),),
    "jobs.pack": for_each("/emergency/{}.pdf", "class_id", CLASSES, "view_register"),
    "landing.start": (door("/start", "view_first_page"),),
    "landing.filling": (door("/start/filling", "view_control", person=None),),
    "landing.own_class": for_each("/start/class/{}", "class_id", CLASSES, "view_attendance"),
    "api.filling": (door("/api/v1/start/filling", "view_control", person=None),),
    "api.class_dashboard": for_each("/api/v1/start/class/{}", "class_id", CLASSES, "view_attendance"),
    "mandates.listed": (door("/mandates", "grant_mandate", "open_mandate_account"),),
    "inspection.entries": tuple(
        door(f"/export/entries.jsonl?journal={page}", "export_entries", journal=page) for page in JOURNALS
    ),
    "inspection.extract": for_each("/journal/{}/extract.pdf", "journal", JOURNALS, "view_journal"),
    "changes.between": tuple(
        door(f"/changes?journal={page}", "view_journal", journal=page) for page in JOURNALS
    ),
    "api.changes": tuple(
        door(f"/api/v1/changes?journal={page}", "view_journal", journal=page) for page in JOURNALS
    ),
    "mandates.views": (door(f"/mandates/{named('Проверяющий')}/views", "grant_mandate"),),
    "api.inspector_views": (door(f"/api/v1/mandates/{named('Проверяющий')}/views", "grant_mandate"),),
    "api.mandates": (door("/api/v1/mandates", "grant_mandate", "open_mandate_account"),),
    "control.listed": (door("/control", "view_control", class_id=CLASS),),
    **{
        endpoint: tuple(
            door(
                f"{address}?class={class_id}&teacher={teacher}",
                "view_control",
                class_id=class_id,
                person=teacher,
            )
            for class_id, teacher in ((CLASS, named("Соколова")), (OTHER_CLASS, named("Петров")))
        )
        for endpoint, address in (
            ("control.one", "/control/C-01"),
            ("control.headline", "/control/C-01/headline"),
            ("control.file", "/control/C-01/csv"),
            ("api.control_report", "/api/v1/control/C-01"),
        )
    },
    "api.control": (door("/api/v1/control", "view_control", class_id=CLASS),),
    "certificates.listed": (
        door("/certificates", "write_certificate", "view_certificate", "acknowledge_certificate"),
    ),
    "certificates.new": (door("/certificates/new", "write_certificate"),),
    "api.certificates": (
        door("/api/v1/certificates", "write_certificate", "view_certificate", "acknowledge_certificate"),
    ),
    "director_control.months": (
        door("/control/director", "record_director_control", "view_director_control"),
    ),
    "api.director_control": (
        door("/api/v1/control/director", "record_director_control", "view_director_control"),
    ),
    "methodist.long": (door("/substitutions/long", "record_substitution"),),
    "methodist.morning": (door("/substitutions", "record_substitution"),),
    "methodist.register": (door("/substitutions/register", "view_held_register"),),
    "methodist.sheet": (door("/substitutions/sheet", "view_staff_sheet"),),
    "archive.handed": (
        door("/handed", "hand_over_report", "accept_report", "view_handed_reports", class_id=CLASS),
    ),
    "archive.new_item": (door(f"/archive/new?kind=year_sheets&class_id={CLASS}", "print_year"),),
    "archive.printed": (door("/papers/archive.pdf", "print_year", "view_archive"),),
    "archive.register": (door("/archive", "print_year", "view_archive"),),
    "api.archive": (door("/api/v1/archive", "print_year", "view_archive"),),
    "api.handed": (
        door("/api/v1/handed", "hand_over_report", "accept_report", "view_handed_reports", class_id=CLASS),
    ),
    "papers.consent": for_each(
        "/papers/pupils/{}/consent.pdf", "pupil", PUPILS, "register_consent", "view_class_list"
    ),
    "papers.corrections": (door("/papers/corrections.pdf", "view_control"),),
    "papers.extract": for_each("/papers/pupils/{}/extract.pdf", "pupil", PUPILS, "view_pupil"),
    "papers.held": (door("/papers/held.pdf", "view_held_register"),),
    "papers.journal": for_each("/papers/journals/{}.pdf", "journal", JOURNALS, "view_journal"),
    "papers.programme": (door(f"/papers/classes/{CLASS}/programme.pdf", "view_fulfilment", journal=OWN),),
    "papers.pupils": for_each("/papers/classes/{}/list.pdf", "class_id", CLASSES, *LIST),
    "papers.report": for_each("/papers/classes/{}/report.pdf", "class_id", CLASSES, "view_register"),
    "papers.sheet": for_each("/papers/classes/{}/sheet.pdf", "class_id", CLASSES, "view_register"),
    "papers.whole": for_each("/papers/classes/{}/journal.pdf", "class_id", CLASSES, "print_year"),
    "period.sheet": tuple(
        door(f"/journals/{page}/periods/{named('I')}", "view_period_sheet", journal=page) for page in JOURNALS
    ),
    "plans.listed": (door("/plans", "view_plan"),),
    "plans.new": (  # P-30: here teachers write plans
        Door(address="/plans/new", actions=("write_plan",), shut=frozenset({"administrator"})),
    ),
    "programme.control_works": (
        door(f"/control-works?class_id={CLASS}", "view_control_schedule", pupil=KALYANA),
    ),
    "programme.one": for_each("/programme/{}", "journal", JOURNALS, "view_fulfilment"),
    "readiness.matrix": (door("/readiness", "view_readiness", class_id=CLASS),),
    "readiness.square": for_each(
        f"/readiness/{named('I')}/{{}}/{named('Алгебра')}", "class_id", CLASSES, "view_readiness"
    ),
    "register.sheet": for_each("/classes/{}/register", "class_id", CLASSES, "view_register"),
    "school.klass": for_each("/school/class/{}", "class_id", CLASSES, *LIST),
    "pupil.card": for_each("/pupils/{}", "pupil", PUPILS, *LIST),
    "school.staff": (door("/school/staff", "view_school"),),
    "school.whole": (door("/school/", "view_school"),),
    "search.results": (door("/search?q=", "search"),),
    "timetable.week": (
        door(f"/timetable?view=class&of={CLASS}", "view_timetable", pupil=KALYANA),
        door(f"/timetable?view=class&of={OTHER_CLASS}", "view_timetable", pupil=KERGITVAL),
        door("/timetable?view=room&of=14", "view_timetable"),
    ),
    "api.journal": for_each("/api/v1/journal/{}", "journal", JOURNALS, "view_journal"),
    "api.lesson": (door(f"/api/v1/lesson/{LESSON}", "view_journal", lesson=LESSON),),
    "api.diary": for_each("/api/v1/diary/{}", "pupil", PUPILS, "view_diary"),
    "api.inbox": (door("/api/v1/inbox", "view_inbox"),),
    "api.tasks": (door("/api/v1/tasks", "view_tasks"),),
    "api.cell_trail": (
        door(
            f"/api/v1/trail/cell/{LESSON}/{LESSON}/{KALYANA}",
            "view_cell_trail",
            lesson=LESSON,
            pupil=KALYANA,
        ),
    ),
    "api.period_mark_trail": tuple(
        door(
            f"/api/v1/trail/period-mark/{page}/{named('I')}/period/{KALYANA}",
            "view_cell_trail",
            journal=page,
            pupil=KALYANA,
        )
        for page in JOURNALS
    ),
    "api.pupil_trail": for_each("/api/v1/trail/pupil/{}", "pupil", PUPILS, "view_pupil_trail"),
    "api.account_trail": (
        door(f"/api/v1/trail/account/{SOKOLOVA}", "view_account_trail", person=named("Соколова")),
    ),
    "api.timetable": (
        door(f"/api/v1/timetable/class/{CLASS}", "view_timetable", pupil=KALYANA),
        door(f"/api/v1/timetable/class/{OTHER_CLASS}", "view_timetable", pupil=KERGITVAL),
    ),
    "api.start": (door("/api/v1/start", "view_first_page"),),
    "api.calendar": (door("/api/v1/calendar", "view_calendar"),),
    "api.morning": (door("/api/v1/substitutions", "record_substitution"),),
    "api.staff_sheet": (door("/api/v1/substitutions/sheet", "view_staff_sheet"),),
    "api.long_substitutions": (door("/api/v1/substitutions/long", "record_substitution"),),
    "api.held_register": (door("/api/v1/substitutions/register", "view_held_register"),),
    "api.period_sheet": tuple(
        door(f"/api/v1/journals/{page}/periods/{named('I')}", "view_period_sheet", journal=page)
        for page in JOURNALS
    ),
    "api.plans": (door("/api/v1/plans", "view_plan"),),
    "api.programme_of": for_each("/api/v1/programme/{}", "journal", JOURNALS, "view_fulfilment"),
    "api.control_works": (
        door(f"/api/v1/control-works?class_id={CLASS}", "view_control_schedule", pupil=KALYANA),
        door(f"/api/v1/control-works?class_id={OTHER_CLASS}", "view_control_schedule", pupil=KERGITVAL),
    ),
    "api.whole_school": (door("/api/v1/school", "view_school"),),
    "api.staff_list": (door("/api/v1/school/staff", "view_school"),),
    "api.dictionaries": (door("/api/v1/dictionaries", "view_dictionary"),),
    "api.search": (door("/api/v1/search?q=Каляна", "search"),),
    "api.readiness": (door("/api/v1/readiness", "view_readiness", class_id=CLASS),),
    "api.readiness_of": for_each(
        f"/api/v1/readiness/{named('I')}/{{}}/{named('Алгебра')}", "class_id", CLASSES, "view_readiness"
    ),
    "api.register_of": for_each("/api/v1/classes/{}/register", "class_id", CLASSES, "view_register"),
    "api.class_week": for_each("/api/v1/class/{}/week", "class_id", CLASSES, "view_attendance"),
    "api.class_absences": for_each("/api/v1/class/{}/absences", "class_id", CLASSES, "view_attendance"),
    "api.missed": for_each("/api/v1/absences/{}", "pupil", PUPILS, "view_attendance"),
    "api.class_list": for_each("/api/v1/school/class/{}", "class_id", CLASSES, *LIST),
    "api.pupil_card": for_each("/api/v1/pupils/{}", "pupil", PUPILS, *LIST),
}

# Who is signed in is all they ask, or they show only what is found allowed: no one else's data is there.
ASK_THEMSELVES = {
    "landing.landing",
    "teacher.today",
    "teacher.journals",
    "family.children",
    "api.children",
    "klass.own",
    "programme.listed",
    "api.journals",
    "api.programme",
    "api.today",
}
# Nobody need be signed in, or it is one's own door.
OPEN = {
    *("static", "bootstrap.static", "fonts.font", "health.healthz", "api-docs.openapi_json"),
    *("auth.sign_in", "auth.password", "auth.unlock", "auth.report"),
}
# What hangs on a thing that must be made first is tried where it is made.
ELSEWHERE = {
    "archive.label": "test_archive.py",
    "certificates.one": "test_certificate_pages.py",
    "certificates.printed": "test_certificate_pages.py",
    "api.certificate": "test_certificate_pages.py",
    "papers.order": "test_papers.py",
    "control.behind": "test_control_pages.py",
    "api.control_behind": "test_control_pages.py",
    "feeds.calendar": "test_feeds.py",
    "family_office.printed": "test_slips.py",
    "family_office.printed_of_pupil": "test_slips.py",
    "exchange.batch": "test_exchange.py",
    "imports.one": "test_import_desk_web.py",
    "imports.state": "test_import_desk_web.py",
    "materials.download": "test_materials.py",
    "incidents.one": "test_incident_doors.py",
    "incidents.act": "test_incident_doors.py",
    "incidents.printed": "test_incident_doors.py",
    "api.incident": "test_incident_doors.py",
    "plans.one": "test_plan_pages.py",
    "reconciliation.listed": "test_reconciliation_page.py",
    "reinstatement.own": "test_reinstatement_doors.py",
    "api.reinstatement": "test_reinstatement_doors.py",
    "api.reconciliation": "test_reconciliation_page.py",
    "api.plan": "test_plan_pages.py",
    "plans.drawn_up": "test_plan_pages.py",
}


def lesson_target(site: Site) -> dict[str, object]:
    lesson = school_of(site).timetable.by_id[site.lesson()]
    return {"lesson": lesson, "on": lesson.date, "journal": lesson.journal}


def opens(each: Door, site: Site, person: UUID) -> bool:
    fields: dict[str, object] = {"person": person, **each.target}
    if fields.get("lesson") == LESSON:
        fields |= lesson_target(site)
    target = Target(today=site.today, **fields)  # type: ignore[arg-type]
    return any(acting_role(person, action, target, school_of(site)) for action in each.actions)


TRIED = [(endpoint, each) for endpoint, found in DOORS.items() for each in found]


@pytest.mark.parametrize(
    ("endpoint", "each"), TRIED, ids=[f"{endpoint} {n}" for n, (endpoint, _) in enumerate(TRIED)]
)
def test_a_page_is_for_those_the_table_names(
    endpoint: str, each: Door, site: Site, everybody: dict[str, Caller]
) -> None:
    address = site.url + each.address.replace(LESSON, str(site.lesson()))
    for login, caller in everybody.items():
        may = login not in each.shut and opens(each, site, named(PEOPLE[login]))
        status = requests.get(address, headers=caller.headers, timeout=20, allow_redirects=False).status_code
        # a list with one thing in it leads there at once
        assert status in (200, 302) if may else status in (403, 404), (login, status, may)


def routes(method: str) -> set[str]:
    app = Flask("web")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.install(app)
    return {rule.endpoint for rule in app.url_map.iter_rules() if method in (rule.methods or ())}


def test_every_page_says_here_what_it_asks() -> None:
    assert routes("GET") - OPEN - ASK_THEMSELVES - set(ELSEWHERE) == set(DOORS)


def test_what_is_tried_elsewhere_is_tried_there() -> None:
    for endpoint, file in ELSEWHERE.items():
        assert (Path(__file__).parent / file).is_file(), endpoint


# Forms that are no commands of the API, sent with a file and nothing else.
FORMS: dict[str, Door] = {
    "archive.keep": door("/archive", "print_year"),
    "admin_accounts.block": door(f"/accounts/{SOKOLOVA}/block", "manage_accounts"),
    "admin_accounts.end_sessions": door(f"/accounts/{uuid4()}/end-sessions", "manage_accounts"),
    "admin_accounts.issue": door("/accounts/issue", "manage_accounts"),
    "admin_accounts.reopen": door(f"/accounts/{SOKOLOVA}/reopen", "manage_accounts"),
    "admin_accounts.unblock": door(f"/accounts/{SOKOLOVA}/unblock", "manage_accounts"),
    "family_access.issue": door(f"/class/{CLASS}/access", "issue_family_credentials", class_id=CLASS),
    "imports.again": door(f"/import/{uuid4()}/again", "import_school"),
    "imports.apply": door(f"/import/{uuid4()}/apply", "import_school"),
    "imports.discard": door(f"/import/{uuid4()}/discard", "import_school"),
    "imports.upload": door("/import/", "import_school"),
    "exchange.make": door("/exchange", "export_portal"),
    "feeds.issue": door("/feeds", "keep_feeds"),
    "feeds.revoke": door(f"/feeds/{uuid4()}/revoke", "keep_feeds"),
    "jobs.run": door("/jobs/deadlines/run", "run_job"),
    "klass.contacts_of": door(f"/class/{CLASS}/contacts/{KALYANA}", "keep_contacts", class_id=CLASS),
    "klass.verified": door(f"/class/{CLASS}/contacts/verified", "keep_contacts", class_id=CLASS),
    "materials.attach": door(f"/lesson/{LESSON}/files", "write_lesson", lesson=LESSON),
    "plans.preview": door(f"/plans/{uuid4()}/preview", "write_plan"),
}
SIGNING = {"auth.sign_in", "auth.sign_out", "auth.password", "auth.unlock", "auth.report"}


@pytest.mark.parametrize("endpoint", sorted(FORMS))
def test_a_form_is_for_those_the_table_names(endpoint: str, site: Site, everybody: dict[str, Caller]) -> None:
    each = FORMS[endpoint]
    address = site.url + each.address.replace(LESSON, str(site.lesson()))
    for login, caller in everybody.items():
        if opens(each, site, named(PEOPLE[login])):
            continue  # what it does for them has tests of its own
        answer = requests.post(
            address,
            headers={**caller.headers, "Idempotency-Key": str(uuid4()), "Accept": "application/json"},
            files={"file": ("a.txt", b"text")},
            timeout=20,
            allow_redirects=False,
        )
        assert answer.status_code in (403, 404), (login, answer.status_code, answer.text[:300])


def test_every_form_says_here_what_it_asks() -> None:
    forms = {each for each in routes("POST") if not each.startswith("api.")}
    assert forms - SIGNING == set(FORMS)
