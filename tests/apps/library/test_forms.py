from __future__ import annotations

import pytest

from commonplace.apps.library.forms import CorrectionForm, SuggestionForm


def test_a_correction_may_be_empty_and_knows_what_the_editor_saw():
    form = CorrectionForm({"text": "", "version": "3", "speaker": "", "speaker_seen": "Mei"}, speakers=("", "Mei"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data | {"text": "", "version": 3, "speaker": "", "speaker_seen": "Mei"} == form.cleaned_data


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": "as it stands"}),
        ("text", {"text": "long " * 1_000}),
        ("website", {"website": "https://example.org"}),
        ("version", {"version": str(2**40)}),
    ],
)
def test_a_suggestion_is_refused_beside_the_field_that_is_wrong(field: str, values: dict[str, str]):
    form = SuggestionForm({"text": "another text", "version": "0"} | values, current="as it  stands")
    assert list(form.errors) == [field]
