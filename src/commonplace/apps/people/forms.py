"""What people type about accounts, as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Person, Role

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
