"""What the forms of German texts and of translations ask beside the texts."""

from typing import Any

from django import forms

from lkintegration.core.comparison import gist
from lkintegration.core.enums import Standing, TranslationState
from lkintegration.core.languages import SOURCE
from lkintegration.core.translation_states import standing, state_of, texts_of
from lkintegration.editing.content_form import ContentForm
from lkintegration.editing.merging import Digests, FormDraft, digest

REVIEWED = "reviewed"
GERMAN = "german"  # among what is shown: the texts that a translation stands beside


class TranslationForm(ContentForm):
    """The texts of one language; whoever has read them says so here, for the German they saw."""

    reviewed = forms.BooleanField(
        label="Ein Mensch hat diese Übersetzung geprüft. Sie sagt, was das Deutsche heute sagt.",
        required=False,
        help_text="Ohne Haken steht auf der Seite, dass eine Maschine übersetzt hat oder dass der "
        "deutsche Text neuer ist.",
    )

    def shown_beside(self) -> dict[str, Any]:
        # Whoever writes the first translation has read it; an old one must be read again.
        stands = standing(self.instance, self.language)
        return super().shown_beside() | {REVIEWED: stands in {Standing.MISSING, Standing.REVIEWED}}

    def _shown_now(self) -> dict[str, Digests]:
        return super()._shown_now() | {GERMAN: self._german()}

    def _german(self) -> Digests:
        texts = [gist(text) for text in texts_of(self.instance, SOURCE).values()]
        own = digest(forms.CharField(), {GERMAN: texts})
        return Digests(own, own)

    def drafted(self) -> FormDraft:
        found = super().drafted()
        if found.keys() - {REVIEWED}:
            # Said of the drafted texts, whatever is stored until they are published.
            stored = digest(self.fields[REVIEWED], self.stored(REVIEWED))
            found.setdefault(REVIEWED, {"sent": self.understood(REVIEWED), "base": stored})
        if found and GERMAN in self.known:
            found[GERMAN] = {"sent": {}, "base": self.known[GERMAN]}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_other = self.known.get(GERMAN, "") != str(self._german())
        if is_other and cleaned.get("reviewed") and self.has_changed():
            self.add_error(
                "reviewed",
                "Der deutsche Text hat sich inzwischen geändert. Lesen Sie ihn noch einmal und "
                "sichern Sie, wenn die Übersetzung stimmt.",
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        _note_review(self.instance, self.language, reviewed=self.cleaned_data["reviewed"])
        return super().save(commit)


class GermanForm(ContentForm):
    """The German texts of a record that has translations."""

    small_correction = forms.BooleanField(
        label="Nur eine kleine Korrektur: Die Übersetzungen stimmen weiter.",
        required=False,
        help_text="Ohne Haken gelten die Übersetzungen als veraltet, wenn sich der deutsche Text "
        "ändert.",
    )

    def save(self, commit: bool = True) -> Any:
        self.instance.small_correction = self.cleaned_data["small_correction"]
        return super().save(commit)


def _note_review(record: Any, language: str, *, reviewed: bool) -> None:
    """Note whether the person who saves has read the translation; what is old stays old if not."""
    if reviewed:
        record.translation_states[language] = str(TranslationState.REVIEWED)
        record.confirmed_language = language
    elif not state_of(record, language).is_outdated:
        record.translation_states[language] = str(TranslationState.MACHINE)
