"""Which transcript of a talk is in which language."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import Talk, Transcript


def spoken_in(talk: Talk, transcript: Transcript) -> str:
    """The language of a transcript, empty where unknown; of the first, what is said of the talk counts before."""
    return transcript.language if transcript.position else talk.language or transcript.language


def choose_transcript(talk: Talk, transcripts: Iterable[Transcript], language: str) -> Transcript | None:
    """The transcript in this language, whatever its case; the first where it is empty, None where there is none.

    Raises `Talk.DoesNotExist` for a language that the talk cannot be read in.
    """
    transcripts = list(transcripts)
    if not language:
        return next(iter(transcripts), None)
    wanted = language.lower()
    for transcript in transcripts:
        if spoken_in(talk, transcript).lower() == wanted:
            return transcript
    raise Talk.DoesNotExist(f"{talk.slug} is not to be read in {language[:40]!r}")
