from __future__ import annotations

import pytest

from commonplace.apps.library import queries
from commonplace.apps.library.models import Talk
from commonplace.apps.people.models import Role
from tests.factories import VISITOR, add_language, make_account, make_talk

pytestmark = pytest.mark.django_db


def test_an_editor_sees_the_languages_of_a_talk_the_first_one_first():
    add_language(make_talk(language="en"), "ja")
    desk = queries.get_transcript_desk_for(make_account(role=Role.EDITOR), "words-with-times")
    assert [(version.language, version.in_address) for version in desk.versions] == [("en", ""), ("ja", "ja")]


def test_whoever_may_not_correct_a_talk_finds_no_desk():
    make_talk()
    for viewer in (VISITOR, make_account()):
        with pytest.raises(Talk.DoesNotExist):
            queries.get_transcript_desk_for(viewer, "words-with-times")


def test_a_talk_without_words_has_no_languages_yet():
    talk = make_talk()
    talk.transcripts.all().delete()
    assert queries.get_transcript_desk_for(make_account(role=Role.EDITOR), talk.slug).versions == ()
