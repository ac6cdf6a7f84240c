import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from commonplace.site.database import list_missing_migrations, migrate_database


@pytest.mark.django_db
def test_a_database_that_is_ready_is_left_alone():
    assert list_missing_migrations() == []
    assert migrate_database() == []


@pytest.mark.django_db
def test_a_migration_that_was_never_applied_is_named():
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    assert list_missing_migrations() == ["sessions.0001_initial"]


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_applied():
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_session")
    assert migrate_database() == ["sessions.0001_initial"]
    assert "django_session" in connection.introspection.table_names()
