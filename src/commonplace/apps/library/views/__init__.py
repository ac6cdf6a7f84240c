"""Pages of the library: get for this viewer, form, one action or query, template."""
