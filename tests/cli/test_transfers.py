import io

import pytest
from PIL import Image

from commonplace.apps.community.models import PageVersion
from commonplace.apps.library import actions as library
from commonplace.apps.library.models import Attachment, Talk
from commonplace.apps.people.models import Person
from commonplace.cli.transfers import export_folder, import_folder
from tests.factories import NOW, make_account, make_talk

pytestmark = pytest.mark.django_db


def write_person(folder, name):
    (folder / "people").mkdir(parents=True, exist_ok=True)
    (folder / "people" / f"{name.lower()}.md").write_text(f"---\nname: {name}\n---\n")


def test_the_status_says_whether_everything_went_in(tmp_path, capsys):
    assert import_folder(tmp_path, dry_run=False) == 2
    write_person(tmp_path, "Ada")
    assert import_folder(tmp_path, dry_run=False) == 0
    (tmp_path / "people" / "broken.md").write_text("no front matter")
    assert import_folder(tmp_path, dry_run=False) == 1
    assert "people/broken.md:1:1: no front matter" in capsys.readouterr().err


def test_a_name_without_letters_is_no_address(tmp_path, capsys):
    write_person(tmp_path, "Ada")
    (tmp_path / "people" / "ada.md").rename(tmp_path / "people" / "!.md")
    assert import_folder(tmp_path, dry_run=False) == 1
    assert "its name makes no address" in capsys.readouterr().err


def test_no_progress_is_drawn_where_nobody_looks(tmp_path, capsys):
    write_person(tmp_path, "Ada")
    import_folder(tmp_path, dry_run=False)
    assert capsys.readouterr() == ("new       people/ada\n1 new, 0 changed, 0 unchanged\n", "")


def test_people_go_out_as_they_came_in(tmp_path):
    write_person(tmp_path / "in", "Ada")
    import_folder(tmp_path / "in", dry_run=False)
    assert Person.objects.get().slug == "ada"
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    assert (tmp_path / "out/people/ada.md").read_bytes() == (tmp_path / "in/people/ada.md").read_bytes()


def test_an_export_that_did_not_reach_its_end_can_be_taken_up(tmp_path, monkeypatch):
    write_person(tmp_path / "in", "Ada")
    write_person(tmp_path / "in", "Mei")
    import_folder(tmp_path / "in", dry_run=False)
    monkeypatch.setattr("commonplace.cli.transfers._track", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_folder(tmp_path / "out", dry_run=False)
    monkeypatch.undo()
    assert export_folder(tmp_path / "out", dry_run=False) == 0


def interrupt(*arguments, **options):
    raise KeyboardInterrupt


def test_an_export_says_where_it_may_not_write(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert export_folder(tmp_path / "file" / "out", dry_run=False) == 2
    assert "file" in (told := capsys.readouterr().err)
    assert "Choose a folder that you may write to." in told


def test_a_word_that_cannot_be_kept_is_told_with_its_folder(tmp_path, capsys):
    (tmp_path / "boats").mkdir()
    (tmp_path / "boats" / "transcript.json").write_text('{"version": 1, "words": [{"text": "two words"}]}')
    assert import_folder(tmp_path, dry_run=False) == 1
    assert f"{tmp_path / 'boats'}: word 0 is 'two words'" in capsys.readouterr().err


def test_pages_go_out_as_they_came_in(tmp_path, capsys):
    (tmp_path / "in" / "pages").mkdir(parents=True)
    (tmp_path / "in" / "pages" / "about.ja.md").write_text("## 港\n\n船の話。\n", encoding="utf-8")
    assert import_folder(tmp_path / "in", dry_run=True) == 0
    assert not PageVersion.objects.exists()
    assert import_folder(tmp_path / "in", dry_run=False) == 0
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    assert (tmp_path / "out" / "pages" / "about.ja.md").read_bytes() == "## 港\n\n船の話。\n".encode()
    capsys.readouterr()
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    assert "0 changed, 1 unchanged" in capsys.readouterr().out


def test_a_page_that_no_community_has_is_left_out(tmp_path, capsys):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "imprint.en.md").write_text("Us.")
    assert import_folder(tmp_path, dry_run=False) == 1
    assert "expected: about.en.md" in capsys.readouterr().err
    assert not PageVersion.objects.exists()


def test_slides_go_out_as_they_came_in_and_come_back(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "media"
    data = b"%PDF-1.7\n" + bytes(range(256)) * 100
    talk = make_talk()
    library.attach_file(
        talk=talk.pk,
        kind="slides",
        title="",
        file=io.BytesIO(data),
        name="Deck.pdf",
        by=make_account(role="editor"),
        now=NOW,
    )
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    folder = tmp_path / "out" / "talks" / talk.slug
    assert (folder / "attachments" / "deck.pdf").read_bytes() == data
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    talk.delete()
    assert import_folder(tmp_path / "out", dry_run=True) == 0
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    capsys.readouterr()
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    assert " 0 changed" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    library.remove_attachment(
        talk=Talk.objects.get().pk, key=Attachment.objects.get().pk, by=make_account(role="editor"), now=NOW
    )
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    assert not Attachment.objects.exists()  # what was taken away does not come back


def test_an_attachment_that_was_changed_by_hand_is_not_overwritten(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    talk, editor = make_talk(), make_account(role="editor")
    values = {"talk": talk.pk, "kind": "slides", "title": "", "name": "deck.pdf", "by": editor, "now": NOW}
    library.attach_file(file=io.BytesIO(b"%PDF-1.7 first"), **values)
    export_folder(tmp_path / "out", dry_run=False)
    path = tmp_path / "out" / "talks" / talk.slug / "attachments" / "deck.pdf"
    path.write_bytes(b"%PDF-1.7 by hand")
    assert export_folder(tmp_path / "out", dry_run=False) == 1
    assert path.read_bytes() == b"%PDF-1.7 by hand"


def test_a_folder_whose_attachments_are_wrong_is_left_out_whole(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "media"
    make_talk()
    export_folder(tmp_path / "out", dry_run=False)
    Talk.objects.all().delete()
    folder = next((tmp_path / "out" / "talks").iterdir())
    (folder / "attachments.json").write_text(
        '{"version": 1, "attachments": [{"kind": "slides", "title": "x", "file": "x.pdf"}]}'
    )
    (folder / "attachments").mkdir()
    (folder / "attachments" / "x.pdf").symlink_to("/etc/passwd")
    assert import_folder(tmp_path / "out", dry_run=False) == 1
    assert "attachments/x.pdf: " in capsys.readouterr().err
    assert not Talk.objects.exists()


def test_a_picture_goes_out_and_comes_in_as_it_was(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "media"
    out = io.BytesIO()
    Image.new("RGB", (700, 500), "teal").save(out, "PNG")
    folder = tmp_path / "in"
    write_person(folder, "Ada")
    (folder / "people" / "ada.jpg").write_bytes(out.getvalue())
    assert import_folder(folder, dry_run=True) == 0
    assert not (tmp_path / "media").exists()
    assert import_folder(folder, dry_run=False) == 0
    assert export_folder(tmp_path / "out", dry_run=False) == 0
    written = (tmp_path / "out" / "people" / "ada.jpg").read_bytes()
    Person.objects.all().delete()
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    capsys.readouterr()
    assert import_folder(tmp_path / "out", dry_run=False) == 0
    assert "1 unchanged" in capsys.readouterr().out
    assert export_folder(tmp_path / "again", dry_run=False) == 0
    assert (tmp_path / "again" / "people" / "ada.jpg").read_bytes() == written


def test_what_is_no_picture_is_named_and_the_person_stays_as_they_were(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "media"
    write_person(tmp_path, "Ada")
    (tmp_path / "people" / "ada.jpg").write_text("<script>")
    assert import_folder(tmp_path, dry_run=False) == 1
    assert "ada.jpg" in capsys.readouterr().err
    assert not Person.objects.exists()
