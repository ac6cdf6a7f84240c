from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from commonplace.apps.library import actions
from commonplace.apps.library.models import Paragraph, Revision, Suggestion, Talk
from tests.factories import NOW, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db

HOSTILE = """<script>alert("x")</script>'"><img src=x onerror=alert(1)>"""
SAID = "Sentence number 1 is about boats."


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk() -> Talk:
    return make_talk(sentences=1)


@pytest.fixture
def paragraph(talk: Talk) -> Paragraph:
    return Paragraph.objects.get(transcript__talk=talk, position=1)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_account(role="editor", name="Jonas Weber"))
    return client


def address_of(paragraph: Paragraph) -> str:
    return reverse("correct", args=[paragraph.transcript.talk.slug, paragraph.pk])


def send(client: Client, paragraph: Paragraph, text: str, *, version: int = 0, **values):
    form = {"text": text, "version": version, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    return client.post(address_of(paragraph), form | values)


def suggest(paragraph: Paragraph, text: str) -> Suggestion:
    known = {"given_name": "Priya", "sender": "one", "now": NOW}
    return actions.suggest_correction(paragraph=paragraph.pk, version=0, text=text, **known)


def test_an_editor_sees_the_paragraph_between_its_neighbours(editor: Client, paragraph: Paragraph):
    page = editor.get(address_of(paragraph)).content.decode()
    assert page.index("Welcome back") < page.index(f">\n{SAID}</textarea>")
    assert '<option value="Mei Tanaka" selected>' in page
    assert '<option value="Ada Okafor">' in page


def test_an_editor_s_text_is_on_the_talk_page_at_once(editor: Client, paragraph: Paragraph):
    response = send(editor, paragraph, "Phrase number 1 is about boats.")
    assert (response.status_code, response["Location"]) == (302, "/talks/words-with-times/#t=10")
    assert "Phrase number 1" in editor.get("/talks/words-with-times/").content.decode()


def test_an_editor_chooses_who_speaks(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID, speaker="Ada Okafor")
    paragraph.refresh_from_db()
    assert (paragraph.text, paragraph.turn.speaker_name) == (SAID, "Ada Okafor")


def test_whoever_comes_second_sees_both_texts_and_decides(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID.replace("boats", "ships"))
    response = send(editor, paragraph, SAID.replace("boats", "coats"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "<mark>ships.</mark>" in page
    assert "<mark>coats.</mark>" in page
    assert Paragraph.objects.get(pk=paragraph.pk).text == SAID.replace("boats", "ships")
    assert 'name="version" value="1"' in page
    assert send(editor, paragraph, SAID.replace("boats", "coats"), version=1).status_code == 302


def test_two_editors_of_different_words_are_merged_without_a_question(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID.replace("boats", "ships"))
    assert send(editor, paragraph, SAID.replace("Sentence", "Phrase")).status_code == 302
    assert Paragraph.objects.get(pk=paragraph.pk).text == "Phrase number 1 is about ships."


@pytest.mark.parametrize("values", [{"version": "x"}, {"version": 9}, {"version": -1}, {"speaker": "Nobody here"}])
def test_a_form_that_was_tampered_with_is_refused_and_loses_no_text(editor: Client, paragraph: Paragraph, values):
    response = send(editor, paragraph, "A text of my own", **values)
    assert response.status_code in {400, 409}
    assert "A text of my own" in response.content.decode()
    assert not Revision.objects.exists()


def test_a_text_for_a_paragraph_that_is_gone_is_shown_once_more(editor: Client, paragraph: Paragraph):
    address = address_of(paragraph)
    paragraph.transcript.delete()
    response = editor.post(address, {"text": f"Mine {HOSTILE}", "version": 0})
    assert response.status_code == 404
    assert "Mine &lt;script&gt;" in response.content.decode()
    assert editor.get(address).status_code == 404


def test_a_paragraph_is_reached_only_through_its_own_talk_and_by_those_who_see_it(client: Client, paragraph: Paragraph):
    other = make_talk("Another talk")
    assert client.get(reverse("correct", args=[other.slug, paragraph.pk])).status_code == 404
    Talk.objects.update(published_at=None)
    assert client.get(address_of(paragraph)).status_code == 404
    assert client.get(reverse("history", args=["words-with-times"])).status_code == 404


@pytest.mark.parametrize(("account", "verb"), [(None, "Send"), ("member", "Send"), ("editor", "Save"), ("mei", "Save")])
def test_editors_and_the_speaker_save_and_others_suggest(client: Client, paragraph: Paragraph, account, verb: str):
    if account == "mei":
        client.force_login(make_account(paragraph.transcript.talk.speakers.get(name="Mei Tanaka").person))
    elif account:
        client.force_login(make_account(role=account))
    assert f">{verb}</button>" in client.get(address_of(paragraph)).content.decode()


def test_a_visitor_s_text_waits_for_an_editor(client: Client, paragraph: Paragraph):
    response = client.post(address_of(paragraph), {"text": "Boats.", "version": 0, "given_name": "Priya"})
    assert "waits for an editor" in response.content.decode()
    suggestion = Suggestion.objects.get()
    assert (suggestion.text, suggestion.given_name, len(suggestion.sender)) == ("Boats.", "Priya", 64)
    assert Paragraph.objects.get(pk=paragraph.pk).text == SAID


@pytest.mark.parametrize(
    "form",
    [
        {"text": f" {SAID}"},
        {"text": "Boats. " * 400},
        {"text": "Boats.", "given_name": "P" * 81},
        {"text": "Boats.", "website": "https://example.org"},
        {"text": "Boats.\x00"},
        {"text": "Boats.", "version": 7},
    ],
)
def test_a_suggestion_that_helps_nobody_is_refused(client: Client, paragraph: Paragraph, form: dict[str, str]):
    assert client.post(address_of(paragraph), {"version": 0} | form).status_code in {400, 409}
    assert not Suggestion.objects.exists()


def test_a_visitor_who_sends_too_much_is_told_to_wait(client: Client, paragraph: Paragraph):
    codes = [client.post(address_of(paragraph), {"text": f"{n}", "version": 0}).status_code for n in range(21)]
    assert codes == [200] * 20 + [429]


def test_behind_a_proxy_senders_are_told_apart_by_what_the_proxy_says(client: Client, paragraph: Paragraph, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for address in ("192.0.2.1, 198.51.100.7", "192.0.2.9, 198.51.100.7", "198.51.100.8"):
        client.post(address_of(paragraph), {"text": "Boats.", "version": 0}, headers={"X-Forwarded-For": address})
    assert Suggestion.objects.values("sender").distinct().count() == 2


def test_an_editor_accepts_with_one_click(editor: Client, paragraph: Paragraph):
    suggestion = suggest(paragraph, SAID.replace("boats", "ships"))
    assert "<del>" in editor.get(reverse("suggestions")).content.decode()
    editor.post(reverse("accept-suggestion", args=[suggestion.pk]))
    assert Paragraph.objects.get(pk=paragraph.pk).text == SAID.replace("boats", "ships")
    assert "suggested by Priya" in editor.get(reverse("history", args=["words-with-times"])).content.decode()
    assert editor.post(reverse("reject-suggestion", args=[suggestion.pk])).status_code == 409


def test_an_editor_rejects_with_one_click(editor: Client, paragraph: Paragraph):
    suggestion = suggest(paragraph, "Nonsense")
    editor.post(reverse("reject-suggestion", args=[suggestion.pk]))
    assert "Nonsense" not in editor.get(reverse("suggestions")).content.decode()
    assert editor.post(reverse("accept-suggestion", args=[suggestion.pk])).status_code == 409


def test_a_suggestion_that_was_overtaken_is_merged_by_hand(editor: Client, paragraph: Paragraph):
    suggestion = suggest(paragraph, SAID.replace("boats", "coats"))
    send(editor, paragraph, SAID.replace("boats", "ships"))
    page = editor.post(reverse("accept-suggestion", args=[suggestion.pk]))
    assert page.status_code == 409
    assert f'name="suggestion" value="{suggestion.pk}"' in page.content.decode()
    send(editor, paragraph, SAID.replace("boats", "coats"), version=1, suggestion=suggestion.pk)
    assert Revision.objects.last().kind == "suggestion"
    assert send(editor, paragraph, "Mine", version=2, suggestion=suggestion.pk).status_code == 409


def test_the_history_shows_what_was_deleted_and_inserted_and_by_whom(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID.replace("boats", "ships"), speaker="Ada Okafor")
    page = Client().get(reverse("history", args=["words-with-times"])).content.decode()
    assert '<del><span class="unseen">deleted: </span>boats.</del>' in page
    assert '<ins><span class="unseen">inserted: </span>ships.</ins>' in page
    assert "Jonas Weber" in page
    assert ">Undo</button>" not in page
    assert reverse("suggestions") not in page
    assert reverse("suggestions") in editor.get(reverse("history", args=["words-with-times"])).content.decode()


def test_an_editor_takes_an_edit_back(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, "Ships.")
    address = reverse("undo", args=["words-with-times", Revision.objects.get().pk])
    assert editor.post(address).status_code == 302
    assert Paragraph.objects.get(pk=paragraph.pk).text == SAID
    assert "taken back" in editor.get(reverse("history", args=["words-with-times"])).content.decode()


def test_an_undo_that_later_edits_overlap_shows_both(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID.replace("boats", "ships"))
    send(editor, paragraph, SAID.replace("boats", "coats"), version=1)
    first = Revision.objects.first()
    response = editor.post(reverse("undo", args=["words-with-times", first.pk]))
    assert response.status_code == 409
    assert "<mark>coats.</mark>" in response.content.decode()


@pytest.mark.parametrize("account", [None, "member"])
def test_whoever_is_no_editor_decides_nothing(client: Client, paragraph: Paragraph, account: str | None):
    suggestion = suggest(paragraph, "Boats.")
    revision = actions.correct_paragraph(paragraph=paragraph.pk, version=0, text="A", by=make_account(), now=NOW)
    if account:
        client.force_login(make_account(role=account))
    for name in ("accept-suggestion", "reject-suggestion"):
        assert client.post(reverse(name, args=[suggestion.pk])).status_code == 404
    assert client.post(reverse("undo", args=["words-with-times", revision.pk])).status_code == 404
    assert client.get(reverse("suggestions")).status_code == 404


def test_deeds_are_never_done_by_following_a_link_or_from_another_site(editor: Client, paragraph: Paragraph):
    suggestion = suggest(paragraph, "Boats.")
    for name in ("accept-suggestion", "reject-suggestion"):
        assert editor.get(reverse(name, args=[suggestion.pk])).status_code == 405
    assert editor.get(reverse("undo", args=["words-with-times", 1])).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(address_of(paragraph), {"text": "Boats.", "version": 0}).status_code == 403


def test_hostile_words_are_shown_and_not_run(editor: Client, paragraph: Paragraph):
    suggest(paragraph, HOSTILE)
    send(editor, paragraph, f"{HOSTILE} again")
    for address in (address_of(paragraph), reverse("suggestions"), reverse("history", args=["words-with-times"])):
        page = editor.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_takes_the_same_queries_however_long_it_is(
    editor: Client, paragraph: Paragraph, rows: int, django_assert_max_num_queries
):
    for number in range(rows):
        send(editor, paragraph, f"Ships {number}.", version=number)
    with django_assert_max_num_queries(8):
        editor.get(reverse("history", args=["words-with-times"]))


def test_a_speaker_of_another_talk_only_suggests(client: Client, paragraph: Paragraph):
    client.force_login(make_account(make_person("Jonas Weber")))
    assert ">Send</button>" in client.get(address_of(paragraph)).content.decode()


IN_PLACE = {"X-Requested-With": "fetch"}


def test_the_page_of_a_talk_gets_the_form_alone(editor: Client, paragraph: Paragraph):
    page = editor.get(address_of(paragraph), headers=IN_PLACE).content.decode()
    assert page.lstrip().startswith('<form class="editing"')
    assert f">\n{SAID}</textarea>" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert "<html" not in page


def test_an_edit_in_place_gets_the_paragraph_as_the_page_shows_it_and_its_undo(editor: Client, paragraph: Paragraph):
    form = {"text": "Ships.", "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    page = editor.post(address_of(paragraph), form, headers=IN_PLACE).content.decode()
    assert f'data-replaces="{paragraph.pk}"' in page
    assert "Ships." in page
    assert reverse("undo", args=["words-with-times", Revision.objects.get().pk]) in page
    undone = editor.post(reverse("undo", args=["words-with-times", Revision.objects.get().pk]), headers=IN_PLACE)
    assert SAID in undone.content.decode()


def test_an_edit_in_place_that_changes_nothing_has_nothing_to_undo(editor: Client, paragraph: Paragraph):
    form = {"text": SAID, "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    page = editor.post(address_of(paragraph), form, headers=IN_PLACE).content.decode()
    assert "nothing was changed" in page
    assert "/undo" not in page


@pytest.mark.parametrize("change", [{"speaker": "Ada Okafor"}, {"text": ""}])
def test_an_edit_of_a_whole_turn_in_place_renders_it_with_its_neighbours(
    editor: Client, paragraph: Paragraph, change: dict[str, str]
):
    form = {"text": SAID, "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"} | change
    page = editor.post(address_of(paragraph), form, headers=IN_PLACE).content.decode()
    before = Paragraph.objects.get(position=0)
    assert f'data-replaces="{before.pk} {paragraph.pk}"' in page
    assert (SAID in page) == bool(form["text"])
    assert "Welcome back" in page


def test_a_dispute_in_place_is_a_form_again(editor: Client, paragraph: Paragraph):
    send(editor, paragraph, SAID.replace("boats", "ships"))
    form = {"text": "Coats.", "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    response = editor.post(address_of(paragraph), form, headers=IN_PLACE)
    assert (response.status_code, response.content.decode().count("<html")) == (409, 0)
    assert 'class="dispute"' in response.content.decode()


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_whoever_edits_and_is_signed_out_suggests_nothing_by_accident(client: Client, paragraph: Paragraph, headers):
    form = {"text": "Ships.", "version": 0, "speaker": "Mei Tanaka", "speaker_seen": "Mei Tanaka"}
    response = client.post(address_of(paragraph), form, headers=headers)
    assert response.status_code == 403
    assert "no longer signed in" in response.content.decode()
    assert ">\nShips.</textarea>" in response.content.decode()
    assert not Suggestion.objects.exists()


def test_a_suggestion_in_place_is_thanked_for_in_a_line(client: Client, paragraph: Paragraph):
    page = client.post(address_of(paragraph), {"text": "Ships.", "version": 0}, headers=IN_PLACE).content.decode()
    assert "waits for an editor" in page
    assert "<html" not in page
