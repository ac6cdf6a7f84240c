from pathlib import Path

from tests.cli.test_site import run


def test_a_backup_that_is_not_there_is_wrong_usage(tmp_path: Path):
    assert "does not exist" in run(tmp_path, "recover", str(tmp_path / "nowhere.tar"), expect=2)


def test_a_backup_needs_a_name(tmp_path: Path):
    assert "Missing argument 'FILE.tar'" in run(tmp_path, "backup", expect=2)
