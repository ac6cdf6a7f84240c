"""How passkeys are used here: instead of a mailed code, never on top of it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """A second way in.

    allauth takes a passkey for a second factor, and would ask for it after each mailed code: who loses the device
    would then lose the account.
    """

    def is_mfa_enabled(self, user: object, types: object = None) -> bool:
        """Whether a code needs something beside it: never."""
        return False

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The site as a browser shows it when it asks for the passkey."""
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.COMMUNITY}
