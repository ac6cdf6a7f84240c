"""Write the pages of docs/reference from the code they describe; with --check, only say which of them are stale."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import django

REFERENCE = Path(__file__).parent / "reference"
HELP_COLUMNS = 100
GENERATED = "<!-- Written by docs/generate.py from the code: change it there, then run `make docs`. -->"


def first_sentence(text: str | None) -> str:
    """The first sentence of a docstring, on one line."""
    paragraph = " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split())
    sentence, full_stop, _ = paragraph.partition(". ")
    return sentence + full_stop.strip()


def cell(text: str) -> str:
    """The text so that it stays inside one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(*rows: tuple[str, ...]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = ("| " + " | ".join(cell(text) for text in row) + " |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def write_commands() -> str:
    """The help text of every command, as a terminal shows it."""
    from commonplace.cli.main import COMMANDS, cli

    sections = ["# Commands", GENERATED, "Every command answers `--help`; this page is what they say."]
    root = click.Context(cli, info_name="commonplace", terminal_width=HELP_COLUMNS, **cli.context_settings)
    sections.append(f"```text\n{cli.get_help(root)}\n```")
    for name, (_, summary) in COMMANDS.items():
        command = cli.resolve_command(root, [name])[1]
        if command is None:
            raise LookupError(f"COMMANDS names {name}, and the command line does not know it")
        context = click.Context(command, info_name=name, parent=root, terminal_width=HELP_COLUMNS)
        sections.append(f"## {name}\n\n{summary}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(sections) + "\n"


def write_formats() -> str:
    """Every caption format: what it is called, what its times are known to, whether it is written too."""
    from commonplace.engines.transcripts.formats import FORMATS

    rows = [("name", "format", "times known to", "read", "written")]
    sections = []
    for form in FORMATS:
        rows.append((f"[{form.name}](#{form.name})", form.title, form.precision, "yes", "yes" if form.write else "no"))
        sections.append(f"## {form.name}\n\n{first_sentence(sys.modules[form.read.__module__].__doc__)}")
    introduction = (
        "A format is recognised by what the file holds, never by its name. They are tried in this order; the first\n"
        "that recognises the file reads it. *Times known to* says how fine the times of a format's cues are: where a\n"
        "file times each word, that is kept too, and our own Transcript JSON says itself what its times are known to."
    )
    return "\n\n".join(["# Caption formats", GENERATED, introduction, table(*rows), *sections]) + "\n"


def write_settings() -> str:
    """Every environment variable the site reads."""
    from commonplace.site.settings import SETTINGS

    rows = [("variable", "default", "what it does")]
    rows += [
        (f"`{name}`", f"`{setting.default}`" if setting.default else "", setting.meaning)
        for name, setting in SETTINGS.items()
    ]
    introduction = "The site is configured by environment variables; without any, it runs on this machine alone."
    return "\n\n".join(["# Settings", GENERATED, introduction, table(*rows)]) + "\n"


def handler_modules() -> list[ModuleType]:
    """The handlers of every app, in the order of their names."""
    import commonplace.apps

    apps = [app.name for app in pkgutil.iter_modules(commonplace.apps.__path__, "commonplace.apps.")]
    names = [f"{app}.handlers" for app in apps]
    return [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]


def find_jobs() -> dict[str, Callable[..., object]]:
    """Every job of the site by its name: `library.publish_captions` is a function in that app's handlers."""
    return {
        f"{module.__name__.split('.')[-2]}.{name}": value
        for module in handler_modules()
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


def write_jobs() -> str:
    """Every job that `commonplace worker` does."""
    rows = [("job", "what it does")]
    rows += [(f"`{name}`", first_sentence(job.__doc__)) for name, job in sorted(find_jobs().items())]
    introduction = "Jobs are rows of the database, done by `commonplace worker`; each may run twice without harm."
    return "\n\n".join(["# Jobs", GENERATED, introduction, table(*rows)]) + "\n"


def write_retention() -> str:
    """What the site keeps of people, and how long."""
    from commonplace.site.retention import list_limits

    rows = [("what", "how long"), *((limit.what, limit.how_long) for limit in list_limits())]
    introduction = "What the daily chores let go of, and when; every site shows the same table at `/privacy/`."
    return "\n\n".join(["# What is kept, and how long", GENERATED, introduction, table(*rows)]) + "\n"


def generate() -> dict[Path, str]:
    """Every generated page and its text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.site.settings")
    django.setup()
    return {
        REFERENCE / "commands.md": write_commands(),
        REFERENCE / "formats.md": write_formats(),
        REFERENCE / "settings.md": write_settings(),
        REFERENCE / "jobs.md": write_jobs(),
        REFERENCE / "retention.md": write_retention(),
    }


def find_stale(pages: dict[Path, str]) -> list[Path]:
    """The pages whose file is missing or differs."""
    return [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name the stale ones; returns 1 if there are any."""
    stale = find_stale(pages := generate())
    if arguments == ["--check"]:
        for path in stale:
            click.echo(f"{path.relative_to(Path.cwd())} is stale: run `make docs`.", err=True)
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
        click.echo(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
