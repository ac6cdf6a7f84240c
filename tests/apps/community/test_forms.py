import pytest

from commonplace.apps.community.forms import PageForm


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 50_001}, {"text": "\x00"}, {"version": "-1"}, {"version": "9" * 20}, {"version": ""}],
)
def test_a_page_that_cannot_be_kept_is_refused(wrong):
    assert PageForm({"text": "Boats.", "version": "0"}).is_valid()
    assert not PageForm({"text": "Boats.", "version": "0"} | wrong).is_valid()
