from __future__ import annotations

import json

from commonplace.engines.transcripts.comparison import (
    compare_transcripts,
    describe_comparison,
    describe_difference,
    list_notes,
    show_interval,
    show_rate,
    state_method,
)
from commonplace.engines.transcripts.comparison.bootstrap import Interval
from commonplace.engines.transcripts.lexicon import Entry, Lexicon
from commonplace.engines.transcripts.model import Turn
from tests.engines.transcripts.comparison.texts import REFERENCE, SENTENCES, compare, transcribe

WORSE = REFERENCE.replace("Dask", "desk")


def test_rates_are_shown_in_percent_and_what_is_unknown_as_a_dash():
    assert (show_rate(0.1234), show_rate(None)) == ("12.3", "–")
    assert (show_interval(Interval(0.1, 0.25)), show_interval(None)) == ("10.0 to 25.0", "–")


def test_the_rules_are_stated():
    stated = state_method(compare(REFERENCE, WORSE, normaliser="none", seed=7))
    assert "Normaliser none (no difference: nothing" in stated
    assert "1,000 resamples of 80 sentences, seed 7" in stated


def test_the_json_holds_every_number_and_is_json():
    lexicon = Lexicon([Entry("Dask")])
    comparison = compare(REFERENCE, WORSE, REFERENCE, lexicon=lexicon)
    described = json.loads(json.dumps(describe_comparison(comparison)))
    one, two = described["hypotheses"]
    assert one["word_error"]["substitutions"] == 40
    assert one["word_error"]["rate"] == 40 / one["word_error"]["reference"]
    assert one["word_error"]["interval"][0] < one["word_error"]["rate"] < one["word_error"]["interval"][1]
    assert one["term_error"]["rate"] == 1
    assert one["term_error"]["terms"] == [
        {"canonical": "Dask", "right": 0, "wrong": 40, "missed": 0, "spurious": 0, "heard": {"desk": 40}}
    ]
    assert (two["word_error"]["rate"], two["character_error"]["rate"], two["written_error"]["rate"]) == (0, 0, 0)
    assert described["differences"][0]["better"] == "recogniser 2"
    assert described["normaliser"]["name"] == "basic"
    assert described["reference"] == {"name": "reference", "words": 520, "sentences": 80}


def test_what_was_not_asked_for_is_null():
    (result,) = describe_comparison(compare("one boat", "one boat"))["hypotheses"]
    assert (result["term_error"], result["speaker_attributed_error"]) == (None, None)
    assert result["word_error"]["interval"] is None


def test_speakers_are_paired_by_name():
    mine = transcribe("we sail yes", turns=(Turn("Ada", 0, 1), Turn("Mei", 2, 2)))
    theirs = transcribe("we sail yes", turns=(Turn("A", 0, 2),))
    (result,) = describe_comparison(compare_transcripts(mine, {"one": theirs}))["hypotheses"]
    attributed = result["speaker_attributed_error"]
    assert attributed["pairs"] == [{"reference": "Ada", "hypothesis": "A"}, {"reference": "Mei", "hypothesis": None}]
    assert attributed["rate"] == 2 / 3


def test_a_difference_says_how_sure_it_is():
    (sure,) = compare(REFERENCE, WORSE, REFERENCE).differences
    assert describe_difference(sure).startswith("recogniser 2 has 7.7 points fewer errors on words than recogniser 1")
    assert "chance" not in describe_difference(sure)
    (chance,) = compare(REFERENCE, REFERENCE.replace("week 3 ", "x "), REFERENCE.replace("week 4 ", "x ")).differences
    assert describe_difference(chance).endswith("; the difference may be chance.")


def notes(reference: str, hypothesis: str, **options) -> str:
    comparison = compare(reference, hypothesis, **options)
    return " ".join(list_notes(comparison, comparison.results[0]))


def test_what_was_cut_off_is_told():
    told = notes(" ".join(SENTENCES[10:30]), REFERENCE)
    assert told == "The first 130 and the last 130 words lie outside the reference and are not counted."
    told = notes(REFERENCE, " ".join(SENTENCES[10:]), ends="overlap")
    assert "The first 130 words of the reference lie outside this hypothesis" in told
    assert "those of the other 390." in told


def test_what_was_lost_is_told():
    told = notes(REFERENCE, " ".join(SENTENCES[10:]))
    assert told.startswith("The first 130 words of the reference are missing here and are counted as deleted")


def test_what_only_differs_as_written_is_told():
    assert notes(REFERENCE, REFERENCE.lower()) == (
        "Of 120 errors on words as written, 120 are the same word in other casing and 0 with other marks "
        "(a word may be both)."
    )


def test_too_little_or_another_talk_is_told():
    assert "Fewer than 10 sentences" in notes("One boat. Two tides.", "one boat")
    assert "is it the same talk" in notes(REFERENCE, "nothing of the kind")
    assert "none of the lexicon's terms" in notes(REFERENCE, REFERENCE, lexicon=Lexicon([Entry("git")]))
    assert notes(REFERENCE, REFERENCE) == ""
