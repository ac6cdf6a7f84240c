import pytest
from django.db import connection

from commonplace.apps.jobs import actions as jobs
from commonplace.site.health import examine_site
from tests.factories import NOW, make_talk

pytestmark = pytest.mark.django_db


def examine():
    return {finding.subject: finding for finding in examine_site(now=NOW)}


def test_every_part_is_looked_at_and_each_has_advice_for_the_worst():
    make_talk()
    findings = examine()
    assert findings["tables"].seen == "up to date, 1 talks"
    assert {"Python", "COMMONPLACE_HOME", "secret key", "hosts", "static files", "jobs", "workers"} <= set(findings)
    assert all(finding.is_well for subject, finding in findings.items() if subject != "database")


def test_the_database_is_named_with_its_version():
    name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    assert examine()["database"].seen.startswith(f"{name} ")


def test_waiting_jobs_without_a_worker_are_not_well():
    jobs.enqueue("library.publish_captions", caption_file=1)
    assert not examine()["workers"].is_well
    jobs.note_worker(name="a worker", now=NOW)
    assert examine()["workers"].is_well


def test_a_home_that_is_not_there_is_not_well(settings, tmp_path):
    settings.HOME = tmp_path / "nowhere"
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "secret_key").touch(mode=0o600)
    assert examine()["COMMONPLACE_HOME"].is_well
    settings.HOME.joinpath("secret_key").chmod(0o604)
    assert not examine()["secret key"].is_well
