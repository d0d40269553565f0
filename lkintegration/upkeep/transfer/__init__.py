"""Takes all rows of the site from SQLite to PostgreSQL or back, and compares each of them."""
