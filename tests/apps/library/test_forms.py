from __future__ import annotations

import pytest
from django.http import QueryDict

from commonplace.apps.library.forms import CorrectionForm, SuggestionForm, TalkForm, UploadForm
from tests.factories import make_details


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


def test_the_details_of_a_talk_go_through_the_form_unchanged():
    details = make_details(topics=("boats", "tides"), event="Harbour ML", language="en", description="About boats.")
    data = QueryDict(mutable=True)
    for name, value in TalkForm.initial_of(details).items():
        data.setlist(name, value if isinstance(value, list | tuple) else [value or ""])
    form = TalkForm(data, is_publishing=True)
    assert form.is_valid(), form.errors
    assert form.details == details


def test_names_and_topics_stand_there_once_and_without_needless_spaces():
    data = QueryDict(mutable=True)
    data.setlist("speakers", [" Mei  Tanaka ", "", "mei tanaka", "Ada\u3000Okafor"])
    data["topics"] = "boats, Boats、tides ,,"
    form = TalkForm(data)
    assert form.is_valid(), form.errors
    assert form.details.speakers == ("Mei Tanaka", "Ada Okafor")
    assert form.details.topics == ("boats", "tides")


def test_a_field_for_one_more_name_is_always_there():
    assert str(TalkForm(initial={"speakers": ["Mei Tanaka"]})["speakers"]).count("<input") == 2
    assert str(TalkForm()["speakers"]).count("<input") == 2
    again = TalkForm(QueryDict("speakers=Mei&speakers=&speakers=+"))
    assert str(again["speakers"]).count("<input") == 2


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_upload_without_a_file_holds_some_text(text):
    assert not UploadForm({"text": text, "key": "key-of-form"}).is_valid()
    form = UploadForm({"text": f"{text}Hello", "key": "key-of-form"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == f"{text}Hello"
