"""Backup and restore, rehearsed with the commands on real databases."""

import shutil
import sqlite3
import tarfile
import threading
from pathlib import Path

import pytest

from tests.cli.test_site import RECEIVE, run
from tests.postgresql import private_server

ATTACH = """
import django, io; django.setup()
from django.utils import timezone
from commonplace.apps.library.actions import attach_file
from commonplace.apps.library.models import Talk
from commonplace.apps.people.actions import open_account
from commonplace.apps.people.models import Role
now = timezone.now()
by = open_account(email="mei@example.org", name="Mei", role=Role.EDITOR, now=now)
data = io.BytesIO(b"%PDF-1.7" + bytes(range(256)))
attach_file(talk=Talk.objects.get().pk, kind="slides", title="", file=data, name="deck.pdf", by=by, now=now)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the home of a site that has a talk with captions and slides, and a backup of it."""
    folder = tmp_path_factory.mktemp("made")
    run(folder / "home", "worker", "--until-empty")
    run(folder / "home", "-c", RECEIVE.format(data="data"))
    run(folder / "home", "worker", "--until-empty")
    run(folder / "home", "-c", ATTACH)
    run(folder / "home", "backup", str(folder / "site.tar"))
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of that site, to be changed at will."""
    shutil.copytree(made / "home", tmp_path / "home")
    return tmp_path / "home"


def rows_of(home: Path) -> list[tuple[object, ...]]:
    """Every row of the library."""
    database = sqlite3.connect(home / "database.sqlite3")
    names = [
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'library_%'")
    ]
    rows = [(name, *row) for name in sorted(names) for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608 - our tables
    database.close()
    return rows


def media_of(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "media").rglob("*") if path.is_file()}


def test_a_site_comes_back_as_it_was(made: Path, tmp_path: Path):
    run(tmp_path / "new", "recover", str(made / "site.tar"))
    assert rows_of(tmp_path / "new") == rows_of(made / "home")
    assert media_of(tmp_path / "new") == media_of(made / "home")
    assert len(media_of(tmp_path / "new")) == 2
    assert (tmp_path / "new" / "secret_key").read_text() == (made / "home" / "secret_key").read_text()


def test_a_site_that_has_talks_is_replaced_only_when_asked(made: Path, home: Path):
    before = rows_of(home)
    run(home, "-c", RECEIVE.format(data="data"))
    assert "--replace" in run(home, "recover", str(made / "site.tar"), expect=2)
    assert rows_of(home) != before
    run(home, "recover", str(made / "site.tar"), "--replace")
    assert rows_of(home) == before


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(made: Path):
    assert (made / "site.tar").stat().st_mode & 0o077 == 0
    assert "there already" in run(made / "home", "backup", str(made / "site.tar"), expect=2)


def test_what_is_written_meanwhile_is_whole_or_absent(home: Path, tmp_path: Path):
    database = sqlite3.connect(home / "database.sqlite3", timeout=60)
    database.execute("CREATE TABLE pair (one INTEGER, two INTEGER)")
    stop = threading.Event()

    def write() -> None:
        writer = sqlite3.connect(home / "database.sqlite3", timeout=60)
        number = 0
        while not stop.is_set():
            with writer:
                writer.execute("INSERT INTO pair (one) VALUES (?)", [number])
                writer.execute("UPDATE pair SET two = one WHERE one = ?", [number])
            number += 1
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        run(home, "backup", str(tmp_path / "site.tar"))
    finally:
        stop.set()
        thread.join()
        database.close()
    with tarfile.open(tmp_path / "site.tar") as archive:
        archive.extract("database", tmp_path, filter="data")
    copy = sqlite3.connect(tmp_path / "database")
    assert copy.execute("SELECT count(*) FROM pair WHERE two IS NULL").fetchone() == (0,)
    copy.close()


@pytest.mark.parametrize("damage", ["text", "cut", "manifest", "escape"])
def test_a_file_that_is_no_sound_backup_is_refused_and_nothing_is_touched(
    made: Path, home: Path, tmp_path: Path, damage: str
):
    backup, before = tmp_path / "site.tar", rows_of(home)
    if damage == "text":
        backup.write_text("no backup")
    elif damage == "cut":
        backup.write_bytes((made / "site.tar").read_bytes()[:40_000])
    else:
        (tmp_path / "notes.txt").write_text("x")
        with tarfile.open(backup, "w") as archive:
            archive.add(tmp_path / "notes.txt", "notes.txt" if damage == "manifest" else "../escaped.txt")
    assert "Traceback" not in run(home, "recover", str(backup), "--replace", expect=2)
    assert rows_of(home) == before
    assert not list(tmp_path.rglob("escaped.txt"))


def test_a_site_on_postgresql_comes_back_as_it_was(made: Path, tmp_path: Path):
    with private_server() as address:
        home = tmp_path / "home"
        run(home, "worker", "--until-empty", DATABASE_URL=address)
        for _ in range(2):
            run(home, "-c", RECEIVE.format(data="data"), DATABASE_URL=address)
        run(home, "worker", "--until-empty", DATABASE_URL=address)
        run(home, "backup", str(tmp_path / "site.tar"), DATABASE_URL=address)
        run(home, "-c", RECEIVE.format(data="data"), DATABASE_URL=address)
        run(home, "worker", "--until-empty", DATABASE_URL=address)
        assert "3 talks" in run(home, "doctor", DATABASE_URL=address)
        run(home, "recover", str(tmp_path / "site.tar"), "--replace", DATABASE_URL=address)
        assert "2 talks" in run(home, "doctor", DATABASE_URL=address)
    assert "of postgresql" in run(tmp_path / "other", "recover", str(tmp_path / "site.tar"), expect=2)
