import pytest

from commonplace.apps.jobs.adapters import UnknownJob, resolve_handler
from commonplace.apps.library import handlers


def test_a_name_is_the_address_of_a_handler():
    assert resolve_handler("library.publish_captions") is handlers.publish_captions


@pytest.mark.parametrize("name", ["library", "library.no_such_job", "nothing.here", "os.system", "../x.y", "a.b.c"])
def test_a_name_without_a_handler_is_refused(name):
    with pytest.raises(UnknownJob, match="is no job"):
        resolve_handler(name)
