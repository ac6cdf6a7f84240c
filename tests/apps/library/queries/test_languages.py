from __future__ import annotations

import pytest

from commonplace.apps.library.models import Talk, Transcript
from commonplace.apps.library.queries.languages import choose_transcript, spoken_in

TALK = Talk(slug="boats", title="Boats", language="en")
FIRST = Transcript(talk=TALK, position=0, language="en-GB")
JAPANESE = Transcript(talk=TALK, position=1, language="ja")


def test_of_the_first_transcript_the_talk_says_the_language_and_of_others_they_do():
    assert (spoken_in(TALK, FIRST), spoken_in(TALK, JAPANESE)) == ("en", "ja")
    assert spoken_in(Talk(), FIRST) == "en-GB"


@pytest.mark.parametrize(("language", "chosen"), [("", FIRST), ("en", FIRST), ("ja", JAPANESE), ("JA", JAPANESE)])
def test_a_transcript_is_chosen_by_its_language_in_any_case(language: str, chosen: Transcript):
    assert choose_transcript(TALK, [FIRST, JAPANESE], language) is chosen


@pytest.mark.parametrize("language", ["en-GB", "de", "ja,en", "'", "ja\x00"])
def test_a_language_that_a_talk_cannot_be_read_in_leads_nowhere(language: str):
    with pytest.raises(Talk.DoesNotExist):
        choose_transcript(TALK, [FIRST, JAPANESE], language)


def test_a_talk_that_waits_for_its_captions_has_none():
    assert choose_transcript(TALK, [], "") is None
