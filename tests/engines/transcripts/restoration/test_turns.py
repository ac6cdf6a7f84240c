from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.restoration.tagging import Tags
from commonplace.engines.transcripts.restoration.turns import Stretch, find_turns, tell_roles_apart


def tags_of(ends: list[float], hosts: list[float]) -> Tags:
    marks = np.zeros((len(ends), 4), np.float32)
    return Tags(marks, marks, np.array(ends, np.float32), np.array(hosts, np.float32))


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=60), st.integers(0, 9))
def test_turns_cover_every_word_in_order(values: list[tuple[float, float]], first: int):
    tags = tags_of([end for end, _ in values], [host for _, host in values])
    turns = find_turns(tags, first=first)
    assert turns[0].first == first
    assert turns[-1].last == first + len(values) - 1
    assert all(a.last + 1 == b.first for a, b in pairwise(turns))


def test_a_turn_ends_where_the_tagger_is_sure():
    ends = [-9.0] * 40
    ends[19] = 4.0
    assert [turn.last for turn in find_turns(tags_of(ends, [0.0] * 40))] == [19, 39]


def test_roles_speak_for_an_end_that_is_in_doubt():
    ends = [-9.0] * 80
    ends[39] = -1.5
    same = find_turns(tags_of(ends, [3.0] * 80))
    other = find_turns(tags_of(ends, [3.0] * 40 + [-3.0] * 40))
    assert [turn.last for turn in same] == [79]
    assert [turn.last for turn in other] == [39, 79]
    assert [turn.by_host for turn in other] == [True, False]


def test_a_turn_ends_at_every_mark_of_the_captions():
    turns = find_turns(tags_of([-9.0] * 30, [0.0] * 30), first=5, marked={14, 20})
    assert [turn.last for turn in turns] == [14, 20, 34]


def test_roles_are_told_apart_only_where_they_differ():
    turns = [Stretch(0, 19, True, 1.0), Stretch(20, 39, False, 1.0)]
    assert tell_roles_apart(tags_of([0.0] * 40, [2.0] * 20 + [-2.0] * 20), turns)
    assert not tell_roles_apart(tags_of([0.0] * 40, [0.5] * 20 + [-0.5] * 20), turns)


def test_a_pause_speaks_for_an_end():
    ends = [-9.0] * 40
    ends[19] = -1.2
    tags = tags_of(ends, [0.0] * 40)
    assert len(find_turns(tags)) <= len(find_turns(tags, pauses={19}))
