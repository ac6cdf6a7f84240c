"""What organisers write about the community, as clean values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .adapters import LONGEST_PAGE

_LARGEST = 2**31 - 1
"""What every database keeps in a whole number."""


class PageForm(forms.Form):
    """The text of a page, and the version that its writer saw."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_PAGE,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=_("In Markdown: a line between paragraphs, ## before a heading, - before each point of a list."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
