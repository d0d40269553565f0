"""The entries of the search, whose tables follow from the content, and what had no answer."""

from typing import Final

from django.db import models
from modelsearch import index

TITLE_MARK = "0t"  # begins, in the index, a word that a title holds; no word of a text begins so


class Entry(index.Indexed, models.Model):
    """What one record says in one language, as search needs it.

    What has no language stands in the German entry: names, numbers, places. Drafts have entries as
    well, for staff. ``path`` is what follows the language in the address where readers find the
    record, as far as it ``has_page``. Words are folded (``core.folding``), each once, with spaces
    between them. ``was_public``: readers could see it when somebody last looked; if it has a page
    as well, ``Word`` counts its words.
    """

    kind = models.CharField("Art", max_length=60)
    object_id = models.BigIntegerField("Eintrag")
    language = models.CharField("Sprache", max_length=10)
    title = models.TextField("Titel", blank=True)
    text = models.TextField("Text", blank=True)
    path = models.CharField("Seite", max_length=300, blank=True)
    has_page = models.BooleanField("hat eine Seite", default=True)
    title_words = models.TextField("Wörter des Titels", blank=True)
    key_words = models.TextField("Namen, Nummern und Orte", blank=True)
    body_words = models.TextField("Wörter des Textes", blank=True)
    is_machine = models.BooleanField("maschinell übersetzt", default=False)
    # The record's own period and those of its parents, so that nobody need act when one begins.
    is_public = models.BooleanField("veröffentlicht", default=False)
    public_from = models.DateTimeField("öffentlich ab")
    public_until = models.DateTimeField("öffentlich bis")
    was_public = models.BooleanField("war zuletzt öffentlich", default=False)

    search_auto_update = False  # engine.storing does it, with whatever else belongs to an entry
    search_fields = [
        index.SearchField("words"),
        index.FilterField("kind"),
        index.FilterField("object_id"),
        index.FilterField("language"),
        index.FilterField("has_page"),
        index.FilterField("is_machine"),
        index.FilterField("is_public"),
        index.FilterField("public_from"),
        index.FilterField("public_until"),
    ]

    class Meta:
        verbose_name = "Eintrag der Suche"
        verbose_name_plural = "Einträge der Suche"
        default_permissions = ()  # nothing to edit
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language"], name="search_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id} ({self.language})"

    @property
    def all_words(self) -> set[str]:
        """Return every word of the entry."""
        return {*self.title_words.split(), *self.key_words.split(), *self.body_words.split()}

    def words(self) -> str:
        """Return what the index holds: every word once, those of the title marked besides."""
        marked = {TITLE_MARK + word for word in self.title_words.split()}
        return " ".join(sorted(self.all_words | marked))


class StaleEntry(models.Model):
    """A note that the entries of a record no longer say what it says.

    Written in the transaction that changes the record. Without ``object_id`` all records of the
    kind are meant, without ``kind`` all that there are. ``reaches_others``: so do the entries of
    records that read from this one.
    """

    kind = models.CharField("Art", max_length=60, blank=True)
    object_id = models.BigIntegerField("Eintrag", null=True)
    reaches_others = models.BooleanField("auch abhängige", default=True)

    class Meta:
        verbose_name = "veralteter Eintrag der Suche"
        verbose_name_plural = "veraltete Einträge der Suche"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id}"


class Word(models.Model):
    """A word that readers can find in one language: folded, and as the site writes it.

    ``entries`` is the number of public entries of this language that hold it.
    """

    word = models.CharField("Wort", max_length=60)
    language = models.CharField("Sprache", max_length=10)
    written = models.CharField("geschrieben", max_length=60)
    entries = models.IntegerField("Einträge", default=0)

    class Meta:
        verbose_name = "Wort der Suche"
        verbose_name_plural = "Wörter der Suche"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.written


class UnansweredQuestion(models.Model):
    """What readers asked on one day and nothing answered: folded words, and how often.

    Nothing tells who asked. ``search.unanswered`` says what is counted, and for how long.
    """

    text = models.CharField("gesucht", max_length=80)
    day = models.DateField("Tag", db_index=True)
    count = models.PositiveIntegerField("Anzahl", default=1)

    class Meta:
        verbose_name = "Gesucht und nicht gefunden"
        verbose_name_plural = "Gesucht und nicht gefunden"
        default_permissions = ()  # who may look at terms sees it (search.staff_views)
        constraints = [
            models.UniqueConstraint(fields=["text", "day"], name="search_unanswered_once")
        ]

    def __str__(self) -> str:
        return self.text


# These follow from the content: backups and transfers can leave them out.
FOLLOWING: Final = (Entry, StaleEntry, Word)
