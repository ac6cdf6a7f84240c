from __future__ import annotations

import pytest
from django.utils import translation

from commonplace.apps.library.queries import SpeakerLink
from commonplace.apps.library.templatetags.talks import (
    clock,
    clock_datetime,
    close_up,
    direction,
    length_of_time,
    own_name,
    who_speaks,
)


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(0, "0:00"), (754_900, "12:34"), (3_600_000, "1:00:00"), (360_000_000, "100:00:00")]
)
def test_a_moment_is_shown_as_players_show_it(milliseconds: int, shown: str):
    assert clock(milliseconds) == shown


def test_a_moment_is_a_duration_for_machines():
    assert clock_datetime(754_900) == "PT754S"


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (1_000, "1 second"),
        (59_999, "59 seconds"),
        (60_000, "1 minute"),
        (2_834_000, "47 minutes"),
        (3_599_999, "1 hour"),
        (7_200_000, "2 hours"),
        (5_040_000, "1 h 24 min"),
    ],
)
def test_a_length_is_told_to_the_minute(milliseconds: int, shown: str):
    with translation.override("en"):
        assert length_of_time(milliseconds) == shown


@pytest.mark.parametrize(
    ("language", "way"),
    [("en", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("fa_IR", "rtl"), ("", "auto")],
)
def test_a_language_has_a_direction(language: str, way: str):
    assert direction(language) == way


def test_japanese_is_closed_up_and_nothing_else_is():
    assert (
        close_up("数式なしですか。 それは ML の 話です。 Yes, really.")
        == "数式なしですか。それは ML の話です。 Yes, really."
    )


def test_hosts_speak_only_where_nobody_else_is_known():
    mei, ada = SpeakerLink("Mei Tanaka", None, "speaker"), SpeakerLink("Ada Okafor", None, "host")
    assert who_speaks((mei, ada)) == [mei]
    assert who_speaks((ada,)) == (ada,)


@pytest.mark.parametrize(
    ("tag", "name"), [("ja", "日本語"), ("pt-BR", "Português Brasileiro"), ("tlh", "tlh"), ("", "unknown language")]
)
def test_a_language_has_the_name_that_its_readers_give_it(tag: str, name: str):
    assert own_name(tag) == name
