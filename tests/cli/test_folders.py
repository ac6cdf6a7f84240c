from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.apps.people.actions import make_slug as make_address
from commonplace.cli.folders import (
    ExportFolder,
    WrongFile,
    WrongFolder,
    find_folders,
    make_slug,
    read_talk_files,
    read_text,
)

FILES = {"people/ada.md": "Ada\n", "talks/a/talk.md": "---\n"}


@given(st.text())
def test_the_folder_of_a_talk_has_the_talk_s_address_for_a_name(title):
    slug = make_address(title, taken=())
    assert make_slug(slug) == slug


def test_an_export_is_found_again_with_its_drafts(tmp_path):
    for path in (
        "talks/b/talk.md",
        "talks/a/transcript.json",
        "drafts/c/talk.md",
        "people/ada.md",
        "talks/.git/talk.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    found = find_folders(tmp_path)
    assert [(talk.slug, talk.is_published) for talk in found.talks] == [("a", True), ("b", True), ("c", False)]
    assert [path.name for path in found.people] == ["ada.md"]


@pytest.mark.parametrize("given", ["", "drafts", "drafts/c"])
def test_a_draft_stays_a_draft_whichever_folder_is_given(given, tmp_path, monkeypatch):
    (tmp_path / "drafts" / "c").mkdir(parents=True)
    (tmp_path / "drafts" / "c" / "transcript.json").touch()
    monkeypatch.chdir(tmp_path / given)
    assert [talk.is_published for talk in find_folders(Path()).talks] == [False]


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "transcript.json").touch()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "talk").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WrongFolder):
        find_folders(tmp_path / "here")


def test_a_file_is_read_with_the_line_ends_it_has(tmp_path):
    (tmp_path / "talk.md").write_bytes(b"a\r\nb\n")
    assert read_text(tmp_path / "talk.md") == "a\r\nb\n"


def test_what_was_written_is_the_same_the_next_time(tmp_path):
    folder = ExportFolder.open(tmp_path / "export")
    assert set(folder.compare(FILES).values()) == {"new"}
    folder.write(FILES)
    folder.note(FILES)
    folder.save_manifest()
    again = ExportFolder.open(tmp_path / "export")
    assert again.compare(FILES) == {}
    assert again.compare(FILES | {"people/ada.md": "Ada!\n"}) == {"people/ada.md": "changed"}


@pytest.mark.parametrize("path", ["../ada.md", "people/../../ada.md", "/etc/ada.md", "people//ada.md", ""])
def test_a_path_that_leads_out_of_the_folder_is_refused(path, tmp_path):
    with pytest.raises(WrongFile, match="does not leave its folder"):
        ExportFolder.open(tmp_path).write({path: ""})


def test_no_draft_of_a_file_is_left_behind(tmp_path):
    ExportFolder.open(tmp_path).write(FILES)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")} == set(FILES)


def test_a_talk_that_was_saved_on_windows_is_the_same_talk(tmp_path):
    (tmp_path / "talk.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: Boats\r\n---\r\n")
    assert read_talk_files(tmp_path) == {"talk.md": "---\ntitle: Boats\n---\n"}


def test_a_folder_in_a_file_s_place_is_named(tmp_path):
    (tmp_path / "report.json").mkdir()
    with pytest.raises(WrongFile, match=r"report\.json: this is no plain file"):
        read_talk_files(tmp_path)
