"""Brings the catalogues of messages up to date with the source, and compiles them: what `make messages` does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "commonplace"
LANGUAGES = ("ja",)
"""Those with a catalogue; the messages themselves are English."""

_DATE_OF_EXTRACTION = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


def collect(source: Path) -> list[Path]:
    """Write every message of these sources into the catalogues in their folder ``locale``, and return those.

    New messages come without a translation, or with a similar one marked as fuzzy; those no longer used go. Raises
    `subprocess.CalledProcessError` where GNU gettext is missing.
    """
    command = [sys.executable, "-m", "django", "makemessages", "--no-wrap", "--no-obsolete", "--add-location=file"]
    command += ["--extension=html,txt,py", "--ignore=site/demo/*", *(f"--locale={language}" for language in LANGUAGES)]
    # Without the site's settings, whose LOCALE_PATHS would lead back to the catalogues of the installed package.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True, text=True)
    catalogues = [source / "locale" / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES]
    for catalogue in catalogues:
        text = catalogue.read_text(encoding="utf-8")
        # When it was collected would differ each time, and say nothing.
        catalogue.write_text(_DATE_OF_EXTRACTION.sub("", text), encoding="utf-8")
    return catalogues


def compile_catalogue(catalogue: Path) -> None:
    """Write the ``.mo`` beside a ``.po``; raises `subprocess.CalledProcessError` where msgfmt finds a mistake in it."""
    command = ["msgfmt", "--check-format", "--output-file", str(catalogue.with_suffix(".mo")), str(catalogue)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    for written in collect(SOURCE):
        compile_catalogue(written)
        subprocess.run(["msgfmt", "--statistics", "--output-file=/dev/null", str(written)], check=True)
