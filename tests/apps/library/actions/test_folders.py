from dataclasses import replace

import pytest

from commonplace.apps.library import actions, queries
from commonplace.apps.library.adapters import UnreadableCaptions, write_folder
from commonplace.apps.library.models import Paragraph, Revision, Suggestion, Talk, Turn
from commonplace.engines.transcripts import OtherTranscript, Transcript, Words
from tests.factories import NOW, make_account, make_details, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def import_again(talk, **details):
    folder = queries.load_folder(talk)
    files = write_folder(replace(folder, details=replace(folder.details, **details)))
    return actions.import_talk_folder(files=files, slug=talk.slug, published=False, now=NOW)


def test_a_folder_that_says_the_same_changes_nothing():
    assert import_again(make_talk()).kind == "unchanged"


def test_a_folder_that_says_something_else_names_the_fields_it_changed():
    talk = make_talk()
    change = import_again(talk, title="Sails", topics=("boats",))
    assert (change.kind, set(change.fields)) == ("changed", {"title", "topics"})
    talk.refresh_from_db()
    assert (talk.title, talk.topics, talk.published_at) == ("Sails", ["boats"], NOW)


def test_a_folder_that_is_wrong_leaves_the_talk_as_it_was():
    talk = make_talk()
    before = queries.load_folder(talk)
    with pytest.raises(UnreadableCaptions):
        import_again(talk, title="Sails", date="the day before")
    assert queries.load_folder(Talk.objects.get()) == before


def say(words: str, language: str) -> OtherTranscript:
    said = Transcript(words=Words.of([(word, 100 * n, 100 * n + 90) for n, word in enumerate(words.split())]))
    return OtherTranscript(transcript=replace(said, language=language, precision="word"), report={"words_in": 3})


def import_with(talk, *, replace_history=False, **values):
    files = write_folder(replace(queries.load_folder(talk), **values))
    return files, actions.import_talk_folder(
        files=files, slug=talk.slug, published=False, now=NOW, replace_history=replace_history
    )


def export(talk):
    return write_folder(queries.load_folder(Talk.objects.get(pk=talk.pk)))


def test_further_languages_and_recordings_come_out_as_they_went_in():
    talk = make_talk()
    talk_with_recordings = replace(
        make_details(), recording="https://a.example/1.mp3", more_recordings=("https://b.example/2.mp4",)
    )
    files, change = import_with(
        talk, details=talk_with_recordings, others=(say("Hallo zusammen", "de"), say("皆さん こんにちは", "ja"))
    )
    assert set(change.fields) == {"recording", "more_recordings", "transcript.de", "transcript.ja"}
    assert export(talk) == files
    assert [row.kind for row in talk.recordings.all()] == ["audio", "video"]
    assert actions.import_talk_folder(files=files, slug="another", published=True, now=NOW).kind == "new"
    assert export(Talk.objects.get(slug="another")) == files


def test_a_language_that_is_new_leaves_the_others_and_their_edits_alone():
    talk = make_talk()
    import_with(talk, others=(say("Hallo zusammen", "de"),))
    before = {row.language: row.pk for row in talk.transcripts.all()}
    _, change = import_with(talk, others=(say("Hallo zusammen", "de"), say("皆さん こんにちは", "ja")))
    assert change.fields == ("transcript.ja",)
    assert before.items() <= {row.language: row.pk for row in talk.transcripts.all()}.items()


def test_a_language_that_the_folder_no_longer_holds_goes():
    talk = make_talk()
    import_with(talk, others=(say("Hallo zusammen", "de"), say("皆さん こんにちは", "ja")))
    files, change = import_with(talk, others=(say("皆さん こんにちは", "ja"),))
    assert change.fields == ("transcript.de",)
    assert export(talk) == files


@pytest.mark.parametrize(
    ("wrong", "file"),
    [
        ({"more_recordings": ("javascript:alert(1)",), "recording": "https://a.example/"}, "talk.md"),
        ({"more_recordings": ("https://a.example/",)}, "talk.md"),
        ({"more_recordings": ("https://a.example/",) * 20, "recording": "https://a.example/"}, "talk.md"),
    ],
)
def test_recordings_that_cannot_be_are_refused(wrong, file):
    talk = make_talk()
    with pytest.raises(UnreadableCaptions) as caught:
        import_again(talk, **wrong)
    assert caught.value.file == f"{talk.slug}/{file}"


def test_no_more_languages_are_taken_than_fit_into_a_line():
    others = tuple(say("a", f"{first}{second}") for first in "qr" for second in "abcdefghijk")
    with pytest.raises(UnreadableCaptions, match="22 further languages"):
        import_with(make_talk(), others=others)


def test_what_is_wrong_in_another_language_is_named_by_its_file():
    talk = make_talk()
    files = write_folder(replace(queries.load_folder(talk), others=(say("Hallo", "de"),)))
    files["report.de.json"] = '{"words_in": -1}'
    with pytest.raises(UnreadableCaptions) as caught:
        actions.import_talk_folder(files=files, slug=talk.slug, published=False, now=NOW)
    assert caught.value.file == f"{talk.slug}/report.de.json"


def correct(talk, *, language=""):
    row = Paragraph.objects.filter(transcript__talk=talk, transcript__language=language).first()
    actions.correct_paragraph(
        paragraph=row.pk, version=row.version, text="Corrected by hand.", by=make_account(role="editor"), now=NOW
    )
    return row


def suggest(talk):
    row = Paragraph.objects.filter(transcript__talk=talk).first()
    actions.suggest_correction(
        paragraph=row.pk, version=row.version, text="Suggested.", given_name="", sender="somebody", now=NOW
    )


@pytest.mark.parametrize("leave_traces", [correct, suggest])
def test_other_words_do_not_take_the_place_of_a_history_unasked(leave_traces):
    talk = make_talk()
    leave_traces(talk)
    before = queries.load_folder(talk)
    with pytest.raises(actions.HistoryAtStake) as caught:
        import_with(talk, transcript=say("Other words", "en").transcript)
    assert caught.value.edits + caught.value.suggestions == 1
    assert queries.load_folder(talk) == before
    assert Revision.objects.count() + Suggestion.objects.count() == 1
    _, change = import_with(talk, replace_history=True, transcript=say("Other words", "en").transcript)
    assert "transcript" in change.fields
    assert Revision.objects.count() + Suggestion.objects.count() == 0


def test_a_history_in_another_language_is_not_taken_away_unasked():
    talk = make_talk()
    import_with(talk, others=(say("Hallo zusammen", "de"), say("Bonjour", "fr")))
    correct(talk, language="de")
    standing = {other.transcript.language: other for other in queries.load_folder(talk).others}
    for others in ((), (say("Servus", "de"), standing["fr"])):
        with pytest.raises(actions.HistoryAtStake):
            import_with(talk, others=others)
    import_with(talk, others=(standing["de"], say("Salut", "fr")))
    assert Revision.objects.count() == 1


def test_other_words_come_in_where_nobody_edited_anything():
    talk = make_talk()
    assert "transcript" in import_with(talk, transcript=say("Other words", "en").transcript)[1].fields


def test_other_people_leave_the_words_and_their_history_alone():
    talk = make_talk()
    row = correct(talk)
    ada = Turn.objects.get(speaker_name="Ada Okafor").person
    import_again(talk, hosts=())
    assert Turn.objects.get(speaker_name="Ada Okafor").person is None
    import_again(talk, hosts=("Ada Okafor",))
    assert Turn.objects.get(speaker_name="Ada Okafor").person == ada
    assert ada is not None
    assert (Paragraph.objects.get(pk=row.pk).version, Revision.objects.count()) == (1, 1)
