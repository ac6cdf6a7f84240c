"""A passage that was taken out is nowhere any more: not in rows, files or answers, and nothing brings it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import CaptionFile, Paragraph, RedactionRequest, Revision, Talk, Transcript
from commonplace.apps.people.models import Account, Act, Role
from commonplace.engines.transcripts import TalkDetails
from tests.factories import NOW, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

SECRET = ("Grubenlampe", "Quittenbrot", "Zimtstern")
PASSAGE = "Grubenlampe Quittenbrot Zimtstern"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor():
    return make_account(role=Role.EDITOR, email="editor@example.org", name="Edith")


def make_captions(*, marks: str = PASSAGE) -> bytes:
    return (
        "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ada Okafor>Welcome back to the harbour.\n\n"
        f"00:10.000 --> 00:16.000\n<v Mei Tanaka>Between us, {marks}, and that was it.\n\n"
        "00:20.000 --> 00:24.000\n<v Mei Tanaka>Now to the boats, which are blue.\n"
    ).encode()


def publish(data: bytes | None = None, name: str = "talk.vtt") -> Talk:
    details = TalkDetails(title="Secrets", speakers=("Mei Tanaka",), hosts=("Ada Okafor",), topics=("boats",))
    return actions.publish_captions(data=data or make_captions(), name=name, details=details, now=NOW)


def paragraph_with(talk: Talk, text: str) -> Paragraph:
    return Paragraph.objects.get(transcript__talk=talk, text__contains=text)


def ask(talk: Talk, passage: str = PASSAGE, **values):
    values = {"reason": "Private.", "by": None, "email": "mei@example.org", "sender": "s", "now": NOW} | values
    paragraph = Paragraph.objects.filter(transcript__talk=talk).first()
    return actions.ask_for_redaction(paragraph=paragraph.pk, passage=passage, **values)


def dump_everything() -> str:
    """Every column of every row of the database, and every file of the media."""
    rows = [str(values) for model in apps.get_models() for values in model._base_manager.values_list()]
    folder = Path(apps.get_model("library.captionfile")._meta.get_field("file").storage.location)
    return "\n".join([*rows, *(path.read_text() for path in folder.rglob("*") if path.is_file())])


def answers(talk: Talk) -> str:
    client = Client()
    organiser = Account.objects.filter(role=Role.ORGANISER).first()
    client.force_login(organiser or make_account(role=Role.ORGANISER, email="ada@example.org"))
    paths = [f"/talks/{talk.slug}/", f"/talks/{talk.slug}/history/", "/talks/", "/talks/feed.xml", "/talks/feed.json"]
    paths += [f"/talks/{talk.slug}/download/{kind}" for kind in ("vtt", "srt", "md", "txt", "json", "podcast-json")]
    paths += [f"/talks/{talk.slug}/paragraphs/{key}/" for key in Paragraph.with_deleted.values_list("pk", flat=True)]
    paths += ["/talks/all/suggestions/", "/sitemap.xml", "/organisers/acts/"]
    said = []
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        said.append(answer.content.decode())
    return "\n".join([*said, *("\n".join(talk.files.values()) for talk in queries.export_talks())])


def take_out(talk: Talk, editor, django_capture_on_commit_callbacks, passage: str = PASSAGE) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_redaction(request=ask(talk, passage).pk, by=editor, now=NOW)


def test_no_word_of_it_is_left_in_any_row_file_or_answer(editor, django_capture_on_commit_callbacks):
    talk = publish()
    row = paragraph_with(talk, "Quittenbrot")
    actions.correct_paragraph(
        paragraph=row.pk, version=0, text=row.text.replace("us", "you and me"), by=editor, now=NOW
    )
    for text in (row.text.replace("Zimtstern", "Zimtstern!"), row.text.replace("us", "Zimtstern")):
        actions.suggest_correction(paragraph=row.pk, version=1, text=text, given_name="", sender="x", now=NOW)
    assert all(word in dump_everything() and word in answers(talk) for word in SECRET)
    take_out(talk, editor, django_capture_on_commit_callbacks)
    found = dump_everything() + answers(talk)
    assert [word for word in SECRET if word.casefold() in found.casefold()] == []
    assert "boats" in found


def test_a_mark_with_its_times_stands_where_it_was(client: Client, editor, django_capture_on_commit_callbacks):
    talk = publish()
    take_out(talk, editor, django_capture_on_commit_callbacks)
    text = client.get(f"/talks/{talk.slug}/").content.decode()
    place = text.index("taken out")
    assert text.index("Between") < place < text.index("and that was it")
    assert "0:1" in text[place - 200 : place + 200]
    history = client.get(f"/talks/{talk.slug}/history/").content.decode()
    assert "took a passage out" in history


def test_the_words_that_stay_keep_their_times_and_everything_that_counts_words_is_true(
    editor, django_capture_on_commit_callbacks
):
    talk = publish()
    before = queries.load_transcript(Transcript.objects.get(talk=talk))
    take_out(talk, editor, django_capture_on_commit_callbacks)
    row = Transcript.objects.get(talk=talk)
    after = queries.load_transcript(row)
    kept = [word for word in before.words if not word.text.startswith(SECRET)]
    assert list(after.words) == kept
    assert row.word_count == len(kept)
    assert after.words[after.redactions[0].first_word].text == "and"
    assert [turn.speaker for turn in after.turns] == ["Ada Okafor", "Mei Tanaka"]
    for paragraph in Paragraph.objects.filter(transcript=row):
        first = after.words.texts[paragraph.first_word]
        assert paragraph.text.split(" ")[0] == first


def test_later_edits_move_the_mark_with_the_words(editor, django_capture_on_commit_callbacks):
    talk = publish()
    take_out(talk, editor, django_capture_on_commit_callbacks)
    row = paragraph_with(talk, "Welcome")
    actions.correct_paragraph(paragraph=row.pk, version=0, text="And so, " + row.text, by=editor, now=NOW)
    transcript = queries.load_transcript(Transcript.objects.get(talk=talk))
    assert transcript.words[transcript.redactions[0].first_word].text == "and"


def test_nothing_can_be_undone_into_it(editor, django_capture_on_commit_callbacks):
    talk = publish()
    row = paragraph_with(talk, "Quittenbrot")
    revision = actions.correct_paragraph(
        paragraph=row.pk, version=0, text=row.text.replace("us", "you"), by=editor, now=NOW
    )
    take_out(talk, editor, django_capture_on_commit_callbacks)
    with pytest.raises(Revision.DoesNotExist):
        actions.undo_revision(revision=revision.pk, by=editor, now=NOW)
    mark = Revision.objects.get(paragraph=row)
    with pytest.raises(Revision.DoesNotExist):
        actions.undo_revision(revision=mark.pk, by=editor, now=NOW)
    for version in (0, 1):
        with pytest.raises(ValueError, match="is gone"):
            actions.correct_paragraph(paragraph=row.pk, version=version, text=PASSAGE, by=editor, now=NOW)


def test_an_older_folder_does_not_bring_it_back(editor, django_capture_on_commit_callbacks):
    talk = publish()
    older = next(iter(queries.export_talks())).files
    take_out(talk, editor, django_capture_on_commit_callbacks)
    newer = next(iter(queries.export_talks())).files
    with pytest.raises(actions.HistoryAtStake):
        actions.import_talk_folder(files=older, slug=talk.slug, published=True, now=NOW)
    actions.import_talk_folder(files=older, slug=talk.slug, published=True, replace_history=True, now=NOW)
    assert "Quittenbrot" not in dump_everything()
    assert next(iter(queries.export_talks())).files["transcript.json"] == newer["transcript.json"]
    assert actions.import_talk_folder(files=newer, slug=talk.slug, published=True, now=NOW).kind == "unchanged"


def test_a_mark_goes_with_the_folder_to_another_site(editor, django_capture_on_commit_callbacks):
    talk = publish()
    take_out(talk, editor, django_capture_on_commit_callbacks)
    files = next(iter(queries.export_talks())).files
    Talk.objects.all().delete()
    actions.import_talk_folder(files=files, slug="elsewhere", published=True, now=NOW)
    assert len(Transcript.objects.get(talk__slug="elsewhere").redactions) == 1


def test_a_passage_across_paragraphs_may_be_named_by_its_ends(editor, django_capture_on_commit_callbacks):
    talk = publish()
    take_out(talk, editor, django_capture_on_commit_callbacks, "Between us, … to the boats,")
    texts = [paragraph.text for paragraph in Paragraph.objects.filter(transcript__talk=talk)]
    assert texts == ["Welcome back to the harbour.", "which are blue."]


def test_a_whole_talk_may_go(client: Client, editor, django_capture_on_commit_callbacks):
    talk = publish()
    take_out(talk, editor, django_capture_on_commit_callbacks, "Welcome … blue.")
    assert not Paragraph.objects.filter(transcript__talk=talk).exists()
    assert "taken out" in client.get(f"/talks/{talk.slug}/").content.decode()
    assert client.get(f"/talks/{talk.slug}/download/json").status_code == 200


def test_other_languages_lose_what_they_say_in_that_time(editor, django_capture_on_commit_callbacks):
    talk = publish()
    spoken = Transcript.objects.get(talk=talk)
    Transcript.objects.filter(pk=spoken.pk).update(language="en")
    actions.add_transcript(
        talk=talk.pk,
        data=make_captions(marks="Mirabelle Nussknacker"),
        name="de.vtt",
        language="de",
        by=editor,
        now=NOW,
    )
    take_out(talk, editor, django_capture_on_commit_callbacks, "Between us, … that was it.")
    found = dump_everything()
    assert "Mirabelle" not in found
    assert "Quittenbrot" not in found
    assert found.count("boats, which are blue") == 2


def test_a_request_follows_its_words_through_edits_and_new_captions(editor):
    talk = publish()
    request = ask(talk)
    row = paragraph_with(talk, "Welcome")
    actions.correct_paragraph(paragraph=row.pk, version=0, text="And so, " + row.text, by=editor, now=NOW)
    seen = queries.list_redaction_requests_for(editor)[0]
    assert seen.passage == "Grubenlampe Quittenbrot Zimtstern,"
    folder = next(iter(queries.export_talks())).files
    changed = folder["transcript.json"].replace('"boats,"', '"ships,"')
    files = {**folder, "transcript.json": changed}
    actions.import_talk_folder(files=files, slug=talk.slug, published=True, replace_history=True, now=NOW)
    request.refresh_from_db()
    assert queries.list_redaction_requests_for(editor)[0].passage == "Grubenlampe Quittenbrot Zimtstern,"


def test_words_that_stand_nowhere_cannot_be_asked_for():
    talk = publish()
    for passage in ("never said", "", "…", "blue. … Welcome", "   "):
        with pytest.raises(actions.PassageUnknown):
            ask(talk, passage)
    assert not RedactionRequest.objects.exists()


def test_requests_are_rationed():
    talk = publish()
    for _ in range(10):
        ask(talk)
    with pytest.raises(actions.TooManyRequests):
        ask(talk)
    ask(talk, now=NOW + timedelta(hours=2))


def test_a_refusal_leaves_the_words_and_forgets_who_asked(editor):
    talk = publish()
    actions.reject_redaction(request=ask(talk).pk, by=editor, now=NOW)
    assert paragraph_with(talk, "Quittenbrot")
    assert not RedactionRequest.objects.exists()
    assert Act.objects.get().what == "left a passage in"


@pytest.mark.parametrize("decide", [actions.accept_redaction, actions.reject_redaction])
def test_whoever_asked_is_answered_in_the_language_in_which_they_asked(editor, decide):
    talk = publish()
    with translation.override("ja"):
        request = ask(talk)
    decide(request=request.pk, by=editor, now=NOW)
    mail = apps.get_model("jobs.outgoingmail").objects.get()
    assert mail.subject == "ご依頼の箇所について"
    assert f"「{talk.title}」" in mail.body


def test_whoever_asked_is_told_and_a_second_decision_is_refused(editor, mailoutbox):
    talk = publish()
    request = ask(talk)
    actions.accept_redaction(request=request.pk, by=editor, now=NOW)
    waiting = apps.get_model("jobs.outgoingmail").objects.get()
    assert waiting.to == "mei@example.org"
    assert "Quittenbrot" not in waiting.body
    with pytest.raises(RedactionRequest.DoesNotExist):
        actions.accept_redaction(request=request.pk, by=editor, now=NOW)


def test_a_member_decides_nothing_even_about_their_own_talk():
    talk = publish()
    mei = make_account(make_person("Mei", slug="mei"), role=Role.MEMBER, email="mei@example.org")
    request = ask(talk)
    for decide in (actions.accept_redaction, actions.reject_redaction):
        with pytest.raises(PermissionDenied):
            decide(request=request.pk, by=mei, now=NOW)
    assert CaptionFile.objects.exists()


def test_another_talk_keeps_its_words(editor, django_capture_on_commit_callbacks):
    publish()
    other = make_talk("Other")
    take_out(Talk.objects.get(title="Secrets"), editor, django_capture_on_commit_callbacks)
    assert CaptionFile.objects.filter(talk=other).exists()
    assert Transcript.objects.get(talk=other).redactions == []
