"""Handing in captions: the member, somebody else's member, the visitor; and what nobody should send."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from commonplace.apps.library import actions
from commonplace.apps.library.actions import uploads as module
from commonplace.apps.library.models import Talk, Upload
from commonplace.apps.people.models import Account, Person
from tests.factories import NOW, make_account, make_captions, make_talk

pytestmark = pytest.mark.django_db

UPLOAD = "/talks/upload/"
HOSTILE = """<script>alert("x")</script>'"><img src=x onerror=alert(1)>"""
BROKEN = b'{"segments": [1,'


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def account() -> Account:
    return make_account(name="Jonas Weber")


@pytest.fixture
def member(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def file(data: bytes | None = None, name: str = "tides.vtt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_captions() if data is None else data)


def hand_in(client: Client, *files: SimpleUploadedFile, text: str = "", key: str = "key-of-form", **headers):
    return client.post(UPLOAD, {"captions": files, "text": text, "key": key}, headers=headers)


def page_of(client: Client, upload: Upload | None = None, **values) -> str:
    upload = upload or Upload.objects.get()
    return client.get(reverse("describe-upload", args=[upload.pk]), **values).content.decode()


def describe(client: Client, deed: str = "publish", **values):
    form = {"title": "Tides", "speakers": ["Mei Tanaka", ""], "hosts": [""], "deed": deed}
    return client.post(reverse("describe-upload", args=[Upload.objects.get().pk]), form | values)


def publish_all() -> None:
    for row in Upload.objects.filter(state="publishing"):
        actions.publish_upload(upload=row.pk, attempt=row.attempt, now=NOW)


def test_a_file_leads_to_its_page_which_says_what_was_recognised(member: Client):
    answer = hand_in(member, file())
    page = member.get(answer["Location"]).content.decode()
    for seen in ("WebVTT", "24", "known to the caption", "Ada Okafor, Mei Tanaka", "Welcome back to the harbour"):
        assert seen in page
    assert 'value="Tides"' in page
    assert '<option value="ja">日本語</option>' in page


def test_several_files_and_a_pasted_text_come_in_one_form(member: Client):
    answer = hand_in(member, file(), file(BROKEN, "broken.json"), text="Ada: Hello, everyone.")
    assert answer["Location"] == UPLOAD
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["broken.json", "pasted.txt", "tides.vtt"]
    page = member.get(UPLOAD).content.decode()
    for seen in ("tides.vtt", "broken.json", "pasted text", "Could not be read", "Draft"):
        assert seen in page


def test_the_script_is_answered_with_an_address_or_a_reason(member: Client):
    answer = hand_in(member, file(), accept="application/json").json()
    assert answer == {"address": f"{UPLOAD}{Upload.objects.get().pk}/", "stage": "draft"}
    refused = hand_in(member, accept="application/json")
    assert refused.status_code == 400
    assert "paste the text" in refused.json()["problem"]


def test_a_form_sent_twice_is_one_upload_and_leads_to_the_same_page(member: Client):
    assert hand_in(member, file())["Location"] == hand_in(member, file())["Location"]
    assert Upload.objects.count() == 1


def test_nothing_handed_in_is_said_and_a_page_without_uploads_too(member: Client):
    answer = hand_in(member, text=" \n")
    assert answer.status_code == 400
    assert "Choose a file, or paste the text" in answer.content.decode()
    assert "Nothing yet" in member.get(UPLOAD).content.decode()


def test_each_form_has_a_key_of_its_own(member: Client):
    keys = {re.search(r'name="key" value="(\w+)"', member.get(UPLOAD).content.decode())[1] for _ in range(2)}
    assert len(keys) == 2
    assert hand_in(member, file(), key="../../x").status_code == 400


def test_a_talk_is_described_published_and_then_leads_to_its_page(member: Client):
    hand_in(member, file())
    answer = describe(member, event="Harbour ML", date="2026-05-04", hosts=["Ada Okafor"], topics="boats, tides")
    assert answer.status_code == 302
    assert "Waiting" in page_of(member)
    publish_all()
    talk = Talk.objects.get()
    assert (talk.title, talk.event, str(talk.date), talk.topics) == (
        "Tides",
        "Harbour ML",
        "2026-05-04",
        ["boats", "tides"],
    )
    assert list(talk.speakers.values_list("name", "role")) == [("Ada Okafor", "host"), ("Mei Tanaka", "speaker")]
    assert f"/talks/{talk.slug}/" in page_of(member)
    assert "Published" in member.get(UPLOAD).content.decode()


def test_a_draft_keeps_what_was_typed_and_needs_no_title(member: Client):
    hand_in(member, file())
    assert describe(member, "keep", title="", description="About boats")["Location"] == UPLOAD
    page = page_of(member)
    assert "About boats" in page
    assert not DBTaskResult.objects.filter(args_kwargs__icontains="publish_upload").exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Give the talk a title"),
        ("recording", "javascript:alert(1)", "no address on the web"),
        ("language", "English please", "no tag of a language"),
        ("date", "yesterday", "valid date"),
        ("topics", ",".join(map(str, range(40))), "more than 30 topics"),
        ("speakers", [f"Speaker {number}" for number in range(60)], "more than 50 names"),
        ("speakers", ["x" * 300], "at most 200 characters"),
        ("title", "nothing\x00", "Null characters"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(member: Client, field, value, said: str):
    hand_in(member, file())
    values = {"description": "typed by hand"} | {field: value}
    answer = describe(member, **values)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "typed by hand" in page
    assert Upload.objects.get().state == "recognised"


def test_what_could_not_be_read_can_be_mended_and_read_again(member: Client):
    hand_in(member, text='{"segments": [1,')
    page = page_of(member)
    assert "These captions could not be read" in page
    assert "(line 1" in page
    assert page.count("{&quot;segments&quot;: [1,") == 2  # the excerpt, and the text to mend
    address = reverse("replace-upload", args=[Upload.objects.get().pk])
    refused = member.post(address, {"text": " ", "key": "form-to-replace"})
    assert refused.status_code == 400
    member.post(address, {"text": "Ada: Hello, everyone.\nMei: Hello, Ada.", "key": "form-to-replace"})
    assert "What was recognised" in page_of(member)


def test_the_same_captions_handed_in_twice_are_noticed(member: Client):
    hand_in(member, file())
    second = hand_in(member, file(), key="another-form")["Location"]
    assert "You handed in the same captions before" in member.get(second).content.decode()
    make_talk()
    assert "There is a talk with the same captions already" in member.get(second).content.decode()


def test_publishing_can_be_cancelled_until_it_is_done(member: Client):
    hand_in(member, file())
    describe(member)
    cancel = reverse("cancel-upload", args=[Upload.objects.get().pk])
    assert member.post(cancel).status_code == 302
    publish_all()
    assert not Talk.objects.exists()
    describe(member)
    publish_all()
    late = member.post(cancel)
    assert (late.status_code, Talk.objects.count()) == (409, 1)
    assert "too late to cancel" in late.content.decode()


def test_details_sent_while_it_is_published_are_answered_and_change_nothing(member: Client):
    hand_in(member, file())
    describe(member)
    answer = describe(member, "keep", title="Other title")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "not a draft any more" in page
    assert "Other title" in page
    assert Upload.objects.get().details["title"] == "Tides"


def test_a_job_that_failed_is_tried_again(member: Client):
    hand_in(member, file())
    describe(member)
    upload = Upload.objects.get()
    DBTaskResult.objects.get(pk=upload.job).set_failed(RuntimeError("no memory"))
    assert "Try again" in page_of(member)
    member.post(reverse("try-upload-again", args=[upload.pk]))
    assert "Waiting" in page_of(member)


def test_a_draft_is_discarded_for_good_but_not_while_it_is_published(member: Client):
    hand_in(member, file())
    describe(member)
    discard = reverse("discard-upload", args=[Upload.objects.get().pk])
    member.post(discard)
    assert Upload.objects.exists()
    member.post(reverse("cancel-upload", args=[Upload.objects.get().pk]))
    assert member.post(discard)["Location"] == UPLOAD
    assert not Upload.objects.exists()


def test_who_looks_again_is_told_only_what_is_new(member: Client):
    hand_in(member, file())
    describe(member)
    upload = Upload.objects.get()
    for address in (reverse("upload-progress", args=[upload.pk]), reverse("uploads")):
        first = member.get(address)
        assert "no-store" not in first["Cache-Control"]
        assert member.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    publish_all()
    changed = member.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, "Published" in changed.content.decode()) == (200, True)


def test_a_get_changes_nothing(member: Client):
    hand_in(member, file())
    key = Upload.objects.get().pk
    for name in ("replace-upload", "cancel-upload", "try-upload-again", "discard-upload"):
        assert member.get(reverse(name, args=[key])).status_code == 405
    before = Upload.objects.values().get()
    for name in ("describe-upload", "upload-progress"):
        assert member.get(reverse(name, args=[key])).status_code == 200
    assert Upload.objects.values().get() == before


@pytest.mark.parametrize(
    "name",
    ["describe-upload", "upload-progress", "replace-upload", "cancel-upload", "try-upload-again", "discard-upload"],
)
def test_somebody_else_s_upload_answers_as_one_that_never_was(member: Client, name: str):
    hand_in(member, file())
    stranger = Client()
    stranger.force_login(make_account(role="organiser"))
    ask = stranger.get if name == "upload-progress" else stranger.post
    values = {"key": "form-to-replace", "text": "words", "title": "Mine now", "deed": "publish"}
    mine, absent = (ask(reverse(name, args=[key]), values) for key in (Upload.objects.get().pk, 10**30))
    assert (mine.status_code, absent.status_code) == (404, 404)
    assert Upload.objects.get().state == "recognised"


def test_a_visitor_is_led_to_sign_in_and_keeps_what_they_typed(client: Client):
    assert client.get(UPLOAD)["Location"].endswith("?next=/talks/upload/")
    kept = hand_in(client, text="An hour's worth of typing")
    assert kept.status_code == 403
    assert "An hour&#x27;s worth of typing" in kept.content.decode()
    assert hand_in(client, file()).status_code == 302
    assert not Upload.objects.exists()


def test_a_form_of_another_site_is_refused(account: Account):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    assert hand_in(strict, file()).status_code == 403
    upload = actions.receive_upload(
        data=make_captions(), name="tides.vtt", key="key-of-form", is_pasted=False, by=account, now=NOW
    )
    for name in ("describe-upload", "replace-upload", "cancel-upload", "try-upload-again", "discard-upload"):
        assert strict.post(reverse(name, args=[upload.pk]), {"deed": "publish", "title": "x"}).status_code == 403
    assert Upload.objects.get().state == "recognised"


def test_too_many_uploads_are_refused_aloud_and_the_text_stays(member: Client, monkeypatch):
    monkeypatch.setattr(module, "_UPLOADS_AN_HOUR", 1)
    hand_in(member, file())
    answer = hand_in(member, text="one more text", key="another-form")
    assert answer.status_code == 429
    assert "one more text</textarea>" in answer.content.decode()
    assert hand_in(member, text="one more text", key="another-form", accept="application/json").status_code == 429


def test_a_file_that_is_too_large_is_refused_and_the_others_are_kept(member: Client, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_BYTES", 1000)
    answer = hand_in(member, file(), file(b"a" * 1001, "recording.mp4"))
    assert answer.status_code == 413
    assert "recording.mp4: This is more than" in answer.content.decode()
    assert [upload.name for upload in Upload.objects.all()] == ["tides.vtt"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_request_that_is_too_large_is_refused_before_its_token_is_looked_for(
    account: Account, monkeypatch, accept: str
):
    monkeypatch.setattr("commonplace.apps.library.views.uploads._LARGEST_REQUEST", 1000)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    answer = hand_in(strict, file(b"a" * 1001), accept=accept)
    assert answer.status_code == 413
    assert "This is more than 32 MB" in answer.content.decode()


def test_a_text_too_long_for_a_form_is_refused_aloud(member: Client):
    answer = hand_in(member, text="word " * 1_000_000)
    assert answer.status_code == 413
    assert "save it as a file" in answer.content.decode()


def test_more_files_than_a_form_may_carry_are_refused_aloud(member: Client):
    answer = hand_in(member, *(file(name=f"{number}.vtt") for number in range(21)))
    assert answer.status_code == 413
    assert "twenty at a time" in answer.content.decode()


def make_zip_bomb() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b" " * (64 * 2**20) + b"</w:t>")
    return body.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t ",
        b"\x00" * 5000,
        bytes(range(256)) * 200,
        b"\x7fELF" + bytes(range(256)) * 20,
        b"WEBVTT\n\n00:00.000 --> 00:01.000\nwords \x00 with \x00 nothing\n",
        b"\xff\xfe" + b"\x00\xd8" * 300,
        b"[" * 100_000,
        b"<" * 100_000,
        b"{" + b'"a":' * 50_000,
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'boat'>]><tt>&b;</tt>",
        b"WEBVTT\n\n" + b"a" * 1_000_000,
    ],
    ids=[
        "empty",
        "blank",
        "nul",
        "binary",
        "program",
        "nul-inside",
        "half-pairs",
        "brackets",
        "angles",
        "json",
        "entity",
        "line",
    ],
)
def test_strange_content_is_kept_and_told_and_never_breaks_a_page(member: Client, data: bytes):
    answer = hand_in(member, file(data, "strange.vtt"))
    assert answer.status_code == 302
    for address in (answer["Location"], UPLOAD):
        assert member.get(address).status_code == 200
    if Upload.objects.get().state == "recognised":
        describe(member)
        publish_all()
        assert Upload.objects.get().state == "published"


def test_a_document_that_unpacks_without_end_is_stopped_by_the_job(member: Client):
    hand_in(member, file(make_zip_bomb(), "bomb.docx"))
    row = Upload.objects.get()
    actions.read_upload(upload=row.pk, attempt=row.attempt)
    assert "unpacks to more than" in page_of(member)


@pytest.mark.parametrize(
    "name", [HOSTILE, "../../../etc/passwd", "C:\\a\\b.vtt", "a" * 5000, "x\r\nSet-Cookie: a=b.vtt"]
)
def test_a_hostile_file_name_is_only_a_name(member: Client, name: str, tmp_path):
    answer = hand_in(member, file(name=name))
    for address in (answer["Location"], UPLOAD):
        page = member.get(address)
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()
        assert "Set-Cookie" not in page.headers
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert stored[0].parent == tmp_path / "captions"
    assert re.fullmatch(r"[0-9a-f]{64}(_\w+)?(\.[a-z0-9]{1,8})?", stored[0].name)


def test_script_in_captions_titles_names_and_events_is_only_text(member: Client):
    first, second = (f"00:00:0{second}.000 --> 00:00:0{second + 1}.000" for second in (1, 3))
    vtt = f"WEBVTT\n\n{first}\n<v {HOSTILE}>{HOSTILE}\n\n{second}\n[x](javascript:alert(1)) **b**\n"
    hand_in(member, file(vtt.encode()))
    pages = [page_of(member)]
    values = dict.fromkeys(("title", "event", "description", "topics"), HOSTILE)
    answer = describe(member, **values, speakers=[HOSTILE], hosts=[HOSTILE + "2"])
    assert answer.status_code == 302
    publish_all()
    talk = Talk.objects.get()
    pages += [member.get(address).content.decode() for address in (f"/talks/{talk.slug}/", "/talks/", UPLOAD)]
    pages += [member.get(f"/people/{person.slug}/").content.decode() for person in Person.objects.all()]
    pages += [page_of(member)]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_no_member_sees_another_one_s_suggestions_of_hidden_names(member: Client):
    make_talk("Hidden", event="Secret meeting", published=False)
    hand_in(member, file())
    assert "Secret meeting" not in page_of(member)
