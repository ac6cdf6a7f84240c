import json
import os
import shutil

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.apps.library import actions, queries
from commonplace.apps.library.models import Paragraph, Revision, Talk
from commonplace.apps.people.models import Person
from commonplace.cli.main import cli
from commonplace.engines.transcripts import TalkFolder, write_talk_folder
from tests.apps.library.transcripts import texts, transcripts
from tests.factories import NOW, make_account, make_details, make_person, make_talk

pytestmark = pytest.mark.django_db


def run(*arguments, expect=0):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == expect, result.output
    return result


def write_files(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, newline="")


def read_tree(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def forget_everything():
    Talk.objects.all().delete()
    Person.objects.all().delete()


@pytest.fixture
def export(tmp_path, settings):
    """An export of two talks, one of them a draft, and three people."""
    settings.MEDIA_ROOT = tmp_path / "media"
    make_person("Priya Raman", biography="Sails.", links=[{"title": "Home", "url": "https://example.org"}])
    make_talk(
        "Words with times", recording="https://example.org/a.mp3", topics=("boats", "字幕"), description="Two\n\nlines"
    )
    make_talk("Not out yet", published=False, speakers=("priya raman",), date=None)
    run("export", tmp_path / "export")
    return tmp_path / "export"


@given(transcripts(), st.dictionaries(texts, st.integers() | texts))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_talk_folder_is_exported_as_it_was_imported(tmp_path, transcript, report):
    forget_everything()
    for name in ("folders", "export"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    files = write_talk_folder(
        TalkFolder(details=make_details(language=transcript.language), transcript=transcript, report=report)
    )
    write_files(tmp_path / "folders" / "talk", files)
    run("import", tmp_path / "folders")
    assert "1 unchanged" in run("import", tmp_path / "folders").output
    run("export", tmp_path / "export")
    assert read_tree(tmp_path / "export" / "talks") == read_tree(tmp_path / "folders")


def test_an_export_comes_back_from_an_empty_database_byte_for_byte(export, tmp_path):
    forget_everything()
    assert "new       talks/words-with-times" in run("import", export).output
    run("export", tmp_path / "again")
    assert read_tree(tmp_path / "again") == read_tree(export)
    assert {talk.slug: talk.published_at is None for talk in Talk.objects.all()} == {
        "words-with-times": False,
        "not-out-yet": True,
    }


def test_importing_twice_changes_nothing(export):
    assert "0 new, 0 changed, 5 unchanged" in run("import", export).output
    assert "0 new, 0 changed, 5 unchanged" in run("export", export).output


def test_a_talk_without_captions_comes_back_too(tmp_path):
    Talk.objects.create(slug="soon", title="Soon", created_at=NOW, published_at=NOW)
    run("export", tmp_path / "export")
    forget_everything()
    run("import", tmp_path / "export")
    assert "1 unchanged" in run("import", tmp_path / "export").output
    assert not Talk.objects.get().transcripts.exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(export):
    forget_everything()
    output = run("import", export, "--dry-run").output
    assert "new       talks/words-with-times" in output
    assert "nothing was written (dry run)" in output
    assert not Talk.objects.exists()
    assert not Person.objects.exists()


def test_a_dry_run_names_the_fields_that_differ(export):
    page = export / "talks/words-with-times/talk.md"
    page.write_text(page.read_text().replace("title: Words with times", "title: Words without times"))
    output = run("import", export, "--dry-run").output
    assert "changed   talks/words-with-times: title\n" in output
    assert Talk.objects.get(slug="words-with-times").title == "Words with times"
    run("import", export)
    assert Talk.objects.get(slug="words-with-times").title == "Words without times"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("speakers", ["Jonas Weber"]),
        ("hosts", ["Jonas Weber"]),
        ("event", "Harbour evening"),
        ("recording", "https://example.org/b.mp4"),
        ("topics", ["tides"]),
        ("description", "Another one."),
        ("language", "pt-BR"),
    ],
)
def test_every_field_of_the_front_matter_is_brought_up_to_date(field, value, export):
    page = export / "talks/words-with-times/talk.md"
    front = yaml.safe_load(page.read_text().split("---\n")[1])
    front[field] = value
    page.write_text(f"---\n{yaml.safe_dump(front)}---\n")
    assert f"talks/words-with-times: {field}\n" in run("import", export).output
    assert "5 unchanged" in run("import", export).output


def test_a_broken_folder_is_reported_and_the_others_go_in(export):
    forget_everything()
    broken = export / "talks/words-with-times/transcript.json"
    broken.write_text(broken.read_text().replace('"text": "Welcome"', '"text": 7'))
    result = run("import", export, expect=1)
    assert "words-with-times/transcript.json:" in result.stderr
    assert "1 broken" in result.output
    assert [talk.slug for talk in Talk.objects.all()] == ["not-out-yet"]


@pytest.mark.parametrize(
    ("name", "spoil", "problem"),
    [
        ("talk.md", lambda path: path.write_bytes(b"---\ntitle: \xff\n---\n"), "talk.md:2:8: byte 0xff is no UTF-8"),
        ("talk.md", lambda path: (path.unlink(), path.symlink_to("/etc/passwd")), "a symbolic link"),
        ("talk.md", lambda path: (path.unlink(), os.mkfifo(path)), "no plain file"),
        ("talk.md", lambda path: os.truncate(path, 65 * 2**20), "expected: at most 67,108,864"),
        (
            "talk.md",
            lambda path: path.write_text("---\nrecording: javascript:alert(1)\n---\n"),
            "no address on the web",
        ),
        ("talk.md", lambda path: path.write_text('---\ntitle: "a\\0b"\n---\n'), "U+0000"),
        ("transcript.json", lambda path: path.unlink(), "transcript.json"),
        ("report.json", lambda path: path.write_text("[]"), "report.json"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named(name, spoil, problem, export):
    spoil(export / "talks/words-with-times" / name)
    assert problem in run("import", export, expect=1).stderr


def test_one_talk_folder_or_a_folder_of_them_can_be_imported(export, tmp_path):
    forget_everything()
    assert "1 new" in run("import", export / "talks/words-with-times").output
    shutil.copytree(export / "drafts/not-out-yet", tmp_path / "folders" / "Not Out Yet!")
    (tmp_path / "folders" / "pictures").mkdir()
    assert "new       talks/not-out-yet" in run("import", tmp_path / "folders").output


def test_folders_whose_names_make_the_same_address_are_not_mixed_up(export, tmp_path):
    for name in ("A talk", "a-talk"):
        shutil.copytree(export / "talks/words-with-times", tmp_path / "folders" / name)
    assert "has the same address" in run("import", tmp_path / "folders", expect=1).stderr


def test_a_folder_with_nothing_to_import_is_refused(tmp_path):
    assert "nothing to import is here" in run("import", tmp_path, expect=2).stderr


def test_an_export_goes_to_no_folder_of_somebody_else(export, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter-1.txt").write_text("mine")
    assert "chapter-1.txt lies here" in run("export", tmp_path / "thesis", expect=2).stderr
    assert read_tree(tmp_path / "thesis") == {"chapter-1.txt": b"mine"}


def test_an_export_leaves_alone_what_was_edited_since(export):
    page = export / "talks/words-with-times/talk.md"
    page.write_text(page.read_text() + "\nA note of mine.\n")
    assert "changed since the last export" in run("export", export, expect=1).stderr
    assert page.read_text().endswith("A note of mine.\n")


def test_an_export_deletes_nothing_and_keeps_what_lies_beside(export):
    (export / "README.md").write_text("ours")
    Talk.objects.all().delete()
    run("export", export)
    assert (export / "README.md").read_text() == "ours"
    assert (export / "talks/words-with-times/talk.md").exists()


def test_an_export_does_not_leave_its_folder_by_a_link(export, tmp_path):
    shutil.rmtree(export / "talks")
    (tmp_path / "elsewhere").mkdir()
    (export / "talks").symlink_to(tmp_path / "elsewhere")
    assert "does not leave its folder" in run("export", export, expect=1).stderr
    assert read_tree(tmp_path / "elsewhere") == {}


def test_a_dry_export_writes_nothing(export, tmp_path):
    assert "5 new" in run("export", tmp_path / "dry", "--dry-run").output
    assert not (tmp_path / "dry").exists()
    Talk.objects.filter(slug="words-with-times").update(title="Another")
    before = read_tree(export)
    assert "changed   talks/words-with-times: talk.md" in run("export", export, "--dry-run").output
    assert read_tree(export) == before


@pytest.mark.parametrize("manifest", ["", "[]", '{"version": 2, "files": {}}', '{"version": 1, "files": {"a": 1}}'])
def test_a_broken_list_of_exported_files_is_refused(manifest, export):
    (export / "commonplace.json").write_text(manifest)
    assert "commonplace.json" in run("export", export, expect=2).stderr


def test_an_export_is_listed_with_the_hash_of_each_file(export):
    listed = json.loads((export / "commonplace.json").read_text())["files"]
    assert set(listed) == set(read_tree(export)) - {"commonplace.json"}


@pytest.mark.parametrize("talks", [1, 3])
def test_an_export_takes_the_same_queries_for_each_talk(talks, tmp_path, settings, django_assert_num_queries):
    settings.MEDIA_ROOT = tmp_path / "media"
    for number in range(talks):
        make_talk(f"talk {number}")
    with django_assert_num_queries(1 + 7 * talks):
        list(queries.export_talks())


def test_an_error_names_the_file_by_the_path_that_was_given(export):
    folder = (export / "talks/words-with-times").rename(export / "talks/Words With Times")
    (folder / "talk.md").write_text("---\ntitle: A\ntitle: B\n---\n")
    result = run("import", export, expect=1)
    assert f"{folder}/talk.md:3:1: the key 'title' stands here again" in result.stderr
    (folder / "talk.md").unlink()
    (folder / "transcript.json").write_text("{")
    assert f"{folder}/transcript.json:1:" in run("import", export, expect=1).stderr


def test_words_that_would_replace_a_history_are_left_out_with_advice(export):
    row = Paragraph.objects.filter(transcript__talk__slug="words-with-times").first()
    actions.correct_paragraph(
        paragraph=row.pk, version=0, text="Welcome back.", by=make_account(role="editor"), now=NOW
    )
    result = run("import", export, expect=1)
    assert f"{export}/talks/words-with-times: its words differ" in result.stderr
    assert "--replace-history" in result.stderr
    assert Revision.objects.count() == 1
    assert "changed   talks/words-with-times" in run("import", export, "--replace-history").output
    assert not Revision.objects.exists()
