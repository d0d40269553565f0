"""Which words staff add to a term, so that the search finds it by them."""

from typing import Any

from django import forms
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.permissions import AnyUser, may_write, may_write_live
from lkintegration.search.unanswered import LONGEST
from lkintegration.terms.models import Term

OTHER_WORDS = "other_words"


class SynonymForm(forms.Form):
    """Words that people use for a term, in one language. ``user`` may write all that is offered."""

    words = forms.CharField(
        label="Gesucht wurde",
        max_length=LONGEST,
        help_text="So, wie es Menschen schreiben. Die Suche findet das Wort dann auch damit.",
    )
    term: Any = forms.ModelChoiceField(
        Term.objects.none(), label="Gemeint ist das Wort", empty_label="Bitte wählen"
    )
    language = forms.ChoiceField(label="Sprache der gesuchten Wörter")

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        terms: Any = self.fields["term"]
        terms.queryset = Term.objects.order_by("word")
        languages: Any = self.fields["language"]
        languages.choices = [
            (language.code, language.german)
            for language in LANGUAGES
            if may_write(user, Term, language.code)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse what the user may not write where readers see it at once."""
        given = super().clean() or {}
        term, language = given.get("term"), given.get("language")
        if term and language and not may_write_live(self.user, term, language):
            raise forms.ValidationError(
                "Dieses Wort ist veröffentlicht. Wer veröffentlichen darf, kann es ergänzen; oder "
                "bereiten Sie die Änderung beim Wort selbst vor."
            )
        return given

    def save(self) -> Term:
        """Add the words to the term, unless it has them; return it as it is now."""
        language, words = self.cleaned_data["language"], self.cleaned_data["words"]
        term = Term.objects.select_for_update().get(pk=self.cleaned_data["term"].pk)
        column = build_localized_fieldname(OTHER_WORDS, language)
        lines = [line.strip() for line in (getattr(term, column) or "").splitlines()]
        if words not in lines:
            setattr(term, column, "\n".join([*filter(None, lines), words]))
            # What people of one language say has no translation that it could outdate.
            term.small_correction = True
            term.save()
        return term

    @property
    def language_name(self) -> str:
        """Return the chosen language in German."""
        return BY_CODE[self.cleaned_data.get("language", SOURCE)].german
