"""What the environment may say, and the key file it points at (docs/configuration.md)."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from web.config import BadConfig, read_config
from web.keyfile import BadKey, create_key, read_key


def test_a_misspelt_variable_is_refused_by_name():
    with pytest.raises(BadConfig, match="LETOPIS_HOEM"):
        read_config({"LETOPIS_HOEM": "/srv/letopis"})


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "8080.0", "٨٠٨٠"])
def test_a_port_that_is_no_port_is_refused(port):
    with pytest.raises(BadConfig, match="PORT"):
        read_config({"HOME": "/root", "PORT": port})


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_first_and_the_last_port_are_taken(port):
    assert read_config({"PORT": port}).port == int(port)


def test_a_refused_database_address_does_not_repeat_its_password():
    with pytest.raises(BadConfig) as refusal:
        read_config({"DATABASE_URL": "mysql://letopis:s3cret@db/letopis"})
    assert "s3cret" not in str(refusal.value)


def test_a_migrator_without_a_database_is_refused():
    with pytest.raises(BadConfig, match="DATABASE_URL"):
        read_config({"LETOPIS_MIGRATOR_URL": "postgresql://letopis_migrator@db/letopis"})


def test_the_master_key_lies_in_the_home_unless_told_otherwise(tmp_path):
    assert read_config({"LETOPIS_HOME": str(tmp_path)}).master_key_file == tmp_path / "master.key"
    elsewhere = {"LETOPIS_HOME": str(tmp_path), "LETOPIS_MASTER_KEY_FILE": "/run/secrets/letopis"}
    assert read_config(elsewhere).master_key_file == Path("/run/secrets/letopis")


def test_a_key_is_private_random_and_never_replaced(tmp_path):
    create_key(tmp_path / "one")
    create_key(tmp_path / "two")
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600
    assert len(read_key(tmp_path / "one")) == 32
    assert read_key(tmp_path / "one") != read_key(tmp_path / "two")
    with pytest.raises(FileExistsError):
        create_key(tmp_path / "one")


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32, "ключ"])
def test_a_file_that_holds_no_key_is_refused(tmp_path, text):
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(BadKey):
        read_key(file)


def test_a_key_that_others_may_read_is_refused(tmp_path):
    create_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(BadKey, match="chmod 600"):
        read_key(tmp_path / "key")


def test_the_service_under_every_diary_has_the_name_the_school_gives_it(tmp_path):
    assert read_config({}).service.startswith("Предоставление информации о текущей успеваемости")
    assert read_config({"LETOPIS_SERVICE": "Электронный дневник"}).service == "Электронный дневник"
