"""Commonplace: the open-source home of a technical community."""

__version__ = "0.1.0"
