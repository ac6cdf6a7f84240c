import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from commonplace.apps.library import actions, queries
from commonplace.apps.library.actions import attachments
from commonplace.apps.library.adapters import UnreadableCaptions
from commonplace.apps.library.models import Attachment, Talk
from commonplace.apps.people.models import Act
from tests.apps.library.attachments import HTML, PDF, PNG, SVG
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "attachments"


@pytest.fixture
def talk():
    return make_talk()


@pytest.fixture
def mei():
    return make_account(role="editor", email="mei@example.org")


def attach(talk, by, data=PDF, name="Slides.pdf", title="", kind="slides"):
    return actions.attach_file(talk=talk.pk, kind=kind, title=title, file=io.BytesIO(data), name=name, by=by, now=NOW)


def list_files(media):
    return sorted(path.read_bytes() for path in media.iterdir()) if media.exists() else []


def test_an_attached_file_is_kept_as_it_came_and_written_down(talk, mei, media):
    row = attach(talk, mei, name='..\\my "deck".pdf')
    assert (row.name, row.title, row.content_type, row.size) == (
        "my-deck.pdf",
        'my "deck"',
        "application/pdf",
        len(PDF),
    )
    assert list_files(media) == [PDF]
    act = Act.objects.get()
    assert (act.by, act.what, act.target, act.after) == (mei, "attached a file", talk.title, 'my "deck"')


def test_the_same_file_twice_is_one_attachment(talk, mei, media):
    assert attach(talk, mei) == attach(talk, mei, name="again.pdf")
    assert len(list_files(media)) == Act.objects.count() == 1


def test_two_files_of_one_name_have_two_names(talk, mei):
    names = [attach(talk, mei, PDF + bytes([number])).name for number in b"abc"]
    assert names == ["slides.pdf", "slides-2.pdf", "slides-3.pdf"]
    assert list(Attachment.objects.values_list("position", flat=True)) == [0, 1, 2]


@pytest.mark.parametrize(("data", "problem"), [(b"", "empty"), (HTML, "kind"), (SVG, "kind")])
def test_a_file_that_may_not_be_attached_leaves_nothing(data, problem, talk, mei, media):
    with pytest.raises(actions.UnfitAttachment) as unfit:
        attach(talk, mei, data)
    assert unfit.value.problem == problem
    assert not Attachment.objects.exists()
    assert list_files(media) == []


def test_a_file_that_is_too_large_leaves_nothing(talk, mei, media, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST_FILE", len(PDF) - 1)
    with pytest.raises(actions.UnfitAttachment) as unfit:
        attach(talk, mei)
    assert unfit.value.problem == "large"
    assert list_files(media) == []


def test_a_talk_has_so_many_attachments_and_no_more(talk, mei):
    for number in range(actions.MOST_ATTACHMENTS):
        actions.attach_link(talk=talk.pk, kind="other", title="", url=f"https://a.example/{number}", by=mei, now=NOW)
    with pytest.raises(actions.UnfitAttachment) as unfit:
        attach(talk, mei)
    assert unfit.value.problem == "many"
    actions.remove_attachment(talk=talk.pk, key=Attachment.objects.all()[0].pk, by=mei, now=NOW)
    attach(talk, mei)


def test_a_link_is_noted_once_and_named_after_where_it_leads(talk, mei):
    rows = [
        actions.attach_link(talk=talk.pk, kind="other", title="", url="https://code.example/boats", by=mei, now=NOW)
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert rows[0].title == "https://code.example/boats"


def test_its_speakers_change_the_attachments_of_a_talk_and_other_members_do_not(talk, media):
    speaker = make_account(talk.speakers.get(role="speaker").person, email="speaker@example.org")
    attach(talk, speaker)
    stranger = make_account(email="stranger@example.org")
    with pytest.raises(PermissionDenied):
        attach(talk, stranger, PNG)
    with pytest.raises(PermissionDenied):
        actions.remove_attachment(talk=talk.pk, key=Attachment.objects.get().pk, by=stranger, now=NOW)
    assert list_files(media) == [PDF]


def test_the_file_goes_with_its_attachment_and_only_once_that_is_sure(talk, mei, media):
    row = attach(talk, mei)
    with transaction.atomic():
        actions.remove_attachment(talk=talk.pk, key=row.pk, by=mei, now=NOW)
        transaction.set_rollback(True)
    assert list_files(media) == [PDF]
    actions.remove_attachment(talk=talk.pk, key=row.pk, by=mei, now=NOW)
    assert list_files(media) == []
    with pytest.raises(Attachment.DoesNotExist):
        actions.remove_attachment(talk=talk.pk, key=row.pk, by=mei, now=NOW)


def test_the_attachment_of_another_talk_is_not_taken_away(talk, mei):
    row = attach(make_talk("Another"), mei)
    with pytest.raises(Attachment.DoesNotExist):
        actions.remove_attachment(talk=talk.pk, key=row.pk, by=mei, now=NOW)


def test_files_that_no_attachment_knows_go_after_a_day(talk, mei, media):
    attach(talk, mei)
    attach(make_talk("Deleted"), mei, PNG, "chart.png")
    Talk.objects.filter(title="Deleted").delete()
    now = timezone.now()
    assert actions.delete_stray_attachments(now=now) == 0
    assert actions.delete_stray_attachments(now=now + timedelta(hours=25)) == 1
    assert list_files(media) == [PDF]


@pytest.mark.parametrize(
    "wrong", [{"kind": "virus"}, {"title": ""}, {"url": "javascript:alert(1)"}, {"url": ""}, {"name": "x"}]
)
def test_the_database_keeps_only_files_and_addresses_of_the_web(wrong, talk):
    values = {"talk": talk, "position": 0, "kind": "other", "title": "x", "url": "https://a.example/", "added_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(**values | wrong)


def write_folder(folder, slug):
    exported = queries.export_attachments(slug)
    folder.mkdir()
    for name, path in exported.files.items():
        (folder / name).write_bytes(path.read_bytes())
    return exported.listing, {path.name: path for path in folder.iterdir()}


def read_back(slug, listing, files, **values):
    return actions.import_attachments(slug=slug, listing=listing, files=files, now=NOW, **values)


def test_what_a_folder_lists_comes_back_as_it_was(talk, mei, media, tmp_path):
    attach(talk, mei, title="Slides")
    attach(talk, mei, PNG, "chart.png", kind="other")
    actions.attach_link(talk=talk.pk, kind="notes", title="Code", url="https://code.example/", by=mei, now=NOW)
    listing, files = write_folder(tmp_path / "folder", talk.slug)
    assert read_back(talk.slug, listing, files) is False
    for row in Attachment.objects.all():
        actions.remove_attachment(talk=talk.pk, key=row.pk, by=mei, now=NOW)
    assert read_back(talk.slug, listing, files, dry_run=True) is True
    assert list_files(media) == []
    assert read_back(talk.slug, listing, files) is True
    assert queries.export_attachments(talk.slug).listing == listing
    assert list_files(media) == sorted([PDF, PNG])
    assert read_back(talk.slug, json.dumps({"version": 1, "attachments": []}), {}) is True
    assert list_files(media) == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("no list", "this is no list"),
        ([{"kind": "slides", "title": "x", "file": "gone.pdf"}], "it is not here"),
        ([{"kind": "slides", "title": "x", "file": "page.pdf"}], "may be attached"),
        ([{"kind": "slides", "title": "x", "file": "wrong.html"}], "does not fit"),
        ([{"kind": "slides", "title": "x", "file": "../../secret_key"}], "it is not here"),
        ([{"kind": "slides", "title": "x", "url": "javascript:alert(1)"}], "expected: kind"),
        ([{"kind": "virus", "title": "x", "url": "https://a.example/"}], "expected: kind"),
        ([{"kind": "slides", "title": "", "url": "https://a.example/"}], "expected: kind"),
        ([{"kind": "slides", "title": "x\n", "url": "https://a.example/"}], "expected: kind"),
        ([7], "expected: kind"),
        ([{"kind": "slides", "title": "x", "url": "https://a.example/"}] * 2, "listed twice"),
        ([{"kind": "slides", "title": "x", "url": "https://a.example/"}] * 31, "31 attachments"),
    ],
)
def test_a_wrong_list_changes_nothing(entries, message, talk, mei, media, tmp_path):
    attach(talk, mei)
    (tmp_path / "page.pdf").write_bytes(HTML)
    (tmp_path / "wrong.html").write_bytes(PDF)
    files = {name: tmp_path / name for name in ("page.pdf", "wrong.html")}
    with pytest.raises(UnreadableCaptions) as wrong:
        read_back(talk.slug, json.dumps({"version": 1, "attachments": entries}), files)
    assert message in str(wrong.value)
    assert list_files(media) == [PDF]
    assert Attachment.objects.get().title == "Slides"
