"""The words a community uses that recognisers get wrong: names, tools, topics, and how they were misheard before."""

from .csv_file import COLUMNS, read_lexicon, write_lexicon
from .model import Alias, Entry, InconsistentLexicon, Lexicon

__all__ = ["COLUMNS", "Alias", "Entry", "InconsistentLexicon", "Lexicon", "read_lexicon", "write_lexicon"]
