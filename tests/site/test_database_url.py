import sqlite3
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured

from commonplace.site.database_url import read_database_url, sqlite_database


def test_every_part_of_an_address_is_read():
    database = read_database_url("postgresql://ada:p%40ss%2Fword@db.example.org:6543/common%20place?sslmode=require")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("ada", "p@ss/word")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", "6543", "common place")
    assert database["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["postgres:///commonplace", "postgresql://localhost/commonplace"])
def test_what_an_address_leaves_out_is_left_to_postgresql(url):
    database = read_database_url(url)
    assert (database["NAME"], database["USER"], database["PORT"]) == ("commonplace", "", "")


def test_a_socket_s_folder_is_a_host():
    assert read_database_url("postgresql://%2Fvar%2Frun%2Fpostgresql/x")["HOST"].lower() == "/var/run/postgresql"


def test_sqlite_is_named_by_its_absolute_path():
    assert read_database_url("sqlite:////srv/common%20place.sqlite3")["NAME"] == "/srv/common place.sqlite3"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x:secret@h/d",
        "postgresql://x:secret@h",
        "postgresql://x:secret@h:a/d",
        "postgresql://x:secret@[h/d",
        "sqlite://x",
        "nonsense",
    ],
)
def test_another_address_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="expected postgresql://") as refused:
        read_database_url(url)
    assert "secret" not in str(refused.value)


def test_what_is_deleted_from_a_file_is_not_in_the_file_any_more(tmp_path):
    options = sqlite_database(tmp_path / "database")["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "database", isolation_level=None)) as database:
        database.executescript(options["init_command"])
        database.execute("CREATE TABLE said (words TEXT)")
        database.execute("INSERT INTO said VALUES ('Quittenbrot')")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Quittenbrot" in (tmp_path / "database").read_bytes()
        database.execute("DELETE FROM said")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(b"Quittenbrot" in path.read_bytes() for path in tmp_path.iterdir())
