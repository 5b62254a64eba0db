"""`letopis`: the command line. A new command is one line in COMMANDS."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg

from commands.deciding import Refusal
from ledger.migrate import SchemaMismatch, UnsafeServer
from web import (
    cli_accounts,
    cli_archive,
    cli_backup,
    cli_database,
    cli_demo,
    cli_doctor,
    cli_import,
    cli_pages,
    cli_serve,
)
from web.account_desk import NotEntered
from web.backup import BackupFailed
from web.cli_accounts import NotFound
from web.cli_demo import NotEmpty
from web.cli_import import NotImported
from web.cluster import ClusterFailed
from web.config import BadConfig, Config, read_config
from web.first_admin import NoFirstAdmin
from web.identity import NoIdentity
from web.keyfile import BadKey
from web.logs import configure_logs
from web.year_archive import NotArchived

# Each carries a sentence for the reader; anything else is a defect and shows its traceback.
REFUSALS = (
    Refusal,
    NotEntered,
    NotEmpty,
    NotImported,
    NotArchived,
    NotFound,
    NoFirstAdmin,
    BadConfig,
    BadKey,
    BackupFailed,
    ClusterFailed,
    NoIdentity,
    SchemaMismatch,
    UnsafeServer,
)

Run = Callable[[Config, argparse.Namespace], int]
Arguments = Callable[[argparse.ArgumentParser], None]


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True)
class Command:
    """What `--help` says, what is run (its result is the exit status), what it takes."""

    help: str
    run: Run
    arguments: Arguments = no_arguments


COMMANDS = {
    "serve": Command("запустить журнал", cli_serve.serve, cli_serve.arguments),
    "migrate": Command("обновить схему базы", cli_database.migrate),
    "dsn": Command("показать, как подключиться к базе ролью приложения", cli_database.dsn),
    "backup": Command("сохранить копию базы и, отдельно, ключей", cli_backup.backup, cli_backup.arguments),
    "archive": Command("собрать архив учебного года", cli_archive.archive, cli_archive.arguments),
    "restore": Command("восстановить копию в пустую базу", cli_backup.restore, cli_backup.arguments),
    "create-admin": Command(
        "создать первого администратора школы", cli_accounts.create_admin, cli_accounts.admin_arguments
    ),
    "issue-passwords": Command(
        "выдать одноразовые пароли", cli_accounts.issue_passwords, cli_accounts.password_arguments
    ),
    "import-school": Command(
        "загрузить школу из набора CSV", cli_import.import_school, cli_import.school_arguments
    ),
    "import-timetable": Command(
        "загрузить расписание aSc", cli_import.import_timetable, cli_import.timetable_arguments
    ),
    "demo": Command("создать демонстрационную школу", cli_demo.demo, cli_demo.arguments),
    "doctor": Command("проверить установку", cli_doctor.doctor),
    "rebuild": Command("построить страницы заново из записей", cli_pages.rebuild),
    "check": Command("сверить страницы с записями", cli_pages.check),
    "replay": Command(
        "сверить страницы с простым пересчётом записей", cli_pages.replay, cli_pages.replay_arguments
    ),
    "regulation": Command("проверить файл порядка", cli_pages.regulation, cli_pages.regulation_arguments),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 1 with a sentence on stderr when it could not."""
    options = _parser().parse_args(arguments)
    try:
        config = read_config(os.environ)
        configure_logs(config.log_format)
        return COMMANDS[options.command].run(config, options)
    except REFUSALS as refusal:
        print(f"letopis: {refusal}", file=sys.stderr)
    except psycopg.OperationalError as error:
        print(f"letopis: база недоступна: {str(error).strip()}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="letopis", description="Летопись — электронный классный журнал")
    commands = parser.add_subparsers(dest="command", required=True, metavar="команда")
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.help, description=command.help))
    return parser


if __name__ == "__main__":
    sys.exit(main())
