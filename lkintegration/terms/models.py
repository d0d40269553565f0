"""German words of offices that newcomers meet: what they mean, and what people call them."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.urls import reverse

from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import manager
from lkintegration.core.slugs import Sluggable
from lkintegration.core.translation_states import text_of
from lkintegration.pages.models import Page
from lkintegration.serving.memo import remember_for_all
from lkintegration.terms.inflection import forms_of
from lkintegration.terms.querysets import TermQuerySet
from offers.models import Service


class Target(NamedTuple):
    """Where a term leads: a page or a service; ``field`` holds what it is called."""

    record: Content
    field: str


class Term(Sluggable, Content):
    """A German word or name that stays German in every language, with its explanation.

    ``forms`` are the other forms of the word that texts use (plural, genitive). ``other_words`` are
    what people say instead, in the language of the column; search finds the term by them, and no
    page states them. A term leads to a page of the site or to a service, if to anything.
    """

    word = models.CharField(
        "Wort",
        max_length=120,
        unique=True,
        error_messages={"unique": "Dieses Wort gibt es schon."},
        help_text="Das deutsche Wort, wie es in Briefen steht: „Ausländerbehörde“. Es bleibt in "
        "allen Sprachen deutsch.",
    )
    short_form = models.CharField(
        "Abkürzung", max_length=30, blank=True, help_text="Zum Beispiel „ABH“. Leer: keine."
    )
    forms = models.TextField(
        "weitere Formen",
        blank=True,
        help_text="Mehrzahl und gebeugte Formen, jede in einer Zeile: „Ausländerbehörden“.",
    )
    stays_german = models.BooleanField(
        "bleibt in Übersetzungen deutsch",
        default=True,
        db_default=True,
        help_text="Maschinelle Übersetzungen lassen das Wort stehen, Vorlese-Programme sprechen es "
        "deutsch aus. Nein bei Wörtern, die jede Sprache hat: „Termin“, „Integration“.",
    )
    explanation = models.TextField(
        "Erklärung",
        help_text="Zwei kurze Sätze. Der erste steht auf anderen Seiten auch ohne den zweiten.",
    )
    other_words = models.TextField(
        "Andere Wörter dafür",
        blank=True,
        help_text="Was Menschen statt dessen sagen oder schreiben, auch falsch geschrieben, jedes "
        "in einer Zeile. Die Suche findet das Wort damit; auf der Website steht davon nichts.",
    )
    page = models.ForeignKey(
        Page,
        verbose_name="führt zur Seite",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        help_text="Die Seite oder das Angebot, wo es weitergeht. Höchstens eines von beiden.",
    )
    service = models.ForeignKey(
        Service,
        verbose_name="führt zum Angebot",
        on_delete=models.SET_NULL,
        related_name="terms",
        null=True,
        blank=True,
    )

    slug_source = "word"
    kind = Kind(
        own_page="wort",
        list_page="woerter",
        shown_on=("woerter",),
        related=("page", "service"),
        named_by="word",
        found_by=("short_form", "forms", "other_words"),
    )
    objects = manager(TermQuerySet)
    page_is_public: bool  # with_target() adds these two
    service_is_public: bool

    class Meta(Content.Meta):
        verbose_name = "Wort"
        verbose_name_plural = "Wörter"
        ordering = ["word"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="term_one_target",
                condition=Q(page=None) | Q(service=None),
                violation_error_message="Ein Wort führt zu einer Seite oder zu einem Angebot, "
                "nicht zu beiden.",
            ),
        ]

    def __str__(self) -> str:
        return self.word

    @classmethod
    def remembered(cls) -> list["Term"]:
        """Return the published terms with their texts in all languages; one query a change."""
        return remember_for_all(
            "remembered terms", lambda: list(cls.objects.published()), lasts=True
        )

    @classmethod
    def german_words(cls) -> list[str]:
        terms = [term for term in cls.remembered() if term.stays_german]
        return [form for term in terms for form in term.written_forms()]

    def written_forms(self) -> list[str]:
        """Return how texts write the word and its abbreviation."""
        words = (self.word, *self.own_forms())
        return list(dict.fromkeys(form for word in words for form in forms_of(word)))

    def titles(self) -> list[str]:
        """Return the same, with a capital at the beginning as well."""
        forms = self.written_forms()
        return [*forms, *(form[0].upper() + form[1:] for form in forms)]

    def own_forms(self) -> list[str]:
        """Return the abbreviation and the other forms that staff have written down."""
        lines = [self.short_form, *self.forms.splitlines()]
        return [line.strip() for line in lines if line.strip()]

    def called(self, language: str) -> list[str]:
        """Return what people call it in ``language``."""
        lines = map(str.strip, text_of(self, "other_words", language).splitlines())
        return [line for line in lines if line]

    def get_absolute_url(self) -> str:
        return reverse("wort", args=[self.slug])

    @property
    def name(self) -> str:
        """Return the word, with its short form in brackets."""
        return f"{self.word} ({self.short_form})" if self.short_form else self.word

    @property
    def target(self) -> Target | None:
        """Return what readers are led to, if it is public; needs ``with_target()``."""
        if self.service and self.service_is_public:
            return Target(self.service, "name")
        if self.page and self.page_is_public:
            return Target(self.page, "title")
        return None
