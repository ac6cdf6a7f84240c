"""Run a command with DATABASE_URL naming a private PostgreSQL server, which lives exactly as long as the command.

`python tests/postgresql.py pytest -m database`: the server's files stand in a temporary folder, it listens on a free
port of the loopback interface, asks for a password made for this run, and never waits for the disk.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

STARTS_WITHIN_SECONDS = 60


def find_program(name: str) -> str:
    """The path of one of PostgreSQL's own programs: Debian keeps them off PATH, the newest version wins.

    Raises `SystemExit` with what to install.
    """
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    for folder in reversed(versions):
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"PostgreSQL's {name} is not on this machine: install the package postgresql.")
    return found


def server_user() -> dict[str, Any]:
    """Whom the server runs as, for `subprocess`: PostgreSQL refuses to be root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody to run it as.")


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server answers; raises `SystemExit` with its log when it ends or takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@contextmanager
def private_server() -> Iterator[str]:
    """The address of a new PostgreSQL server; on leaving, it is stopped and its files are deleted."""
    user = server_user()
    folder = Path(tempfile.mkdtemp(prefix="commonplace-postgresql-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            os.chown(path, user["user"], user["group"])
    data, log, port = folder / "data", folder / "log", free_port()
    address = f"postgresql://commonplace:{password}@127.0.0.1:{port}/postgres"
    initialise = [find_program("initdb"), f"--pgdata={data}", "--username=commonplace", "--auth=scram-sha-256"]
    initialise += [f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    serve = [find_program("postgres"), "-D", str(data), "-p", str(port), "-k", "", "-h", "127.0.0.1"]
    serve += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    try:
        with log.open("wb") as output:
            if subprocess.run(initialise, cwd=folder, stdout=output, stderr=output, check=False, **user).returncode:
                raise SystemExit(f"initdb failed:\n{log.read_text(errors='replace')}")
            server = subprocess.Popen(serve, cwd=folder, stdout=output, stderr=output, **user)
        try:
            wait_until_ready(address, server, log)
            yield address
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder)


def main(command: list[str]) -> int:
    """Run the command beside a private server; returns its exit status."""
    if not command:
        raise SystemExit("usage: python tests/postgresql.py COMMAND [ARGUMENT]…")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with private_server() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
