"""Attachments, as a visitor, a speaker, an editor and somebody with bad intentions meet them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonplace.apps.library.models import Attachment, Talk
from tests.apps.library.attachments import HTML, PDF, SVG
from tests.factories import make_account, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def talk() -> Talk:
    return make_talk()


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_account(role="editor", email="mei@example.org"))
    return client


def attach(client: Client, slug: str, data: bytes = PDF, name: str = "Slides.pdf", **values: str):
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(f"/talks/{slug}/attachments/", {"kind": "slides", "file": file, **values})


def find_address(slug: str) -> str:
    return f"/talks/{slug}/attachments/{Attachment.objects.get().pk}"


def test_a_file_is_attached_and_taken_along_by_a_visitor(talk: Talk, editor: Client, client: Client):
    assert attach(editor, talk.slug).status_code == 302
    address = find_address(talk.slug)
    assert f'href="{address}"' in client.get(f"/talks/{talk.slug}/").content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "name", ['a"b.pdf', "a\r\nSet-Cookie: x=1.pdf", "../../a.pdf", "スライド.pdf", "a;b.html", "💾.pdf"]
)
def test_no_name_breaks_out_of_the_header(name: str, talk: Talk, editor: Client, client: Client):
    attach(editor, talk.slug, name=name)
    answer = client.get(find_address(talk.slug))
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert unquote(header).rstrip('"').endswith(".pdf")
    assert "\n" not in header
    assert "Set-Cookie" not in answer.headers
    answer.close()


@pytest.mark.parametrize("data", [HTML, SVG, b"", b"MZ\x90\x00"])
def test_what_might_run_is_refused_with_what_to_do(data: bytes, talk: Talk, editor: Client):
    answer = attach(editor, talk.slug, data)
    assert answer.status_code == 400
    assert 'class="wrong"' in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_link_is_attached_and_one_that_runs_a_script_is_not(talk: Talk, editor: Client, client: Client):
    address = f"/talks/{talk.slug}/attachments/"
    for wrong in ("javascript:alert(1)", "ftp://a.example/", "data:text/html,x", "nonsense"):
        assert editor.post(address, {"kind": "other", "url": wrong}).status_code == 400
    editor.post(address, {"kind": "other", "url": "https://code.example/boats", "title": "<b>Code</b>"})
    page = client.get(f"/talks/{talk.slug}/").content.decode()
    assert 'href="https://code.example/boats" rel="noopener nofollow"' in page
    assert "&lt;b&gt;Code" in page


@pytest.mark.parametrize("values", [{}, {"url": "https://a.example/", "file": True}])
def test_one_of_file_and_address_is_needed(values, talk: Talk, editor: Client):
    if "file" in values:
        assert attach(editor, talk.slug, url=values["url"]).status_code == 400
    else:
        assert editor.post(f"/talks/{talk.slug}/attachments/", {"kind": "slides"}).status_code == 400
    assert not Attachment.objects.exists()


def test_the_attachments_of_an_unpublished_talk_are_nothing_to_a_stranger(talk: Talk, editor: Client, client: Client):
    attach(editor, talk.slug)
    address = find_address(talk.slug)
    Talk.objects.update(published_at=None)
    assert client.get(address).status_code == 404
    answer = editor.get(address)
    assert answer.status_code == 200
    answer.close()


def test_whoever_may_not_change_attachments_finds_no_way_to(talk: Talk, editor: Client, client: Client):
    attach(editor, talk.slug)
    member = Client()
    member.force_login(make_account(email="jonas@example.org"))
    for stranger in (client, member):
        assert stranger.get(f"/talks/{talk.slug}/attachments/").status_code == 404
        assert attach(stranger, talk.slug, PDF + b"2").status_code == 404
        assert stranger.post(f"{find_address(talk.slug)}/remove").status_code == 404
        assert "/attachments/" not in stranger.get(f"/talks/{talk.slug}/").content.decode().replace(
            find_address(talk.slug), ""
        )
    assert Attachment.objects.count() == 1


def test_a_speaker_attaches_to_their_own_talk(talk: Talk):
    speaker = Client()
    speaker.force_login(make_account(talk.speakers.get(role="speaker").person, email="mei@example.org"))
    assert attach(speaker, talk.slug).status_code == 302
    assert speaker.get(f"{find_address(talk.slug)}/remove").status_code == 405
    assert speaker.post(f"{find_address(talk.slug)}/remove").status_code == 302
    assert not Attachment.objects.exists()


def test_a_file_that_is_gone_from_the_disk_is_not_found(talk: Talk, editor: Client):
    attach(editor, talk.slug)
    Attachment.objects.get().file.storage.delete(Attachment.objects.get().file.name)
    assert editor.get(find_address(talk.slug)).status_code == 404
