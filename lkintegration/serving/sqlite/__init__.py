"""SQLite as the site uses it: Django's backend (``ENGINE``), with connections that are kept."""
