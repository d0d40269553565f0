"""What may happen to a record when the content files are loaded, in the words of the report."""

CREATED, UPDATED, UNCHANGED, LEFT_ALONE, DELETED, RETIRED = (
    "neu",
    "erneuert",
    "gleich",
    "behalten",
    "gelöscht",
    "entfernt",
)
