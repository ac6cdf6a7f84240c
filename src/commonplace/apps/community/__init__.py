"""Community: what the community says of itself, in pages that its organisers write."""
