"""Backups: taken while the site runs, restored beside it, compared row by row, then swapped in."""
