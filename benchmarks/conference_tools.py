"""The page of one talk, as Commonplace and as pretalx serve it: requests a second, and how long the slowest take.

`python -m benchmarks.conference_tools [VIRTUALENV]`. pretalx, in the version below, comes from the package index into a
virtual environment of its own: the one named, or a temporary one. Both run under gunicorn with two processes, with
SQLite, without debugging; the same four clients ask both in turn, so that whatever else the machine does
meets both alike. The talk has a title, two speakers, an abstract and 8,000 words. Commonplace serves them as a
transcript with times; pretalx, once as the description of its talk, and once without them, with the abstract alone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks._serving import (
    SEED,
    WORDS_A_TURN,
    Answers,
    ask,
    describe_load,
    free_port,
    make_transcript,
    make_vocabulary,
    make_words,
    run_command,
    serve,
    serve_site,
)

PRETALX = "2025.2.2"
WORDS = 8_000
ABSTRACT_WORDS = 80
CLIENTS = 4
REQUESTS_A_CLIENT = 25
ROUNDS = 5
AT_LEAST = 5
"""Times as many requests a second as pretalx answers."""


def install_pretalx(folder: Path) -> Path:
    """The Python of the virtual environment in this folder, which has pretalx afterwards."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        wanted = [f"pretalx=={PRETALX}", f"gunicorn=={version('gunicorn')}"]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


@contextmanager
def serve_pretalx(python: Path, data: Path, talk: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The address of a pretalx with this talk, and the path of the talk's page."""
    data.mkdir(parents=True)
    port = free_port()
    environment = {
        "PRETALX_DATA_DIR": str(data),
        "PRETALX_FILESYSTEM_DATA": str(data),
        "PRETALX_FILESYSTEM_STATIC": str(data / "static"),
        "PRETALX_DB_TYPE": "sqlite3",
        "PRETALX_DB_NAME": str(data / "db.sqlite3"),
        "PRETALX_DEBUG": "False",
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
    }
    whole = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
    for command in ("migrate", "collectstatic"):
        arguments = [str(python), "-m", "pretalx", command, "--noinput"]
        subprocess.run(arguments, check=True, env=whole, cwd=data, capture_output=True)
    maker = str(Path(__file__).with_name("_pretalx_event.py"))
    made = subprocess.run(
        [str(python), maker], input=json.dumps(talk), check=True, env=whole, cwd=data, capture_output=True, text=True
    )
    command = [
        *(str(python), "-m", "gunicorn", "pretalx.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2"),
        # Without threads, as its manual runs it: its Markdown renderer is shared, and answers 500 from two at once.
        *("--worker-class", "sync", "--timeout", "30", "--log-level", "error"),
    ]
    with serve(command, environment | {"PYTHONPATH": ""}, port=port, folder=data) as address:
        yield address, made.stdout.split()[-1]


@contextmanager
def serve_commonplace(folder: Path, words: list[str], abstract: str) -> Iterator[tuple[str, str]]:
    """The address of a Commonplace with this talk, and the path of the talk's page."""
    talk = folder / "talks" / "talk-7"
    talk.mkdir(parents=True)
    (talk / "transcript.json").write_text(json.dumps(make_transcript(7, words)), encoding="utf-8")
    front = f"---\ntitle: Talk 7\nspeakers: [Speaker 7, Speaker 8]\nlanguage: en\ndescription: {abstract}\n---\n"
    (talk / "talk.md").write_text(front, encoding="utf-8")
    environment = {"COMMONPLACE_HOME": str(folder / "home"), "DATABASE_URL": ""}
    run_command(environment, "import", str(talk))
    with serve_site(environment) as address:
        yield address, "/talks/talk-7/"


def ask_at_once(site: str, path: str) -> Answers:
    """The answers that four clients got, who asked for the page at the same time, each again and again."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda _: ask(site, [path] * REQUESTS_A_CLIENT), range(CLIENTS)))
    return Answers([one for each in answers for one in each.milliseconds], time.perf_counter() - begun)


def main() -> None:
    """Print all figures; exits 1 where Commonplace is less than five times as fast on the same words."""
    chance = random.Random(SEED)
    vocabulary = make_vocabulary(chance)
    words, abstract = make_words(WORDS, vocabulary, chance), " ".join(make_words(ABSTRACT_WORDS, vocabulary, chance))
    paragraphs = [" ".join(words[first : first + WORDS_A_TURN]) for first in range(0, WORDS, WORDS_A_TURN)]
    talk = {"title": "Talk 7", "speakers": ["Speaker 7", "Speaker 8"], "abstract": abstract, "description": ""}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = install_pretalx(Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else folder / "pretalx")
        with (
            serve_commonplace(folder / "commonplace", words, abstract) as ours,
            serve_pretalx(python, folder / "whole", talk | {"description": "\n\n".join(paragraphs)}) as whole,
            serve_pretalx(python, folder / "short", talk) as short,
        ):
            pages = {
                "Commonplace, 8,000 words": ours,
                f"pretalx {PRETALX}, the same words": whole,
                f"pretalx {PRETALX}, the abstract alone": short,
            }
            rounds: dict[str, list[Answers]] = {title: [] for title in pages}
            for number in range(ROUNDS + 1):
                for title, (site, path) in pages.items():
                    answers = ask_at_once(site, path)
                    if number:  # the first wakes all processes
                        rounds[title].append(answers)
    print(f"{CLIENTS} clients at once, {ROUNDS} rounds in turn; {describe_load()}")
    best = {title: max(answers, key=lambda one: one.a_second) for title, answers in rounds.items()}
    for title, answers in best.items():
        print(f"{title}: {answers.a_second:.1f} requests a second, p95 {answers.p95:.0f} ms (best round)")
    ours_title, *others = pages
    ratios = [
        sorted(mine.a_second / their.a_second for mine, their in zip(rounds[ours_title], rounds[other], strict=True))
        for other in others
    ]
    for title, ratio in zip(others, ratios, strict=True):
        print(f"as many times the requests a second of {title}: {ratio[len(ratio) // 2]:.1f} (median of the rounds)")
    sys.exit(0 if ratios[0][len(ratios[0]) // 2] >= AT_LEAST else 1)


if __name__ == "__main__":
    main()
