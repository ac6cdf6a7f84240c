from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.apps.library import actions, queries
from commonplace.apps.library.adapters import TalkFolder, write_folder
from commonplace.apps.library.models import Paragraph, Revision, Talk
from tests.apps.library.transcripts import transcripts
from tests.factories import NOW, make_account, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paragraph_of(talk, position=1):
    return Paragraph.with_deleted.get(transcript__talk=talk, position=position)


def correct(paragraph, text, *, version=None, **values):
    return actions.correct_paragraph(
        paragraph=paragraph.pk,
        version=paragraph.version if version is None else version,
        text=text,
        by=values.pop("by", None) or make_account(role="editor"),
        now=NOW,
        **values,
    )


edits = st.lists(
    st.tuples(st.integers(0, 99), st.lists(st.sampled_from(["tide", "boat", "in"]), max_size=6)), max_size=6
)


def import_folder(folder, slug):
    actions.import_talk_folder(files=write_folder(folder), slug=slug, published=True, now=NOW)


def suggest(paragraph, text, **values):
    known = {"version": paragraph.version, "given_name": "Priya", "sender": "somebody", "now": NOW}
    return actions.suggest_correction(paragraph=paragraph.pk, text=text, **(known | values))


def test_a_correction_keeps_who_when_and_what_stood_there():
    paragraph, editor = paragraph_of(make_talk()), make_account(role="editor")
    revision = correct(paragraph, "Sentence number one is about boats.\n Sentence", by=editor)
    assert (revision.account, revision.made_at, revision.version) == (editor, NOW, 1)
    assert (revision.before, revision.before_times) == (paragraph.text, paragraph.times)
    paragraph.refresh_from_db()
    assert (paragraph.text, paragraph.version) == ("Sentence number one is about boats. Sentence", 1)
    assert paragraph.times[:2] == revision.before_times[:2]


def test_the_same_text_is_no_edit():
    paragraph = paragraph_of(make_talk())
    assert correct(paragraph, f"  {paragraph.text} ") is None
    assert not Revision.objects.exists()


def test_edits_of_different_words_are_both_kept():
    paragraph = paragraph_of(make_talk(sentences=1))
    correct(paragraph, paragraph.text.replace("boats.", "ships."))
    correct(paragraph, paragraph.text.replace("Sentence", "Phrase"))
    paragraph.refresh_from_db()
    assert (paragraph.text, paragraph.version) == ("Phrase number 1 is about ships.", 2)


def test_edits_of_the_same_words_are_never_overwritten_silently():
    paragraph = paragraph_of(make_talk(sentences=1))
    correct(paragraph, paragraph.text.replace("boats.", "ships."))
    with pytest.raises(actions.Overtaken) as overtaken:
        correct(paragraph, paragraph.text.replace("boats.", "coats."))
    disputed = [piece for piece in overtaken.value.merge.pieces if piece.is_disputed]
    assert [(piece.mine.texts, piece.theirs.texts) for piece in disputed] == [(["coats."], ["ships."])]
    assert (overtaken.value.version, paragraph_of(paragraph.transcript.talk).text) == (
        1,
        "Sentence number 1 is about ships.",
    )


@pytest.mark.parametrize("version", [-1, 1])
def test_a_version_that_never_was_is_refused(version):
    with pytest.raises(ValueError, match="has no version"):
        correct(paragraph_of(make_talk()), "Other words", version=version)


def test_an_edit_is_undone_with_the_old_times_and_keeps_later_edits_of_other_words():
    paragraph = paragraph_of(make_talk(sentences=1))
    first = correct(paragraph, "Sentence number boats.")
    correct(paragraph, "Phrase number boats.", version=1)
    undone = actions.undo_revision(revision=first.pk, by=make_account(role="editor"), now=NOW)
    row = paragraph_of(paragraph.transcript.talk)
    assert (row.text, row.times) == ("Phrase number 1 is about boats.", paragraph.times)
    assert (undone.kind, undone.undoes, undone.version) == ("undo", first, 3)


def test_an_undo_that_later_edits_overlap_is_refused_aloud():
    paragraph = paragraph_of(make_talk(sentences=1))
    first = correct(paragraph, "Sentence number 1 is about ships.")
    correct(paragraph, "Sentence number 1 is about coats.", version=1)
    with pytest.raises(actions.Overtaken):
        actions.undo_revision(revision=first.pk, by=make_account(role="editor"), now=NOW)


def test_an_undo_can_be_undone_and_nothing_is_undone_twice():
    paragraph, editor = paragraph_of(make_talk()), make_account(role="editor")
    edit = correct(paragraph, "Ships.")
    undo = actions.undo_revision(revision=edit.pk, by=editor, now=NOW)
    assert actions.undo_revision(revision=edit.pk, by=editor, now=NOW) is None
    actions.undo_revision(revision=undo.pk, by=editor, now=NOW)
    assert paragraph_of(paragraph.transcript.talk).text == "Ships."


def test_a_paragraph_without_words_leaves_the_talk_and_comes_back_by_undoing():
    talk = make_talk()
    before = queries.load_folder(talk)
    revision = correct(paragraph_of(talk, 0), "")
    shorter = queries.load_folder(talk).transcript
    assert shorter.words.texts == before.transcript.words.texts[6:]
    assert [turn.speaker for turn in shorter.turns] == ["Mei Tanaka"]
    actions.undo_revision(revision=revision.pk, by=make_account(role="editor"), now=NOW)
    assert queries.load_folder(talk) == before


def test_a_turn_gets_another_speaker_and_gets_the_old_one_back():
    make_person("Ada Okafor", slug="ada")
    paragraph = paragraph_of(make_talk())
    choice = actions.SpeakerChoice(seen="Mei Tanaka", chosen="Ada Okafor")
    revision = correct(paragraph, paragraph.text, speaker=choice)
    assert paragraph_of(paragraph.transcript.talk).turn.person.slug == "ada"
    with pytest.raises(actions.Overtaken, match="version 1"):
        correct(paragraph, paragraph.text, speaker=actions.SpeakerChoice(seen="Mei Tanaka", chosen=""))
    actions.undo_revision(revision=revision.pk, by=make_account(role="editor"), now=NOW)
    assert paragraph_of(paragraph.transcript.talk).turn.speaker_name == "Mei Tanaka"


@given(transcripts(), edits, st.randoms(use_true_random=False))
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # only the media folder is shared
def test_after_any_edits_the_talk_is_consistent_and_comes_back_from_its_folder(transcript, edits, chance):
    folder = TalkFolder(details=make_details(), transcript=transcript, report={"words_in": len(transcript.words)})
    editor = make_account(role="editor")
    with transaction.atomic():
        import_folder(folder, "before")
        paragraphs = Paragraph.with_deleted.filter(transcript__talk__slug="before")
        for number, words in edits[: 6 * paragraphs.count()]:
            row = paragraphs.order_by("position")[number % paragraphs.count()]
            kept = row.text.split(" ")[: chance.randint(0, 5)]
            correct(row, " ".join([*kept, *words]), by=editor)
        after = queries.load_folder(Talk.objects.get(slug="before"))
        said = [row for row in paragraphs.order_by("position") if row.text]
        assert [row.first_word for row in said] == [
            sum(len(r.text.split(" ")) for r in said[:n]) for n in range(len(said))
        ]
        assert after.transcript.words.texts == " ".join(row.text for row in said).split()
        assert Talk.objects.get(slug="before").transcripts.get().word_count == len(after.transcript.words)
        import_folder(after, "after")
        assert queries.load_folder(Talk.objects.get(slug="after")) == after
        transaction.set_rollback(True)


def test_what_is_said_of_edited_words_goes_and_all_else_moves_with_its_words():
    talk = make_talk(sentences=2)
    row = talk.transcripts.get()
    row.loops = [[0, 1, 2], [13, 14, 2]]
    row.save()
    for position, (first, last) in enumerate([(1, 2), (4, 7), (6, 6), (13, 13)]):
        row.corrections.create(position=position, first_word=first, last_word=last)
    correct(paragraph_of(talk, 0), "Welcome back to this fine harbour, everyone.")
    row.refresh_from_db()
    assert [(one.first_word, one.last_word) for one in row.corrections.all()] == [(1, 2), (5, 8), (7, 7), (14, 14)]
    assert row.loops == [[0, 1, 2], [14, 15, 2]]


def test_an_accepted_suggestion_is_a_revision_that_names_whom_it_came_from():
    paragraph, editor = paragraph_of(make_talk()), make_account(role="editor")
    suggestion = suggest(paragraph, "Boats.")
    revision = actions.accept_suggestion(suggestion=suggestion.pk, by=editor, now=NOW)
    assert (revision.kind, revision.account, revision.given_name) == ("suggestion", editor, "Priya")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by, suggestion.sender) == ("accepted", editor, "")
    with pytest.raises(actions.Undecidable):
        actions.reject_suggestion(suggestion=suggestion.pk, by=editor, now=NOW)


def test_a_suggestion_that_an_edit_overtook_stays_open():
    paragraph, editor = paragraph_of(make_talk(sentences=1)), make_account(role="editor")
    suggestion = suggest(paragraph, "Boats.")
    correct(paragraph, "Ships.")
    with pytest.raises(actions.Overtaken):
        actions.accept_suggestion(suggestion=suggestion.pk, by=editor, now=NOW)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_a_rejected_suggestion_changes_no_word():
    paragraph, editor = paragraph_of(make_talk()), make_account(role="editor")
    actions.reject_suggestion(suggestion=suggest(paragraph, "Nonsense").pk, by=editor, now=NOW)
    assert paragraph_of(paragraph.transcript.talk).text == paragraph.text


def test_one_sender_cannot_flood_the_list():
    paragraph = paragraph_of(make_talk())
    for number in range(20):
        suggest(paragraph, f"Boats {number}")
    with pytest.raises(actions.TooManySuggestions):
        suggest(paragraph, "Boats")
    suggest(paragraph, "Boats", sender="somebody else")
    suggest(paragraph, "Boats", now=NOW + timedelta(hours=2))
