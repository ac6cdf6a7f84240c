"""Files far beyond any recording: read or refused, in little memory."""

import subprocess
import sys

import pytest

MEBIBYTE = 2**20

MEASURE = """
import resource, sys
from commonplace.engines.transcripts import UnreadableCaptions, read_captions
data = sys.argv[1].encode() + sys.argv[2].encode() * int(sys.argv[3])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print(read_captions(data).report.words_out)
except UnreadableCaptions as error:
    print(type(error).__name__, error.line, error.column)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before - len(data) // 1024)
"""


@pytest.mark.parametrize(
    ("head", "piece", "times", "outcome"),
    [
        ("WEBVTT\n\n", "00:01.000 --> 00:02.000\nthe harbour at night\n\n", 100_000, "400000"),
        ("0:00 so\n0:04 ", "a ", 4_500_000, "OversizedCaptions"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n", "<v ", 5_000_000, "OversizedCaptions"),
        ("", "[", 90_000_000, "OversizedCaptions"),
        ("", "\x01", 90_000_000, "BinaryCaptions"),
        ("", "x", 200_000_000, "OversizedCaptions"),
    ],
)
def test_a_huge_file_takes_less_than_300_megabytes_beyond_its_text(head: str, piece: str, times: int, outcome: str):
    command = [sys.executable, "-c", MEASURE, head, piece, str(times)]
    found, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert found.startswith(outcome)
    assert int(memory) < 300 * MEBIBYTE // 1024
