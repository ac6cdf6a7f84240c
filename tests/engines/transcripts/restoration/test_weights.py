"""The model card says of the weights what is true of them."""

import hashlib
import re

from commonplace.engines.transcripts.restoration.tagging import WEIGHTS

CARD = (WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_card_names_size_and_hash_of_each_file():
    rows = dict(re.findall(r"^\| `([\w.]+)` \| ([\d,]+) bytes", CARD, re.MULTILINE))
    files = {path.name: path.read_bytes() for path in WEIGHTS.iterdir() if path.suffix in {".onnx", ".json"}}
    assert rows == {name: f"{len(data):,}" for name, data in files.items()}
    for data in files.values():
        assert hashlib.sha256(data).hexdigest() in CARD


def test_the_weights_are_small_enough_for_a_small_server():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 30_000_000


def test_the_card_names_data_and_licences():
    for name in ("all-MiniLM-L6-v2", "Apache-2.0", "Changelog", "CC BY-SA 4.0"):
        assert name in CARD
