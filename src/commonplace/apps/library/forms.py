"""Forms of the library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from .adapters import TalkDetails, is_language_tag, is_on_the_web, read_file_name

_LARGEST = 2**31 - 1
"""The largest whole number that every database keeps."""

_LONGEST_EDIT = 1_000_000
"""Characters: more than a talk of twelve hours has, for paragraphs that nobody has split."""

_LONGEST_NAME = 200
"""Characters of a speaker's name."""

_LONGEST_ADDITION = 2_000
"""Characters by which a suggestion may be longer than the paragraph it is for."""

_LARGEST_TRANSCRIPT = 8 * 2**20
"""Bytes; two seconds of reading."""

_LONGEST_NAME = 200
_MOST_NAMES = 50
_MOST_TOPICS = 30


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
        # A name that was taken out of use since: whoever leaves it as it was does not choose it.
        seen = self.data.get("speaker_seen", "")
        choices = [(name, name or _("nobody known")) for name in dict.fromkeys([*speakers, seen])]
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


class RedactionForm(forms.Form):
    """A passage that somebody wants taken out, and how to answer them; ``website`` is a trap, as below.

    Whoever is signed in is answered at their account's address.
    """

    passage = forms.CharField(
        label=_("The words to take out"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave only those that should go. Of a long passage, its first and last words with … between."),
    )
    reason = forms.CharField(
        label=_("Why, if you like to say"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the editors read it, and it is deleted once they have decided."),
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("For the answer. Only the editors see it, and it is deleted once they have decided."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["email"]

    def clean_website(self) -> str:
        """Nothing: the field is empty, or the form was filled in by a program."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


class TakeOutForm(forms.Form):
    """That an editor knows what cannot be undone."""

    is_sure = forms.BooleanField(label=_("I know that these words cannot be brought back."))


class RenamingForm(forms.Form):
    """Another name for a speaker of a talk."""

    before = forms.CharField(widget=forms.HiddenInput, strip=False)
    after = forms.CharField(label=_("New name"), max_length=_LONGEST_NAME)

    def clean_after(self) -> str:
        """The name with single spaces, unlike the one it takes the place of."""
        name = " ".join(self.cleaned_data["after"].split())
        if name == self.cleaned_data.get("before"):
            raise ValidationError(_("This is the name that stands there already: type another one."))
        return name


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


class TranscriptForm(forms.Form):
    """Captions of a talk in another language than it was held in."""

    file = forms.FileField(
        label=_("Caption file"),
        max_length=255,
        help_text=_("Captions or a transcript in any format that this site reads, with times where there are some."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((_name_language(tag), tag) for tag, known in LANG_INFO.items() if "name_local" in known)
        choices = [("", _("as the name of the file says")), *((tag, name) for name, tag in known)]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), required=False, choices=choices)

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, if it is no larger than what is read while somebody waits."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > _LARGEST_TRANSCRIPT:
            raise ValidationError(
                _("This file is larger than %(most)s: `commonplace import` takes it in a talk folder."),
                params={"most": filesizeformat(_LARGEST_TRANSCRIPT)},
            )
        return file

    def clean(self) -> dict[str, Any]:
        """The values, with the language that the file's name says where none was chosen."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("file") and not values.get("language") and "language" not in self.errors:
            values["language"] = read_file_name(values["file"].name).language
            if not values["language"]:
                self.add_error("language", _("Choose the language of these captions."))
        return values


def _name_language(tag: str) -> str:
    return str(get_language_info(tag)["name_translated"])


class FilesInput(forms.ClearableFileInput):
    """Where several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none included; what is wrong with one of them is said of it alone, later."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as a list."""
        return [file for file in data or [] if file]


class UploadForm(forms.Form):
    """Captions as files, as pasted text, or both; ``key`` is the same when the form is sent again."""

    captions = FilesField(label=_("Caption files"), required=False)
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    key = forms.RegexField(r"^[A-Za-z0-9-]{8,64}$", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The values; raises where nothing was handed in."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("captions") and not values.get("text", "").strip():
            raise ValidationError(_("Choose a file, or paste the text of the captions."))
        return values


def _drop_repeats(texts: Iterable[str]) -> list[str]:
    """Each text as it is spelled first, whatever its case; empty ones are left out."""
    unique: dict[str, str] = {}
    for text in texts:
        if text:
            unique.setdefault(text.casefold(), text)
    return list(unique.values())


class NamesInput(forms.Widget):
    """A text field for each name, and one or two empty ones for more."""

    template_name = "library/_names_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The names with what the template needs besides."""
        context = super().get_context(name, None, attrs)
        names = [text for text in value or [] if text.strip()]
        context["names"] = [*names, ""] if names else ["", ""]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every field of this name."""
        return data.getlist(name)


class NamesField(forms.Field):
    """Names of people, each once, on one line each."""

    widget = NamesInput

    def clean(self, value: Any) -> list[str]:
        """The names without those left empty."""
        one = forms.CharField(required=False, max_length=_LONGEST_NAME)
        names = [" ".join(one.clean(name).split()) for name in value or []]
        unique = _drop_repeats(names)
        if len(unique) > _MOST_NAMES:
            raise ValidationError(_("These are more than %(most)d names."), params={"most": _MOST_NAMES})
        return unique


class TalkForm(forms.Form):
    """What is known of a talk besides its words."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    date = forms.DateField(
        label=_("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    event = forms.CharField(
        label=_("Event"),
        required=False,
        max_length=200,
        help_text=_("Talks of one event or series stand together. Choose one, or type a new name."),
        widget=forms.TextInput(attrs={"list": "known-events", "autocomplete": "off"}),
    )
    speakers = NamesField(label=_("Speakers"), required=False)
    hosts = NamesField(label=_("Hosts"), required=False)
    recording = forms.CharField(
        label=_("Address of the recording"),
        required=False,
        max_length=2000,
        help_text=_("Where it can be heard or seen, beginning with https://. The recording itself stays there."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=35,
        help_text=_("As a tag, such as en, ja or pt-BR."),
        widget=forms.TextInput(attrs={"list": "known-languages", "autocomplete": "off", "autocapitalize": "off"}),
    )
    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=1000, help_text=_("A few words, separated by commas.")
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    likely_languages = ("en", "ja", "de", "es", "fr", "pt-BR", "zh-Hans")
    """Tags that are offered while somebody types; any other may be typed."""

    def __init__(self, *args: Any, is_publishing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_publishing = is_publishing

    def clean_title(self) -> str:
        """The title, on one line; a talk that is published has one."""
        title = " ".join(self.cleaned_data["title"].split())
        if self._is_publishing and not title:
            raise ValidationError(_("Give the talk a title before you publish it."))
        return title

    def clean_recording(self) -> str:
        """The address, if it is one."""
        address: str = self.cleaned_data["recording"]
        if address and not is_on_the_web(address):
            raise ValidationError(_("This is no address on the web: it begins with https:// and names a site."))
        return address

    def clean_language(self) -> str:
        """The tag, if it is one."""
        tag: str = self.cleaned_data["language"]
        if tag and not is_language_tag(tag):
            raise ValidationError(_("This is no tag of a language. Write en for English, ja for Japanese."))
        return tag

    def clean_topics(self) -> list[str]:
        """The topics, each once."""
        topics = (" ".join(topic.split()) for topic in re.split("[,、，]", self.cleaned_data["topics"]))
        unique = _drop_repeats(topics)
        if len(unique) > _MOST_TOPICS:
            raise ValidationError(_("These are more than %(most)d topics."), params={"most": _MOST_TOPICS})
        return unique

    @property
    def details(self) -> TalkDetails:
        """What a valid form says of the talk."""
        values = self.cleaned_data
        return TalkDetails(
            title=values["title"],
            date=values["date"].isoformat() if values["date"] else None,
            speakers=tuple(values["speakers"]),
            hosts=tuple(values["hosts"]),
            event=" ".join(values["event"].split()) or None,
            recording=values["recording"] or None,
            language=values["language"] or None,
            topics=tuple(values["topics"]),
            description=values["description"],
        )

    @staticmethod
    def initial_of(details: TalkDetails) -> dict[str, Any]:
        """What stands in the fields for a talk that this is known of."""
        return asdict(details) | {"topics": ", ".join(details.topics)}
