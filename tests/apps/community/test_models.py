import pytest
from django.db import IntegrityError, transaction

from commonplace.apps.community.models import PageVersion
from tests.factories import NOW


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"key": "imprint"}, {"version": 0}, {"text": ""}, {"version": 1}])
def test_the_database_keeps_only_pages_that_there_are_each_version_once(wrong):
    values = {"key": "about", "language": "en", "version": 2, "text": "Boats.", "made_at": NOW}
    PageVersion.objects.create(**values | {"version": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(**values | wrong)
