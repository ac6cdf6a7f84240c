"""The site: settings, addresses, and pages made of several domains."""

DEMO_MARK = "this-is-a-demo"
"""The file that says that `commonplace demo` made the folder it lies in."""
