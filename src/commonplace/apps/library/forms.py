"""Forms of the library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_LARGEST = 2**31 - 1
"""The largest whole number that every database keeps."""

_LONGEST_EDIT = 1_000_000
"""Characters: more than a talk of twelve hours has, for paragraphs that nobody has split."""

_LONGEST_ADDITION = 2_000
"""Characters by which a suggestion may be longer than the paragraph it is for."""


class CorrectionForm(forms.Form):
    """A paragraph's new text, and who speaks in its turn; ``version`` and ``speaker_seen`` say what the editor saw."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=_LONGEST_EDIT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        help_text=_("Words you leave as they are keep their times. An empty text takes the paragraph out."),
    )
    speaker = forms.ChoiceField(
        label=_("Speaker"), required=False, help_text=_("Of the whole turn, up to where somebody else speaks.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
    speaker_seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    suggestion = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=_LARGEST)

    def __init__(self, *args: Any, speakers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, name or _("nobody known")) for name in speakers]
        self.fields["speaker"] = forms.ChoiceField(
            label=self.fields["speaker"].label,
            required=False,
            help_text=self.fields["speaker"].help_text,
            choices=choices,
        )


class AttachmentForm(forms.Form):
    """What to attach to a talk: a file, or an address where it lies."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("slides", _("Slides")), ("notes", _("Notes")), ("other", _("Something else"))]
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, PowerPoint, OpenDocument, PNG, JPEG, text, Markdown or a Jupyter notebook; at most 50 MB."),
    )
    url = forms.URLField(
        label=_("Or an address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=_("Of a page elsewhere, such as a repository."),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Without one, the name of the file is shown.")
    )

    def clean_url(self) -> str:
        """The address, which leads to the web."""
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("Give an address that begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        """Either a file or an address."""
        values = super().clean() or {}
        if "file" in values and "url" in values and bool(values["file"]) == bool(values["url"]):
            raise ValidationError(_("Choose a file, or give an address: one of the two."))
        return values


class SuggestionForm(forms.Form):
    """A text that somebody proposes for a paragraph.

    ``website`` is a trap: people do not see it, and programs that fill in every field do.
    """

    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        help_text=_("Mend what was heard wrongly. An editor reads it before it appears."),
    )
    given_name = forms.CharField(
        label=_("Your name, if you like"),
        required=False,
        max_length=80,
        help_text=_("It is shown in the history of this talk."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._current = current

    def clean_text(self) -> str:
        """The text, which differs from what stands there and is not much longer."""
        text: str = self.cleaned_data["text"]
        if text.split() == self._current.split():
            raise ValidationError(_("This is the text that stands there already: change the words that are wrong."))
        if len(text) > len(self._current) + _LONGEST_ADDITION:
            raise ValidationError(
                _("This is much longer than the paragraph: suggest a change to one paragraph at a time.")
            )
        return text

    def clean_website(self) -> str:
        """Nothing: the field is empty, or the form was filled in by a program."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""
