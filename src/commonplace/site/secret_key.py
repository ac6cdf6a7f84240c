"""The key that signs sessions and forms; made once and kept beside the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

__all__ = ["read_or_make_secret_key"]


def read_or_make_secret_key(path: Path) -> str:
    """The key in this file, made now where there is none; only the owner may read the file (mode 600).

    Two processes that start at the same moment end with the same key: the file appears whole, by a hard link. Raises
    `ImproperlyConfigured` where the file holds no key, as after a full disk, and `OSError`.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first, and its key is as good as ours
        finally:
            draft.unlink()
    key = path.read_text(encoding="ascii", errors="replace").strip()
    if not key or "\ufffd" in key:
        raise ImproperlyConfigured(f"{path} holds no key; delete it, and a new one is made (everybody signs in again)")
    return key
