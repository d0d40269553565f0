"""What a reader may tell the finder and the list: one GET form, nothing required, no cookie."""

from dataclasses import asdict
from functools import partial
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lkintegration.core.characters import only_visible
from lkintegration.core.collation import sort_key
from lkintegration.core.formats import number
from lkintegration.core.language_names import language_name
from lkintegration.core.language_tags import same_language
from lkintegration.core.postcode_reading import read_postcode
from lkintegration.core.translations import current_language
from lkintegration.serving.forms import ReportingForm
from lkintegration.serving.memo import remember
from lkintegration.serving.reader_texts import read
from lkintegration.serving.widgets import Line, OptionList
from offers.catalogue import Catalogue, Town
from offers.models import OLDEST
from offers.referral import Wishes

LONGEST = 60  # characters of any answer; more is nobody's age, town or language


class AgeField(forms.Field):
    """A whole number of years from 0 to 120, in the digits of any script.

    ``str.isdecimal()`` takes ٢٧ and ２７ and refuses ², ½ and signs.
    """

    def to_python(self, value: Any) -> int | None:
        text = only_visible(str(value or ""))
        if not text:
            return None
        if not text.isdecimal() or len(text) > 3 or int(text) > OLDEST:
            raise ValidationError(
                _("Schreiben Sie Ihr Alter als Zahl von 0 bis %(oldest)d, zum Beispiel 24.")
                % {"oldest": OLDEST}
            )
        return int(text)


class Option(NamedTuple):
    """One of the answers to choose from; ``german`` where its label is German on this page.

    ``is_useful``: there is something for people who choose it.
    """

    value: str
    label: str
    german: bool = False
    is_useful: bool = True


class ChoiceOfMany(forms.Field):
    """One of the ``options``, or nothing. Only those that lead somewhere are offered."""

    widget = OptionList

    def __init__(self, *, unknown: Any, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.unknown = unknown
        self.options: list[Option] = []
        self.has_offer = False

    def offer(self, options: list[Option]) -> None:
        """Let the reader choose from ``options``."""
        self.has_offer = bool(options)
        widget = cast("OptionList", self.widget)
        labels = [(option.value, option.label) for option in options]
        widget.choices = [("", _("Keine Angabe")), *labels]
        widget.german = {option.value for option in options if option.german}

    def to_python(self, value: Any) -> str:
        text = only_visible(str(value or ""))
        if text and text not in {option.value for option in self.options}:
            raise ValidationError(self.unknown)
        return text


def _options(catalogue: Catalogue) -> dict[str, list[Option]]:
    """Return what the finder understands, by the name of the question."""
    key = sort_key(current_language())
    spoken, topical = catalogue.useful(catalogue.by_language), catalogue.useful(catalogue.by_topic)
    languages = [
        Option(tag, language_name(tag), is_useful=tag in spoken) for tag in catalogue.languages
    ]
    topics = [(topic.slug, read(topic, "name")) for topic in catalogue.topics]
    return {
        "ort": [Option(town.ags, town.name, german=True) for town in catalogue.municipalities],
        "sprache": sorted(languages, key=lambda option: key(option.label)),
        "thema": [
            Option(slug, name.value, german=name.fallback, is_useful=slug in topical)
            for slug, name in topics
        ],
    }


class WishesForm(ReportingForm):
    """Age, municipality, language and topic; the names of the fields are part of the address."""

    error_title = gettext_lazy("Das haben wir nicht verstanden")

    alter = AgeField(
        required=False,
        label=gettext_lazy("Wie alt sind Sie?"),
        widget=Line(
            attrs={
                "inputmode": "numeric",
                "maxlength": 3,
                "size": 4,
                "dir": "ltr",
                "autocomplete": "off",
            }
        ),
    )
    ort = ChoiceOfMany(
        label=gettext_lazy("Wo wohnen Sie?"),
        unknown=gettext_lazy("Diesen Ort kennen wir nicht. Wählen Sie einen aus der Liste."),
    )
    sprache = ChoiceOfMany(
        label=gettext_lazy("Welche Sprache sprechen Sie?"),
        unknown=gettext_lazy("Diese Sprache kennen wir nicht. Wählen Sie eine aus der Liste."),
    )
    thema = ChoiceOfMany(
        label=pgettext_lazy("finder", "Worum geht es?"),
        unknown=gettext_lazy("Dieses Thema kennen wir nicht. Wählen Sie eines aus der Liste."),
    )

    def __init__(self, data: QueryDict, catalogue: Catalogue) -> None:
        answers = {name: data.get(name, "")[: LONGEST + 1] for name in self.base_fields}
        self.answers = {name: only_visible(text) for name, text in answers.items()}
        super().__init__(self.answers, auto_id="%s")
        self.catalogue = catalogue
        self.candidates: list[Town] = []
        self._take_postcode()
        self._take_language()
        for name, options in remember("wishes", partial(_options, catalogue)).items():
            field, chosen = self.choice(name), self.answers[name]
            field.options = options
            field.offer([row for row in options if row.is_useful or row.value == chosen])

    def _take_postcode(self) -> None:
        """Turn a postcode into its municipality; keep the candidates where it has several."""
        try:
            understood = read_postcode(self.answers["ort"])
        except ValidationError:
            return  # the key of a municipality, or nothing we know
        postcode, town_name = understood.value, understood.left_out.casefold()
        found = [town for town in self.catalogue.municipalities if postcode in town.postcodes]
        found = [town for town in found if town.name.casefold() == town_name] or found
        if len(found) == 1:
            self.answers["ort"] = found[0].ags
        elif found:
            self.candidates = found
            self.postcode, self.answers["ort"] = postcode, ""

    def _take_language(self) -> None:
        """Turn another tag of a language that somebody speaks, such as ``prs``, into ours."""
        text = self.answers["sprache"]
        self.answers["sprache"] = same_language(text, self.catalogue.languages) or text

    def choice(self, name: str) -> ChoiceOfMany:
        """Return the field ``name``, which must be one with options."""
        return cast("ChoiceOfMany", self.fields[name])

    @property
    def is_filled_in(self) -> bool:
        """Return whether the reader told us anything."""
        return bool(self.candidates) or any(self.answers.values())

    @property
    def has_question(self) -> bool:
        """Return whether the reader must look at the form again, before any answer."""
        return bool(self.errors or self.candidates)

    def wishes(self) -> Wishes:
        """Return the answers that make sense; a senseless one counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        return Wishes(
            age=given.get("alter"),
            municipality=given.get("ort") or None,
            language=given.get("sprache") or None,
            topic=given.get("thema") or None,
        )

    def questions(self) -> list[forms.BoundField]:
        """Return the fields that ask: those with something to choose, and those with mistakes."""
        return [row for row in self if row.errors or getattr(row.field, "has_offer", True)]

    def count(self) -> None:
        """Write behind each option how many services it would leave, the other answers kept.

        Options that would leave none are not offered, but for one that is chosen already.
        """
        wishes = self.wishes()
        given = asdict(wishes)
        for name, wish in (("ort", "municipality"), ("sprache", "language"), ("thema", "topic")):
            counted = [
                self._counted(option, given | {wish: option.value})
                for option in self.choice(name).options
            ]
            self.choice(name).offer(
                [row for row in counted if row.is_useful or row.value == given[wish]]
            )

    def _counted(self, option: Option, wishes: dict[str, Any]) -> Option:
        """Return the option with the number of services that are known to fit, if there are any."""
        count = self.catalogue.select(**wishes).bit_count()
        label = f"{option.label} ({number(count)})" if count else option.label
        is_useful = bool(count or self.catalogue.perhaps(**wishes))
        return option._replace(label=label, is_useful=is_useful)

    def place_name(self) -> str:
        """Return the name of the chosen municipality; empty without one."""
        names = {town.ags: town.name for town in self.catalogue.municipalities}
        return names.get(self.wishes().municipality or "", "")


class CountedWishesForm(WishesForm):
    """The same above the list: each option says how many services it would leave."""

    def questions(self) -> list[forms.BoundField]:
        """Return the fields that ask; only where they are shown their options are counted."""
        self.count()
        return super().questions()
