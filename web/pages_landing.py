"""«/»: everybody lands where their work is."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web import reading
from web.navigation import links

blueprint = Blueprint("landing", __name__)
# The first of these somebody has the role for; who has none gets a page that lists what they may read.
AT_ONCE = ("teacher.today", "deputy.inbox", "klass.own", "family.children", "admin_accounts.people")


@blueprint.get("/")
def landing() -> ResponseReturnValue:
    mine = {link.endpoint for link in links(str(role) for role in g.actor.roles)}
    for endpoint in AT_ONCE:
        if endpoint in mine:
            return redirect(url_for(endpoint))
    return render_template("landing/landing.html", tour=reading.demonstration())
