"""Pages of a library of 1,000 talks with 8,000 words each, as a visitor asks for them: SQLite, then PostgreSQL.

`python -m benchmarks.pages [FOLDER]` takes the talks of FOLDER instead. The talks go in through `commonplace import`;
then a real server on this machine, two processes, answers one request after the other, each for another talk or page.
Milliseconds are from the request to the last byte of the answer.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from benchmarks._serving import (
    SEED,
    SERIES,
    TOPICS,
    ask,
    describe_load,
    make_archive,
    make_transcript,
    make_vocabulary,
    make_words,
    run_command,
    serve_site,
)
from tests.postgresql import private_server

TALKS = 1_000
WORDS = 8_000
LONG_WORDS = 40_000
REQUESTS = 200
ROUNDS = 3


def make_long_talk(folder: Path) -> None:
    """One talk of 40,000 words."""
    chance = random.Random(SEED)
    folder.mkdir(parents=True)
    words = make_words(LONG_WORDS, make_vocabulary(chance), chance)
    (folder / "transcript.json").write_text(json.dumps(make_transcript(0, words)), encoding="utf-8")


def choose_paths(slugs: list[str]) -> dict[str, list[str]]:
    """The addresses that a visitor asks for, by what they are."""
    chance = random.Random(SEED)
    return {
        "talk page": [f"/talks/{quote(slug)}/" for slug in chance.choices(slugs, k=REQUESTS)],
        "talk of 40,000 words": ["/talks/long-talk/"] * (REQUESTS // 4),
        "list of talks": [f"/talks/?page={chance.randint(1, 30)}" for _ in range(REQUESTS)],
        "narrowed list": [
            f"/talks/?topic=topic+{chance.randrange(TOPICS)}&event=Series+{chance.randrange(SERIES)}"
            for _ in range(REQUESTS)
        ],
        "person": [f"/people/speaker-{chance.randrange(1, 299)}/" for _ in range(REQUESTS)],
        "home": ["/"] * REQUESTS,
        "RSS feed": ["/talks/feed.xml"] * (REQUESTS // 4),
        "JSON feed": ["/talks/feed.json"] * (REQUESTS // 4),
    }


def measure(folder: Path, environment: Mapping[str, str], *, name: str, archive: Path) -> None:
    """Print how long the import took, and the pages of each kind."""
    seconds = run_command(environment, "import", str(archive))
    talks = sorted(path.name for path in archive.iterdir())
    print(f"{name}: import of {len(talks):,} talks {seconds:.0f} s")
    run_command(environment, "import", str(folder / "long-talk"))
    with serve_site(environment) as site:
        for kind, paths in choose_paths(talks).items():
            if kind == "person" and not talks[0].startswith("talk-0"):
                continue  # other talks, other people
            ask(site, paths[:20])  # both processes of the server are awake
            rounds = [ask(site, paths) for _ in range(ROUNDS)]
            best = min(rounds, key=lambda answers: answers.p95)
            p95s = "  ".join(f"{answers.p95:.1f}" for answers in rounds)
            print(f"{name}: {kind}: median {best.median:.1f} ms, p95 {best.p95:.1f} ms (rounds: {p95s})")


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "archive"
        if not archive.exists():
            make_archive(archive, talks=TALKS, words=WORDS)
        make_long_talk(folder / "long-talk")
        print(describe_load())
        measure(folder, {"COMMONPLACE_HOME": name + "/sqlite", "DATABASE_URL": ""}, name="SQLite", archive=archive)
        with private_server() as address:
            environment = {"COMMONPLACE_HOME": name + "/postgresql", "DATABASE_URL": address}
            measure(folder, environment, name="PostgreSQL", archive=archive)
        print(describe_load())


if __name__ == "__main__":
    main()
