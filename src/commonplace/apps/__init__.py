"""The domains of a community, one Django app each; imports point down."""
