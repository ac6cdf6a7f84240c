"""Lexicons of any words."""

from __future__ import annotations

from hypothesis import strategies as st

from commonplace.engines.transcripts.lexicon import Alias, Entry, Lexicon

texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30).map(lambda text: " ".join(text.split()))
forms = st.one_of(texts, st.sampled_from(["C++", 'a "b", c', "x:3", "=1+1", "Grüße", "潮汐"])).filter(bool)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    canonical = draw(forms)
    heard = draw(st.dictionaries(forms.filter(lambda form: ";" not in form), st.integers(1, 10**9), max_size=4))
    heard.pop(canonical, None)
    aliases = tuple(Alias(form, count) for form, count in heard.items())
    return Entry(canonical, draw(texts), aliases, draw(texts))


lexicons = st.lists(entries(), max_size=8, unique_by=lambda entry: entry.canonical).map(Lexicon)
