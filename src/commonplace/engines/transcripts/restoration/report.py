"""What restoring found and did."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["RestorationReport"]


@dataclass(kw_only=True)
class RestorationReport:
    """The account of one restoration; ``words`` is the sum of restored, left punctuated and left in another language.

    * ``stretches``: first and last word of each stretch that was restored.
    * ``commas``, ``full_stops``, ``question_marks``: marks added; ``words_recased``: words whose casing changed.
    * ``turns_found``: turns that the captions did not mark; ``turns_named``: turns given a name of those asked for.
    * ``notes``: sentences for the person who gave the file.
    """

    words: int = 0
    words_restored: int = 0
    words_left_punctuated: int = 0
    words_in_other_languages: int = 0
    commas: int = 0
    full_stops: int = 0
    question_marks: int = 0
    words_recased: int = 0
    turns_found: int = 0
    turns_named: int = 0
    stretches: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {**asdict(self), "stretches": [list(stretch) for stretch in self.stretches]}
