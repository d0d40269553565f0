"""Puts placeholders where texts repeat a number, an address or the name of a contact.

What staff call the facts is in ``core.facts``. No translation is outdated by that, what the content
files own stays theirs, and the newest state in the history is the one that is stored.
"""

import hashlib
import json
import re

import phonenumbers
from django.db import migrations, models
from django.utils import timezone

from lkintegration.core.comparison import wording

AT_ONCE = 200  # records in one statement
_LANGUAGE = re.compile(r"_(?:de|de_simple|en|uk|ar|tr|it|ro|fr|sq|ru|fa)$")
_LINK = re.compile(r'<a href="(?:tel|mailto):([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BEGIN, _END = "[\u2066\u2068]?", "\u2069?"  # signs by which translators set a number apart
_NUMBER = re.compile(
    rf"{_BEGIN}(?<![\w+/@.-])(?:\+|\(?0)[\d\s()/.\u2010\u2011\u2013-]{{5,}}\d(?![\w@]){_END}"
)
_EMAIL = re.compile(rf"{_BEGIN}(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+{_END}")
# How texts of each language address a person.
_FORMS = {
    "ms": "Frau|Ms|Пані|السيدة|Bayan|Signora|Doamna|Madame|Zonja|Госпожа|خانم",
    "mr": "Herr|Mr|Пан|السيد|Bay|Signor|Domnul|Monsieur|Zoti|Господин|آقای",
}


class Facts:
    """The facts of public contacts, as texts may repeat them."""

    def __init__(self):
        self.numbers, self.emails, self.words = {}, {}, {}

    def add(
        self,
        key,
        *,
        phone="",
        fax="",
        second="",
        switchboard="",
        email="",
        address="",
        form_of_address="",
        name="",
    ):
        for asked, number in (
            ("telefon", phone),
            ("fax", fax),
            ("zweite-nummer", second),
            ("telefonzentrale", switchboard),
        ):
            if stored := _stored(number):
                self.numbers.setdefault(stored, f"[[{asked}:{key}]]")
        if email:
            self.emails.setdefault(email.lower(), f"[[e-mail:{key}]]")
        if address:
            self._add_words(_loosely(address), f"[[anschrift:{key}]]")
        if form_of_address and name:  # without it, the fact says more than the text
            before = rf"(?:{_FORMS[form_of_address]})\s+"
            self._add_words(before + _loosely(name), f"[[name:{key}]]")

    def _add_words(self, words, placeholder):
        pattern = re.compile(rf"{_BEGIN}(?<!\w){words}(?!\w){_END}")
        self.words.setdefault(pattern, placeholder)

    def converted(self, text):
        """Return ``text``, formatted or not, with placeholders for what it repeats."""
        text = _LINK.sub(self._link, text)
        parts, end = [], 0
        for tag in _TAG.finditer(text):
            parts += [self._words(text[end : tag.start()]), tag[0]]
            end = tag.end()
        return "".join([*parts, self._words(text[end:])])

    def _link(self, found):
        """A link whose words are the number goes with it; other words stay a link."""
        target, words = found[1], _TAG.sub("", found[2])
        if number := self.numbers.get(dialled(target)):
            return number if dialled(words) == dialled(target) else found[0]
        email = self.emails.get(target.lower())
        return email if email and words.strip().lower() == target.lower() else found[0]

    def _words(self, text):
        text = _NUMBER.sub(lambda one: self.numbers.get(dialled(one[0]), one[0]), text)
        text = _EMAIL.sub(lambda one: self.emails.get(_bare(one[0]).lower(), one[0]), text)
        for pattern, placeholder in self.words.items():
            text = pattern.sub(placeholder, text)
        return text


def dialled(written):
    """Return a number as it is stored, however a text writes it; German ones begin with 0."""
    plain = re.sub(r"[^\d+]", "", written.replace("(0)", "").replace("&nbsp;", ""))
    if plain.startswith("00"):
        return f"+{plain[2:]}"
    return f"+49{plain[1:]}" if plain.startswith("0") else plain


def _loosely(words):
    return r"\s+".join(map(re.escape, words.split()))


def _stored(number):
    """Return what is dialled; empty for 115 and the like, and where an extension is asked for."""
    if not number or isinstance(number, str):
        return number or ""
    is_whole = number.country_code and not number.extension and number.national_number > 1_000_000
    e164 = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(number, e164) if is_whole else ""


def _bare(text):
    return text.strip("\u2066\u2068\u2069")


def known_facts(apps, alias):
    """Return the facts of contacts that are public and stay so, the office first."""
    now = timezone.now()
    public = models.Q(status="published", publish_until=None) & (
        models.Q(publish_from=None) | models.Q(publish_from__lte=now)
    )
    locations = apps.get_model("contacts", "Location")._default_manager.using(alias).filter(public)
    people = apps.get_model("contacts", "ContactPerson")._default_manager.using(alias)
    people = people.filter(
        public, organisation__status="published", organisation__publish_until=None
    ).select_related("organisation", "location")
    facts = Facts()
    for person in people.order_by("-represents_office", "order", "pk"):
        place = locations.filter(pk=person.location_id).first()
        if person.location_id is None and person.represents_office:
            places = list(locations.filter(organisation=person.organisation_id)[:2])
            place = places[0] if len(places) == 1 else None
        facts.add(
            "buero" if person.represents_office else person.slug,
            phone=person.phone,
            fax=person.fax,
            second=person.second_phone,
            switchboard=person.organisation.phone,
            email=person.email,
            address=f"{place.street}, {place.postcode} {place.city}" if place else "",
            form_of_address=person.form_of_address,
            name=_name(person),
        )
    return facts


def _name(person):
    parts = (person.title, person.given_name, person.family_name)
    named = " ".join(filter(None, parts))
    return f"{named}, {person.suffix}" if person.suffix else named


def convert(apps, schema_editor):
    alias = schema_editor.connection.alias
    facts = known_facts(apps, alias)
    changed = 0
    for model in apps.get_models():
        columns = [field for field in model._meta.concrete_fields if _is_text(field)]
        if not columns or any(field.name == "history_id" for field in model._meta.concrete_fields):
            continue
        for record in model._default_manager.using(alias).order_by("pk").iterator(AT_ONCE):
            before = _convert(record, columns, facts)
            if before:
                # Neither the day of the change nor the state of a translation: it says the same.
                model._default_manager.using(alias).filter(pk=record.pk).update(
                    **{name: getattr(record, name) for name in before}
                )
                _tell_the_rest(apps, alias, record, before, facts)
                changed += 1
    if changed:
        apps.get_model("core", "ContentState").objects.using(alias).update(token="")  # nosec B106  (no password)


def _is_text(field):
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and bool(_LANGUAGE.search(field.name))


def _convert(record, columns, facts):
    """Change the texts of ``record``; return what those that changed said before."""
    before = {}
    for field in columns:
        text = getattr(record, field.name)
        if not isinstance(text, str) or not text:
            continue
        converted = facts.converted(text)
        if converted != text and len(converted) <= (field.max_length or len(converted)):
            before[field.name] = text
            setattr(record, field.name, converted)
    return before


def _tell_the_rest(apps, alias, record, before, facts):
    label, name = record._meta.app_label, record._meta.model_name
    after = {column: getattr(record, column) for column in before}
    history = apps.get_model(label, f"historical{name}")._default_manager.using(alias)
    newest = history.filter(id=record.pk).order_by("-history_date", "-history_id").first()
    if newest:
        history.filter(pk=newest.pk).update(**after)
    _tell_the_translations(apps, alias, record, before, facts)
    loaded = apps.get_model("editorial", "LoadedRecord")._default_manager.using(alias)
    for row in loaded.filter(model=record._meta.label, object_id=record.pk):
        for column, text in before.items():
            if row.fingerprints.get(column) == _fingerprint(text):
                row.fingerprints[column] = _fingerprint(after[column])
        row.save(update_fields=["fingerprints"])
    apps.get_model("search", "StaleEntry").objects.using(alias).create(
        kind=f"{label}.{name}", object_id=record.pk
    )


def _tell_the_translations(apps, alias, record, before, facts):
    """Let each translation be made from the German as it is written now."""
    sources = apps.get_model("editorial", "TranslationSource")._default_manager.using(alias)
    kind = {
        "content_type__app_label": record._meta.app_label,
        "content_type__model": record._meta.model_name,
    }
    for source in sources.filter(object_id=record.pk, **kind):
        suffix = source.language.replace("-", "_")
        for field, made in source.texts.items():
            made["german"] = facts.converted(made["german"])
            own = before.get(f"{field}_{suffix}")
            if own is not None and made["own"] == _digest(own):
                made["own"] = _digest(getattr(record, f"{field}_{suffix}"))
        source.save(update_fields=["texts"])


def _digest(text):
    return hashlib.sha256(wording(text).encode()).hexdigest()[:16]


def _fingerprint(text):
    return hashlib.sha256(json.dumps(text).encode()).hexdigest()[:16]


class Migration(migrations.Migration):
    dependencies = [
        ("concept", "0010_explains_words"),
        ("contacts", "0012_authority"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_standings"),
        ("editorial", "0013_blank_texts"),
        ("offers", "0012_explains_words"),
        ("pages", "0009_explains_words"),
        ("search", "0003_unanswered"),
        ("terms", "0003_stays_german"),
    ]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
