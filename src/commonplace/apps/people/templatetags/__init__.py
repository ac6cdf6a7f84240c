"""Filters for templates about people."""
