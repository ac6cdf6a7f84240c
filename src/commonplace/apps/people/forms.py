"""What people type about accounts, as clean values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from .adapters import LARGEST_PICTURE, Link, PersonDetails, fold_spaces
from .models import Person, Role

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_MOST_LINES = 20
_check_url = URLValidator(schemes=["https", "http"])

_ROLES = [(role.value, role.label) for role in Role if role is not Role.VISITOR]


class AcceptForm(forms.Form):
    """Who accepts an invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it stands beside what you correct."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("We send a code there, now and whenever you sign in. Nobody else sees it but the organisers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_name(self) -> str:
        """The name on one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        """The address in lower case, as accounts keep it."""
        return str(self.cleaned_data["email"]).lower()


class PersonForm(forms.Form):
    """What somebody's page says of them; ``links`` holds a line for each."""

    name = forms.CharField(label=_("Name"), max_length=150)
    other_names = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: how talks name you, in other scripts too. Talks with such a name lead here."),
    )
    biography = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Markdown: *emphasis*, [a link](https://…), lists."),
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: the address, a space, and what it is called."),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("Shown to nobody. Whoever reads mail there can make this page theirs."),
    )

    def __init__(self, *args: Any, has_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_email:
            del self.fields["email"]

    def clean_name(self) -> str:
        """The name on one line."""
        name = fold_spaces(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("A person needs a name."))
        return name

    def clean_other_names(self) -> tuple[str, ...]:
        """The names, each once."""
        names = [fold_spaces(line) for line in self.cleaned_data["other_names"].splitlines()]
        if len(names) > _MOST_LINES:
            raise ValidationError(_("More than twenty names are more than a page can show."))
        return tuple(dict.fromkeys(name for name in names if name))

    def clean_links(self) -> tuple[Link, ...]:
        """The links; one without a title is called by its host."""
        links = [self._read_link(line) for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(links) > _MOST_LINES:
            raise ValidationError(_("More than twenty links are more than a page can show."))
        return tuple(links)

    def _read_link(self, line: str) -> Link:
        url, _space, title = line.strip().partition(" ")
        if not url.startswith(("https://", "http://")):
            raise ValidationError(
                _("A link begins with https://, and this line does not: %(line)s") % {"line": line[:80]}
            )
        _check_url(url)
        return Link(title=fold_spaces(title) or url.split("/")[2], url=url)

    def clean_email(self) -> str:
        """The address in lower case."""
        return str(self.cleaned_data["email"]).lower()

    def details(self) -> PersonDetails:
        """What the form says, once it is valid."""
        values = self.cleaned_data
        return PersonDetails(
            name=values["name"],
            other_names=values["other_names"],
            links=values["links"],
            biography=values["biography"].replace("\r\n", "\n").strip(),
            email=values.get("email", ""),
        )


class PictureForm(forms.Form):
    """A picture; what is in the file, the action finds out."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. The middle is shown, without what the camera wrote into it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_picture(self) -> UploadedFile[bytes]:
        """The file, not larger than we read."""
        file: UploadedFile[bytes] = self.cleaned_data["picture"]
        if (file.size or 0) > LARGEST_PICTURE:
            raise ValidationError(_("This file is larger than 10 MB. Make the picture smaller, and try again."))
        return file


class ClaimForm(forms.Form):
    """Where to mail whoever says that a page is theirs; ``website`` is a trap that people do not see."""

    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("Only organisers see it; it goes after a month at the latest."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_website(self) -> str:
        """Nothing: the field is empty, or the form was filled in by a program."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


class EraseForm(forms.Form):
    """That somebody means it: they type their own mail address."""

    email = forms.CharField(label=_("Type your mail address to say that you mean it"), max_length=254)
    keep = forms.ChoiceField(
        label=_("Your name in talks"),
        choices=[
            ("yes", _("Leave my name with the talks I gave; the page keeps it, and nothing else of me")),
            ("no", _("Take my name out of every talk: nobody is named in its place")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, email: str, has_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        if not has_person:
            del self.fields["keep"]

    def clean_email(self) -> str:
        """The address, which is the account's."""
        typed = str(self.cleaned_data["email"]).strip()
        if typed.lower() != self._email.lower():
            raise ValidationError(_("This is not the address of your account. Nothing was erased."))
        return typed


class RoleForm(forms.Form):
    """Another role for an account."""

    role = forms.TypedChoiceField(label=_("Role"), choices=_ROLES, coerce=Role)


class InviteForm(forms.Form):
    """Whom to invite as what."""

    role = forms.TypedChoiceField(label=_("Role"), choices=_ROLES, coerce=Role, initial=Role.MEMBER)
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("somebody without a page here"),
        help_text=_("The account is then this person's, and shows under their name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["person"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = Person.objects.filter(account=None)
