"""An archive of 150 talks with 1.2 million words: import, export, import again; then pages, as a visitor asks for them.

Everything goes through the commands and a real server on this machine, with SQLite in a temporary folder.
"""

from __future__ import annotations

import filecmp
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SEED = 20261122
TALKS = 150
WORDS = 8_000
PAGES = 200


def make_archive(folder: Path) -> None:
    """Talk folders with nothing but a transcript: words of one to nine letters, a turn every hundred."""
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(1, 9))) for _ in range(5_000)]
    for number in range(TALKS):
        words = [
            {"text": text, "start_ms": 400 * place, "end_ms": 400 * place + 380}
            for place, text in enumerate(chance.choices(vocabulary, k=WORDS))
        ]
        turns = [
            {"speaker": f"Speaker {number % 20}", "first_word": first, "last_word": first + 99}
            for first in range(0, WORDS, 100)
        ]
        transcript = {"version": 1, "language": "en", "title": f"Talk {number}", "words": words, "turns": turns}
        talk = folder / f"talk-{number:03d}"
        talk.mkdir(parents=True)
        (talk / "transcript.json").write_text(json.dumps(transcript))


def run(home: Path, *arguments: str) -> float:
    """Seconds that a command took on the site in this home."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "commonplace", *arguments],
        check=True,
        env={**os.environ, "COMMONPLACE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def measure_pages(home: Path, path: str) -> list[float]:
    """Milliseconds of each of 200 requests to a page, one after the other."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "commonplace", "serve", "--port", str(port)]
    environment = {**os.environ, "COMMONPLACE_HOME": str(home)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}{path}"
        for _ in range(100):
            try:
                urllib.request.urlopen(address, timeout=10).read()
                break
            except OSError:
                time.sleep(0.1)
        times = []
        for _ in range(PAGES):
            start = time.perf_counter()
            urllib.request.urlopen(address, timeout=10).read()
            times.append(1000 * (time.perf_counter() - start))
        return times
    finally:
        server.terminate()
        server.wait(30)


def is_same(left: Path, right: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    files = sorted(path.relative_to(left) for path in left.rglob("*") if path.is_file())
    others = sorted(path.relative_to(right) for path in right.rglob("*") if path.is_file())
    return files == others and all(filecmp.cmp(left / path, right / path, shallow=False) for path in files)


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_archive(folder / "archive")
        seconds = run(folder / "one", "import", name + "/archive")
        print(f"import of {TALKS} talks, {TALKS * WORDS:,} words: {seconds:.1f} s")
        print(f"export: {run(folder / 'one', 'export', name + '/first'):.1f} s")
        print(f"import of the export: {run(folder / 'two', 'import', name + '/first'):.1f} s")
        run(folder / "two", "export", name + "/second")
        print(f"the second export is the same, byte for byte: {is_same(folder / 'first', folder / 'second')}")
        for path in ("/talks/talk-007/", "/talks/"):
            times = measure_pages(folder / "one", path)
            p95 = statistics.quantiles(times, n=20)[-1]
            print(f"{path}: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main()
