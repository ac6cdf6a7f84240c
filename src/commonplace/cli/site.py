"""`commonplace serve`, `worker`, `doctor` and `demo`: running the site."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import click

from commonplace.site import DEMO_MARK

_POSSIBLE_PORTS = click.IntRange(1, 65535)


def open_site(*, prepare: bool = False) -> None:
    """Load the site's settings and apps, with ``prepare`` also its tables; what is wrong ends with status 2."""
    import django  # the engine commands, which never come here, start without it
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.site.settings")
    try:
        django.setup()
        if prepare:
            from commonplace.site.database import migrate_database

            applied = migrate_database()
            if applied:
                click.echo(f"Brought the database up to date: {len(applied)} migrations.", err=True)
    except ImproperlyConfigured as error:
        _refuse(f"The site does not open: {error}\n  docs/reference/settings.md lists every setting.")
    except DatabaseError as error:
        _refuse(f"The site does not open: {error}\n  `commonplace doctor` looks at each part.")
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}\n  Set COMMONPLACE_HOME to a folder that you may write to.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=_POSSIBLE_PORTS, help="The port to listen at.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
def serve_command(host: str, port: int, workers: int) -> None:
    """Serve the site.

    Brings the database up to date first. Run `commonplace worker` beside it: it reads captions and sends mail, sign-in
    codes too. Stops on Ctrl+C or SIGTERM, after the answers under way.
    """
    _require_free_port(host, port)
    open_site(prepare=True)
    _serve(host=host, port=port, workers=workers)


@click.command("worker")
@click.option("--until-empty", is_flag=True, help="Stop when no job is waiting.")
@click.option("--quiet", is_flag=True, help="Say only what goes wrong.")
def worker_command(*, until_empty: bool, quiet: bool) -> None:
    """Do the site's background work.

    Several may run at once. Stops on Ctrl+C or SIGTERM, after the job in hand; the job of a worker that was killed is
    done again by another.
    """
    open_site(prepare=True)
    import logging

    from commonplace.apps.jobs import actions

    logging.getLogger("commonplace").setLevel(logging.WARNING if quiet else logging.INFO)
    actions.work(until_empty=until_empty)


@click.command("doctor")
@click.pass_context
def doctor_command(context: click.Context) -> None:
    """Check that this installation is healthy.

    One line for each part: ok, or what to do. Repairs nothing. Exit status 1 where something is wrong.
    """
    open_site()
    from django.utils import timezone

    from commonplace.site.health import examine_site

    is_well = True
    for finding in examine_site(now=timezone.now()):
        is_well &= finding.is_well
        verdict = "ok   " if finding.is_well else "WRONG"
        click.echo(f"{verdict} {finding.subject}: {finding.seen}")
        if not finding.is_well:
            click.echo(f"      {finding.advice}")
    context.exit(0 if is_well else 1)


@click.command("demo")
@click.option(
    "--home",
    default="var/demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the sample community; an earlier demo in it is replaced.",
)
@click.option("--port", default=8000, show_default=True, type=_POSSIBLE_PORTS, help="The port to listen at.")
@click.option("--no-serve", is_flag=True, help="Make the sample community, and stop there.")
def demo_command(home: Path, port: int, *, no_serve: bool) -> None:
    """Serve a sample community.

    Made afresh each time, in a folder and database of its own: your site is not touched. Sign in as
    ada@harbour.example, who organises it, mei@harbour.example, an editor, or jonas@harbour.example, a member; the code
    is on the page /mail/.
    """
    if not no_serve:
        _require_free_port("127.0.0.1", port)
    try:
        _clear_demo(home)
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}\n  Name another folder with --home.")
    os.environ["COMMONPLACE_HOME"] = str(home.resolve())
    os.environ["COMMONPLACE_COMMUNITY"] = "Harbour ML"
    os.environ["COMMONPLACE_DEMO"] = "yes"
    os.environ.pop("DATABASE_URL", None)
    open_site(prepare=True)
    _plant_sample_community()
    if no_serve:
        click.echo(f"The sample community lies in {home}.")
    else:
        _serve(host="127.0.0.1", port=port, workers=2, hooks="commonplace.site.demo_server")


def _refuse(problem: str) -> NoReturn:
    click.echo(problem, err=True)
    raise SystemExit(2)


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            _refuse(f"{host}:{port}: {error.strerror}\n  Choose another --port or --host, or stop what listens there.")


def _serve(*, host: str, port: int, workers: int, hooks: str | None = None) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Commonplace is at http://{shown}:{port} (Ctrl+C stops it)")
    sys.stdout.flush()
    # gunicorn takes this process over, so that signals and the exit status are its own.
    os.execv(  # noqa: S606  # no shell is wanted: the arguments are a list
        sys.executable,
        [
            *(sys.executable, "-m", "gunicorn", "commonplace.site.wsgi:application"),
            *("--bind", f"{shown}:{port}", "--workers", str(workers)),
            *("--worker-class", "gthread", "--threads", "4"),
            # Seconds: a request may take 30, one under way gets 20 to end, an idle connection is kept for 5.
            *("--timeout", "30", "--graceful-timeout", "20", "--keep-alive", "5"),
            # Below an error, gunicorn would note each HEAD request, which Django answers with a body.
            *("--log-level", "error", "--no-control-socket"),
            *(["--config", f"python:{hooks}"] if hooks else []),
        ],
    )


def _clear_demo(home: Path) -> None:
    if home.is_dir() and any(home.iterdir()):
        if not (home / DEMO_MARK).is_file():
            _refuse(f"{home}: something other than a demo lies here\n  Name another folder with --home.")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / DEMO_MARK).write_text("`commonplace demo` made this folder, and replaces it the next time.\n")


def _plant_sample_community() -> None:
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import Progress

    from commonplace.apps.jobs import queries as jobs
    from commonplace.site import sample_community

    sample_community.plant_people(now=timezone.now())
    sample_community.plant_pages(now=timezone.now())
    sample_community.plant_accounts(now=timezone.now())
    titles = list(sample_community.plant_captions(now=timezone.now()))
    worker = subprocess.Popen([sys.executable, "-m", "commonplace", "worker", "--until-empty", "--quiet"])
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Reading captions", total=len(titles))
        while worker.poll() is None:
            queue = jobs.get_queue(now=timezone.now())
            progress.update(task, completed=len(titles) - queue.waiting - queue.running)
            time.sleep(0.1)
    queue = jobs.get_queue(now=timezone.now())
    if worker.returncode or queue.failed or queue.waiting:
        _refuse(f"{queue.failed} of {len(titles)} sample talks could not be read; the lines above say why.")
    sample_community.plant_transcripts(now=timezone.now())
    click.echo(f"{len(titles)} sample talks are published.", err=True)
