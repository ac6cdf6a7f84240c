"""The site: settings, addresses, and pages made of several domains."""
