"""How fast captions are read, beside webvtt-py and pysubs2 on the same text in the same run.

Ours recognises the format, decodes, reckons a time for every word, looks for speakers, rolling lines and loops, and
counts every word; the others stop at cues. Processor time, best of five rounds, one core.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pysubs2
import webvtt

from commonplace.engines.transcripts import read_captions

SEED = 20261122
ROUNDS = 5
CUES = 20_000


def measure(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of five rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def write_stamp(time_ms: int, separator: str) -> str:
    """``HH:MM:SS.mmm``."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{milliseconds:03d}"


def make_vocabulary(chance: random.Random) -> list[str]:
    """Five thousand words of one to nine letters."""
    return ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(1, 9))) for _ in range(5_000)]


def make_plain(kind: str) -> str:
    """Twenty thousand cues of two lines of four words: about a talk of fifteen hours."""
    chance = random.Random(SEED)
    vocabulary = make_vocabulary(chance)
    separator, cues, time_ms = "," if kind == "srt" else ".", [], 0
    for number in range(1, CUES + 1):
        end = time_ms + chance.randint(1500, 4000)
        lines = "\n".join(" ".join(chance.choices(vocabulary, k=4)) for _ in range(2))
        counter = f"{number}\n" if kind == "srt" else ""
        cues.append(f"{counter}{write_stamp(time_ms, separator)} --> {write_stamp(end, separator)}\n{lines}\n")
        time_ms = end + chance.randint(0, 300)
    return ("" if kind == "srt" else "WEBVTT\n\n") + "\n".join(cues)


def make_rolling(hours: int) -> str:
    """YouTube's rolling captions with a time for each word, 150 words a minute."""
    chance = random.Random(SEED)
    vocabulary = make_vocabulary(chance)
    cues, time_ms, above = [], 0, " "
    while time_ms < hours * 3_600_000:
        words = chance.choices(vocabulary, k=chance.randint(4, 9))
        tagged, at = words[0], time_ms
        for word in words[1:]:
            at += 400
            tagged += f"<{write_stamp(at, '.')}><c> {word}</c>"
        end, line = at + 390, " ".join(words)
        settings = "align:start position:0%"
        cues.append(f"{write_stamp(time_ms, '.')} --> {write_stamp(end, '.')} {settings}\n{above}\n{tagged}\n")
        cues.append(f"{write_stamp(end, '.')} --> {write_stamp(end + 10, '.')} {settings}\n{line}\n \n")
        time_ms, above = end + 10, line
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(cues)


def compare(kind: str) -> None:
    """Print megabytes a second of ours and the peers', and the ratio to the faster peer."""
    text = make_plain(kind)
    data, megabytes = text.encode(), len(text) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"captions.{kind}")
        path.write_text(text)
        peers = {
            "webvtt-py": measure(lambda: webvtt.from_srt(str(path)) if kind == "srt" else webvtt.read(str(path))),
            "pysubs2": measure(lambda: pysubs2.load(str(path))),
        }
    ours = measure(lambda: read_captions(data))
    rates = "  ".join(f"{name} {megabytes / seconds:.2f}" for name, seconds in peers.items())
    print(
        f"{kind}: ours {megabytes / ours:.2f}  {rates}  MB/s  ratio to the faster peer {min(peers.values()) / ours:.2f}"
    )


def measure_start() -> float:
    """Seconds until ``commonplace read --help`` has answered, the best of five."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "commonplace", "read", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print all figures."""
    compare("vtt")
    compare("srt")
    rolling = make_rolling(10).encode()
    seconds = measure(lambda: read_captions(rolling))
    print(f"rolling WebVTT of 10 hours, {len(rolling) / 1e6:.1f} MB: {seconds:.2f} s")
    print(f"commonplace read --help: {measure_start():.3f} s")


if __name__ == "__main__":
    main()
