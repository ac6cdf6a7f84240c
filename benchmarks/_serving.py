"""What benchmarks of pages share: talks of invented words, servers that live as long as a block, and requests."""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

SEED = 20261122
MILLISECONDS_A_WORD = 400
WORDS_A_SENTENCE = 14
WORDS_A_TURN = 100
CHAPTERS = 8
PEOPLE = 300
TOPICS = 40
SERIES = 10
STARTS_WITHIN_SECONDS = 60


class Answers(NamedTuple):
    """The milliseconds that each of several requests took, and the seconds of all of them together."""

    milliseconds: list[float]
    seconds: float

    @property
    def median(self) -> float:
        """Half of the answers came sooner; milliseconds."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """Nineteen of twenty answers came sooner; milliseconds."""
        return statistics.quantiles(self.milliseconds, n=20)[-1]

    @property
    def a_second(self) -> float:
        """Requests a second."""
        return len(self.milliseconds) / self.seconds


def make_vocabulary(chance: random.Random) -> list[str]:
    """Five thousand invented words of one to nine letters."""
    return ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(1, 9))) for _ in range(5_000)]


def make_words(count: int, vocabulary: Sequence[str], chance: random.Random) -> list[str]:
    """As many words, in sentences of fourteen."""
    drawn = chance.choices(vocabulary, k=count)
    return [
        f"{word}." if place % WORDS_A_SENTENCE == WORDS_A_SENTENCE - 1 else word for place, word in enumerate(drawn)
    ]


def make_transcript(number: int, words: Sequence[str]) -> dict[str, Any]:
    """Transcript JSON of these words: a turn every hundred, two people in turn, eight chapters."""
    length = MILLISECONDS_A_WORD * len(words)
    names = [f"Speaker {number % PEOPLE}", f"Speaker {(number + 1) % PEOPLE}"]
    return {
        "version": 1,
        "language": "en",
        "title": f"Talk {number}",
        "duration_ms": length,
        "words": [
            {"text": text, "start_ms": MILLISECONDS_A_WORD * place, "end_ms": MILLISECONDS_A_WORD * (place + 1) - 20}
            for place, text in enumerate(words)
        ],
        "turns": [
            {"speaker": names[turn % 2], "first_word": first, "last_word": min(first + WORDS_A_TURN, len(words)) - 1}
            for turn, first in enumerate(range(0, len(words), WORDS_A_TURN))
        ],
        "chapters": [{"start_ms": length * part // CHAPTERS, "title": f"Part {part + 1}"} for part in range(CHAPTERS)],
    }


def make_front_matter(number: int) -> str:
    """The ``talk.md`` of a talk by two of three hundred people, in one of ten series, on two of forty topics."""
    return (
        f"---\ntitle: Talk {number}\ndate: {2017 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}\n"
        f"speakers: [Speaker {number % PEOPLE}, Speaker {(number + 1) % PEOPLE}]\nevent: Series {number % SERIES}\n"
        f"language: en\ntopics: [topic {number % TOPICS}, topic {(number * 7 + 1) % TOPICS}]\n---\n\n"
    )


def make_archive(folder: Path, *, talks: int, words: int) -> None:
    """As many talk folders of as many invented words."""
    chance = random.Random(SEED)
    vocabulary = make_vocabulary(chance)
    for number in range(talks):
        talk = folder / f"talk-{number:04d}"
        talk.mkdir(parents=True)
        transcript = make_transcript(number, make_words(words, vocabulary, chance))
        (talk / "transcript.json").write_text(json.dumps(transcript), encoding="utf-8")
        (talk / "talk.md").write_text(make_front_matter(number), encoding="utf-8")


def run_command(environment: Mapping[str, str], *arguments: str) -> float:
    """Seconds that a command of Commonplace took on the site of this environment."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "commonplace", *arguments],
        check=True,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(command: Sequence[str], environment: Mapping[str, str], *, port: int, folder: Path) -> Iterator[str]:
    """The address of a server that this command starts in this folder; gone on leaving.

    Raises `RuntimeError` where it does not listen within a minute.
    """
    server = subprocess.Popen(
        command, env={**os.environ, **environment}, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError as error:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command[0]} does not listen on port {port}") from error
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


@contextmanager
def serve_site(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of Commonplace as `commonplace serve` runs it, with two processes."""
    port = free_port()
    command = [sys.executable, "-m", "commonplace", "serve", "--port", str(port)]
    with serve(command, environment, port=port, folder=Path.cwd()) as address:
        yield address


def ask(site: str, paths: Sequence[str]) -> Answers:
    """Ask for each page in turn over one connection, and read it to its end.

    Raises `RuntimeError` for an answer other than 200.
    """
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    milliseconds = []
    begun = time.perf_counter()
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "identity", "Accept-Language": "en"})
        answer = connection.getresponse()
        answer.read()
        milliseconds.append(1000 * (time.perf_counter() - start))
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()
    return Answers(milliseconds, time.perf_counter() - begun)


def describe_load() -> str:
    """How busy the machine is, for the figures beside it."""
    return f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}"
