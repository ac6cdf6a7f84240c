"""Feed damaged captions to the reader: it reads them with every word accounted for, or refuses them as unreadable.

Run by `make fuzz`; arguments go to libFuzzer. It starts from the samples in tests/data/captions, keeps what it learns
in var/fuzz/corpus, and leaves an input that breaks the reader in var/fuzz/, to become a sample of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["commonplace"]):
    from commonplace.engines.transcripts.errors import UnreadableCaptions
    from commonplace.engines.transcripts.reading import read_captions

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "var" / "fuzz"
CORPUS = FOUND / "corpus"
SAMPLES = ROOT / "tests" / "data" / "captions"
LIMITS = ["-max_len=16384", "-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={FOUND}/"]


def read_damaged(data: bytes) -> None:
    """Read these bytes; anything but a full account or a refusal breaks the run."""
    try:
        reading = read_captions(data)
    except UnreadableCaptions:
        return
    report = reading.report
    assert report.words_in == report.words_out + report.duplicates_collapsed + report.words_set_aside
    assert report.words_out == len(reading.transcript.words)


if __name__ == "__main__":
    CORPUS.mkdir(parents=True, exist_ok=True)
    corpora = [str(CORPUS), *([str(SAMPLES)] if SAMPLES.is_dir() else [])]
    atheris.Setup([sys.argv[0], *LIMITS, *sys.argv[1:], *corpora], read_damaged)
    atheris.Fuzz()
