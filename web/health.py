"""/healthz: whether the journal can answer, for whoever watches the machine. Says nothing else."""

from __future__ import annotations

import psycopg
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from psycopg_pool import PoolTimeout

from web.premises import premises

blueprint = Blueprint("health", __name__)
PATIENCE = 2.0  # seconds


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    try:
        with premises().pool.connection(timeout=PATIENCE) as connection:
            connection.execute("SELECT 1")
    except (PoolTimeout, psycopg.OperationalError):
        return jsonify(status="no database"), 503
    return jsonify(status="ok")
