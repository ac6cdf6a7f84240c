"""How soon the page of a three-hour talk of 40,000 words can be used on a phone: Chromium, processor slowed 4 times.

A real server on this machine, a fresh browser each round, a window of 390 by 844 pixels. The page is interactive once
it has been parsed, its first words are painted and the last task longer than 50 milliseconds is over.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

SEED = 20261122
WORDS = 40_000
MILLISECONDS_A_WORD = 270  # three hours
WORDS_A_TURN = 200
CHAPTERS = 30
ROUNDS = 7
SLOWER = 4
ADDRESS = "/talks/long-talk/"

WATCH = """
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((task) => task.startTime + task.duration)))
    .observe({ type: "longtask", buffered: true });
"""
MEASURE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  return {
    "answer": page.responseEnd,
    "first paint": painted.startTime,
    "parsed": page.domContentLoadedEventEnd,
    "interactive": Math.max(page.domContentLoadedEventEnd, painted.startTime, ...longTasks),
  };
}"""
FIND = """async (word) => {
  const [field, output] = document.querySelectorAll(".find input, .find output");
  const begun = performance.now();
  field.value = word;
  field.dispatchEvent(new Event("input"));
  while (!output.textContent) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""


def make_talk(folder: Path) -> str:
    """A talk folder with a transcript of invented words in sentences of fourteen; returns one of the words."""
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(1, 9))) for _ in range(5_000)]
    words: list[dict[str, Any]] = []
    for place, text in enumerate(chance.choices(vocabulary, k=WORDS)):
        start = MILLISECONDS_A_WORD * place
        word = f"{text}." if place % 14 == 13 else text
        words.append({"text": word, "start_ms": start, "end_ms": start + MILLISECONDS_A_WORD - 20})
    turns = [
        {"speaker": f"Speaker {number % 4}", "first_word": first, "last_word": min(first + WORDS_A_TURN, WORDS) - 1}
        for number, first in enumerate(range(0, WORDS, WORDS_A_TURN))
    ]
    length = WORDS * MILLISECONDS_A_WORD
    chapters = [{"start_ms": length * part // CHAPTERS, "title": f"Part {part + 1}"} for part in range(CHAPTERS)]
    folder.mkdir(parents=True)
    transcript = {"version": 1, "language": "en", "title": "Long talk", "duration_ms": length}
    (folder / "transcript.json").write_text(
        json.dumps(transcript | {"words": words, "turns": turns, "chapters": chapters}), encoding="utf-8"
    )
    return vocabulary[0]


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """The address of the site in this home, gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "commonplace", "serve", "--port", site.rpartition(":")[2]]
    environment = {**os.environ, "COMMONPLACE_HOME": str(home)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                read_page(site)
                break
            except OSError:
                time.sleep(0.1)
        yield site
    finally:
        server.terminate()
        server.wait()


def read_page(site: str) -> bytes:
    """The page as it is sent."""
    with urllib.request.urlopen(site + ADDRESS, timeout=10) as answer:  # noqa: S310  # our own, on this machine
        page: bytes = answer.read()
        return page


def measure_page(browser: Browser, address: str, word: str) -> dict[str, float]:
    """Milliseconds from the request on, of one visit without anything cached; and of finding a word."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_timeout(2_000)
    figures: dict[str, float] = page.evaluate(MEASURE)
    figures["find a word"] = page.evaluate(FIND, word)
    context.close()
    return figures


def main() -> None:
    """Print the size of the page, and the visit that was interactive soonest."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, talks = Path(folder, "home"), Path(folder, "talks")
        word = make_talk(talks / "long-talk")
        subprocess.run(
            [sys.executable, "-m", "commonplace", "import", str(talks)],
            check=True,
            env={**os.environ, "COMMONPLACE_HOME": str(home)},
            stdout=subprocess.DEVNULL,
        )
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        with serve(home) as site:
            size = max(len(read_page(site)) for _ in range(10))  # and both processes of the server are awake
            rounds = [measure_page(browser, site + ADDRESS, word) for _ in range(ROUNDS)]
        browser.close()
    print(f"{WORDS} words: {size / 1000:.0f} kB of HTML; Chromium, processor {SLOWER} times slower, {ROUNDS} visits")
    for name, milliseconds in min(rounds, key=lambda figures: figures["interactive"]).items():
        print(f"{name}: {milliseconds:.0f} ms")
    print(f"interactive, median: {statistics.median(figures['interactive'] for figures in rounds):.0f} ms")


if __name__ == "__main__":
    main()
