from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.engines.transcripts.comparison.alignment import Counts, count_errors
from commonplace.engines.transcripts.comparison.normalisation import NORMALISERS
from commonplace.engines.transcripts.comparison.speakers import MOST_SPEAKERS, compare_speakers, split_by_speaker
from commonplace.engines.transcripts.model import Turn

said = st.dictionaries(
    st.sampled_from(["Ada", "Mei", "Jonas", "Priya"]), st.lists(st.sampled_from("abcde"), max_size=8), min_size=1
)


@given(said, st.randoms(use_true_random=False))
def test_names_and_their_order_do_not_matter(reference: dict[str, list[str]], chance):
    order = list(reference.items())
    chance.shuffle(order)
    renamed = {f"Speaker {number}": words for number, (_, words) in enumerate(order)}
    compared = compare_speakers(reference, renamed)
    assert compared
    assert compared.counts == Counts(hits=sum(map(len, reference.values())))


@given(said, said)
@settings(max_examples=50)
def test_no_other_assignment_of_speakers_has_fewer_errors(reference, hypothesis):
    size = max(len(reference), len(hypothesis))
    left = [*reference.values(), *[[]] * (size - len(reference))]
    right = [*hypothesis.values(), *[[]] * (size - len(hypothesis))]
    fewest = min(
        sum(count_errors(one, other).errors for one, other in zip(left, order, strict=True))
        for order in permutations(right)
    )
    compared = compare_speakers(reference, hypothesis)
    assert compared
    assert compared.counts.errors == fewest
    assert {one for one, _ in compared.pairs if one is not None} == set(reference)
    assert {other for _, other in compared.pairs if other is not None} == set(hypothesis)


def test_a_speaker_nobody_else_has_is_deleted_or_inserted():
    compared = compare_speakers({"Ada": ["a", "b"], "Mei": ["c"]}, {"1": ["a", "b"]})
    assert compared
    assert (compared.counts, compared.pairs) == (Counts(2, 0, 1, 0), (("Ada", "1"), ("Mei", None)))


def test_more_speakers_than_a_talk_has_are_not_compared():
    assert compare_speakers({str(n): ["a"] for n in range(MOST_SPEAKERS + 1)}, {"Ada": ["a"]}) is None


def test_tokens_belong_to_the_turn_of_their_first_word():
    tokens = NORMALISERS["basic"].tokenise("a data-set — is here".split())
    turns = (Turn("Ada", 0, 3), Turn("Mei", 4, 6), Turn(None, 7, 8), Turn("Mei", 9, 9))
    assert split_by_speaker(tokens, turns, 5) == {"Mei": ["a", "data", "set", "here"], "": ["is"]}
