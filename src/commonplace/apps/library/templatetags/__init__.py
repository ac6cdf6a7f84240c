"""Filters for templates about talks."""
