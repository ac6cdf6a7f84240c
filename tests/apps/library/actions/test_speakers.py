import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Paragraph, Revision, Talk, Turn
from commonplace.apps.people.models import Account
from tests.factories import NOW, VISITOR, make_account, make_details, make_talk

pytestmark = pytest.mark.django_db

CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Speaker 1>We went out in boats.

00:00:05.000 --> 00:00:08.000
<v Speaker 2>In boats?

00:00:09.000 --> 00:00:12.000
<v Speaker 1>In three of them.

00:00:13.000 --> 00:00:16.000
<v Mei Tanaka>They were small.
"""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk() -> Talk:
    return actions.publish_captions(data=CAPTIONS.encode(), name="talk.vtt", details=make_details("Boats"), now=NOW)


@pytest.fixture
def editor() -> Account:
    return make_account(role="editor")


def rename(talk: Talk, before: str, after: str, by: Account) -> tuple[Revision, ...]:
    return actions.rename_speaker(talk=talk.pk, before=before, after=after, by=by, now=NOW)


def names(talk: Talk) -> list[str]:
    return list(Turn.objects.filter(transcript__talk=talk).values_list("speaker_name", flat=True))


def test_a_speaker_is_renamed_in_every_turn_by_one_edit_and_known_by_the_name(talk: Talk, editor: Account):
    (revision,) = rename(talk, "Speaker 1", "Mei Tanaka", editor)
    assert names(talk) == ["Mei Tanaka", "Speaker 2", "Mei Tanaka", "Mei Tanaka"]
    assert set(Turn.objects.filter(speaker_name="Mei Tanaka").values_list("person__slug", flat=True)) == {"mei-tanaka"}
    assert (revision.kind, revision.speaker_before, revision.speaker_after) == ("renaming", "Speaker 1", "Mei Tanaka")
    assert (revision.before, revision.after, revision.turns) == (revision.after, revision.before, [0, 2])


def test_taking_a_renaming_back_leaves_alone_who_had_that_name_before(talk: Talk, editor: Account):
    (revision,) = rename(talk, "Speaker 1", "Mei Tanaka", editor)
    undone = actions.undo_revision(revision=revision.pk, by=editor, now=NOW)
    assert names(talk) == ["Speaker 1", "Speaker 2", "Speaker 1", "Mei Tanaka"]
    actions.undo_revision(revision=undone.pk, by=editor, now=NOW)
    assert names(talk) == ["Mei Tanaka", "Speaker 2", "Mei Tanaka", "Mei Tanaka"]


def test_a_turn_that_somebody_has_named_since_keeps_that_name(talk: Talk, editor: Account):
    (revision,) = rename(talk, "Speaker 1", "Jonas Weber", editor)
    third = Paragraph.objects.get(turn__position=2)
    choice = actions.SpeakerChoice(seen="Jonas Weber", chosen="Ada Okafor")
    edit = {"paragraph": third.pk, "version": third.version, "text": third.text, "by": editor, "now": NOW}
    actions.correct_paragraph(speaker=choice, **edit)
    actions.undo_revision(revision=revision.pk, by=editor, now=NOW)
    assert names(talk) == ["Speaker 1", "Speaker 2", "Ada Okafor", "Mei Tanaka"]
    assert actions.undo_revision(revision=revision.pk, by=editor, now=NOW) is None


def test_an_edit_begun_before_a_renaming_is_saved_after_it(talk: Talk, editor: Account):
    first = Paragraph.objects.get(turn__position=0)
    rename(talk, "Speaker 1", "Mei Tanaka", editor)
    choice = actions.SpeakerChoice(seen="Speaker 1", chosen="Speaker 1")
    edit = {"paragraph": first.pk, "version": 0, "text": "We went out in ships.", "by": editor, "now": NOW}
    actions.correct_paragraph(speaker=choice, **edit)
    first.refresh_from_db()
    assert (first.text, first.turn.speaker_name) == ("We went out in ships.", "Mei Tanaka")


@pytest.mark.parametrize("kind", ["vtt", "json", "podcast-json"])
def test_the_new_name_stands_in_every_download(talk: Talk, editor: Account, kind: str):
    rename(talk, "Speaker 1", "Jonas Weber", editor)
    body = queries.get_download_for(VISITOR, talk.slug, kind).body
    text = body if isinstance(body, str) else body.decode()
    assert "Jonas Weber" in text
    assert "Speaker 1" not in text


@pytest.mark.parametrize("before", ["Speaker 9", "", "speaker 1"])
def test_nobody_is_renamed_who_does_not_speak(talk: Talk, editor: Account, before: str):
    other = make_talk("Another talk")
    with pytest.raises(actions.SpeakerUnknown):
        rename(talk, before, "Mei Tanaka", editor)
    with pytest.raises(actions.SpeakerUnknown):
        rename(other, "Speaker 1", "Mei Tanaka", editor)
    assert names(talk) == ["Speaker 1", "Speaker 2", "Speaker 1", "Mei Tanaka"]
    assert not Revision.objects.exists()


def test_a_transcript_in_each_language_has_an_edit_of_its_own(talk: Talk, editor: Account):
    known = {"name": "talk.ja.vtt", "language": "ja", "by": editor, "now": NOW}
    actions.add_transcript(talk=talk.pk, data=CAPTIONS.encode(), **known)
    assert len(rename(talk, "Speaker 1", "Jonas Weber", editor)) == 2
    assert names(talk).count("Jonas Weber") == 4
