"""Turns transcripts into arrays that train.py reads.

usage: prepare.py TRANSCRIPTS OUT.npz [--hold-out N] [--seed S]

TRANSCRIPTS is a folder of .jsonl or .jsonl.xz files (or one such file): a talk a line,
{"turns": [{"speaker": "Ada", "text": "Welcome, everyone. ..."}, ...]}. Beside OUT.npz come
OUT.words.txt (the vocabulary), OUT.forms.json (words of mixed case) and, with --hold-out, OUT.held-out.jsonl: N talks
drawn by the seed, which no training run sees.
19 million words take about three minutes and 3 GB.
"""

import argparse
import json
import lzma
import pathlib
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from words import CASINGS, IGNORED, casing_of, label_talk

MIXED = CASINGS.index("mixed")
SEEN = 5
"""How often a form of mixed case must have been written."""

GUEST, HOST = 3, 15
"""In how many talks a guest appears at most, a host at least."""


def read_talks(source: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The talks of a file, or of every .jsonl and .jsonl.xz file of a folder, in order of name."""
    files = (
        sorted(p for p in source.iterdir() if p.name.endswith((".jsonl", ".jsonl.xz"))) if source.is_dir() else [source]
    )
    for file in files:
        opener = lzma.open if file.suffix == ".xz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def find_mixed_forms(forms: Counter[str]) -> dict[str, int]:
    """The forms of mixed case, as GitHub, that are the usual way to write their word with capitals, and how often."""
    best: dict[str, tuple[int, str]] = {}
    for form, count in forms.items():
        if casing_of(form):
            best[form.lower()] = max(best.get(form.lower(), (0, "")), (count, form))
    return {form: count for count, form in best.values() if count >= SEEN and casing_of(form) == MIXED}


def find_roles(talk: dict[str, Any], appearances: Counter[str]) -> dict[str, int]:
    """Who is a host (1) and who a guest (0): hosts come again and again, guests at most three times.

    Empty where no guest says a fifth of the words, because hosts among themselves do not speak as hosts.
    """
    words: Counter[str] = Counter()
    for turn in talk["turns"]:
        words[turn.get("speaker") or ""] += len(turn["text"].split())
    guests = {name for name in words if name and appearances[name] <= GUEST}
    if sum(words[name] for name in guests) < 0.2 * sum(words.values()):
        return {}
    return {name: 0 if name in guests else 1 for name in words if name in guests or appearances[name] >= HOST}


def main() -> None:
    """Reads, labels and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    talks = list(read_talks(args.source))
    random.Random(args.seed).shuffle(talks)
    held_out, talks = talks[: args.hold_out], talks[args.hold_out :]
    if held_out:
        args.out.with_suffix(".held-out.jsonl").write_text("".join(json.dumps(t) + "\n" for t in held_out))

    vocabulary: dict[str, int] = {}
    forms: Counter[str] = Counter()
    ids, marks, casings, ends, quotes, roles, starts = [], [], [], [], [], [], [0]
    appearances = Counter(name for talk in talks for name in {t.get("speaker") for t in talk["turns"]})
    for talk in talks:
        role = find_roles(talk, appearances)
        for core, lower, mark, casing, end, opens, speaker in label_talk(talk["turns"]):
            roles.append(role.get(speaker, IGNORED))
            ids.append(vocabulary.setdefault(lower, len(vocabulary)))
            forms[core] += 1
            marks.append(mark)
            casings.append(casing)
            ends.append(end)
            quotes.append(opens)
        starts.append(len(ids))
    words = list(vocabulary)
    usual = np.array([forms[w] > sum(forms[f] for f in {w.capitalize(), w.upper()} - {w}) for w in words])
    arrays = {
        name: np.array(v, np.int8) for name, v in (("mark", marks), ("case", casings), ("end", ends), ("role", roles))
    }
    word = np.array(ids, np.int32)
    # A quotation begins with a capital that speech does not have: nothing to learn from it in a common word.
    arrays["case"][np.array(quotes) & usual[word] & (arrays["case"] == 1)] = IGNORED
    np.savez(args.out, word=word, starts=np.array(starts), counts=np.bincount(word, minlength=len(words)), **arrays)
    args.out.with_suffix(".words.txt").write_text("\n".join(words) + "\n")
    args.out.with_suffix(".forms.json").write_text(json.dumps(find_mixed_forms(forms), ensure_ascii=False))
    print(
        f"{len(talks)} talks, {len(word)} words, {len(words)} forms; marks {np.bincount(marks)}, "
        f"turn ends {sum(ends)}, words of hosts {roles.count(1)}, of guests {roles.count(0)}"
    )


if __name__ == "__main__":
    main()
