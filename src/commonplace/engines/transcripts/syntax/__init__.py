"""What files of several formats are written in: times, lines, cue blocks, timed words, JSON, markup, Markdown.

Nothing here knows a format; formats take what they need module by module.
"""

__all__: list[str] = []
