"""Whatever people do on one record and its rows, in whatever order, live or prepared.

The model is plain: what somebody saved stays until somebody changes it who has seen it. Whoever
changes what has changed since they looked is asked once, and nothing of theirs is saved before.
"""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from contacts.models import ContactPerson, OpeningHours
from lkintegration.editing.drafts import find_draft
from tests import factories
from tests.admin import client_of, key, screen
from tests.core.browser import form_of

pytestmark = pytest.mark.django_db

PEOPLE = ["Anna", "Ben", "Cem"]
SCREENS = {"de": ["room", "role_de", "source_note"], "en": ["role_en"]}
FIELDS = [name for fields in SCREENS.values() for name in fields]
VALUES = ["eins", "zwei", "drei"]
TIMES = ["17:00", "18:00", "19:00"]
ROWS = "openinghours_rows"
FORM = "contactperson_form"
people = st.sampled_from(PEOPLE)
languages = st.sampled_from(list(SCREENS))
changes = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), max_size=2)
times = st.dictionaries(st.integers(0, 3), st.sampled_from(TIMES), max_size=2)


class Page:
    """A form as somebody opened it: what it showed, and of a draft what was stored behind it."""

    def __init__(self, language, form, shown, stored):
        self.language, self.form, self.shown, self.stored = language, form, shown, stored
        form.pop("reviewed", None)  # a question of its own


class Together(RuleBasedStateMachine):
    """Three people work on one person of the office and the hours, in two languages."""

    @initialize()
    def begin(self):
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.contact = factories.contact_person(room="eins", role_de="eins", source_note="eins")
        for day in (0, 1):
            factories.opening_hours(contact=self.contact, weekday=day)
        self.clients = {name: client_of(User.objects.create_superuser(name)) for name in PEOPLE}
        self.pages = {}
        self.drafts = {}
        self.stored = self.read()
        self.drafted = {}  # cell → (value, what was stored then)

    def teardown(self):
        if hasattr(self, "rollback"):
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    def read(self):
        """Return what is stored: fields by name, rows by key."""
        contact = ContactPerson.objects.get(pk=self.contact.pk)
        rows = OpeningHours.objects.filter(contact=contact)
        return {name: getattr(contact, name) or "" for name in FIELDS} | {
            row.pk: f"{row.closes:%H:%M}" for row in rows
        }

    def shown_now(self):
        """Return what the draft's form shows."""
        return self.stored | {
            cell: v for cell, (v, _b) in self.drafted.items() if cell in self.stored
        }

    def on_screen(self, language, cells):
        """Return those of ``cells`` that a screen shows; the rows stand on the German one."""
        fields = SCREENS[language]
        return {
            cell: text
            for cell, text in cells.items()
            if (cell in fields if isinstance(cell, str) else language == "de")
        }

    def address(self, page_or_language, **query):
        language = getattr(page_or_language, "language", page_or_language)
        return screen(self.contact, **({} if language == "de" else {"sprache": language}), **query)

    def place_of(self, form, row):
        total = int(form[f"{ROWS}-TOTAL_FORMS"][0])
        return next(n for n in range(total) if form[f"{ROWS}-{n}-id"] == [str(row)])

    def rows_of(self, page):
        return [cell for cell in page.shown if not isinstance(cell, str)]

    def filled_in(self, page, fields, hours):
        """Return the cells that are changed in ``page``, and the form with them written in."""
        rows = self.rows_of(page)
        hours = {rows[n % len(rows)]: text for n, text in hours.items() if rows}
        wanted = self.on_screen(page.language, fields) | hours
        form = dict(page.form)
        for cell, text in wanted.items():
            name = cell if isinstance(cell, str) else f"{ROWS}-{self.place_of(form, cell)}-closes"
            form[name] = text
        return {c: text for c, text in wanted.items() if text != page.shown[c]}, form

    # --- live -------------------------------------------------------------------------------------
    @rule(who=people, language=languages)
    def open(self, who, language):
        form = form_of(self.clients[who].get(self.address(language)), FORM)
        shown = self.on_screen(language, self.stored)
        self.pages[who] = Page(language, form, shown, dict(self.stored))

    @precondition(lambda self: self.pages)
    @rule(who=people, fields=changes, hours=times)
    def save(self, who, fields, hours):
        if who not in self.pages:
            return
        page = self.pages.pop(who)
        mine, form = self.filled_in(page, fields, hours)
        asked = {
            cell
            for cell, text in mine.items()
            if cell in self.stored
            and self.stored[cell] != page.shown[cell]
            and text != self.stored[cell]
        }
        answer = self.clients[who].post(self.address(page), form | {"_save": "1"})

        assert answer.status_code == (200 if asked else 302)
        if asked:
            form = form_of(answer, FORM)
            shown = {cell: (self.stored | mine)[cell] for cell in page.shown if cell in self.stored}
            self.answer(who, Page(page.language, form, shown, dict(self.stored)))
        else:
            self.stored |= {cell: text for cell, text in mine.items() if cell in self.stored}

    def answer(self, who, page):
        """Whoever is asked and saves again has decided."""
        answer = self.clients[who].post(self.address(page), page.form | {"_save": "1"})
        assert answer.status_code == 302
        self.stored |= page.shown

    @precondition(lambda self: self.pages)
    @rule(who=people, day=st.integers(2, 6), closes=st.sampled_from(TIMES))
    def add_row(self, who, day, closes):
        if who not in self.pages or self.pages[who].language != "de":
            return
        page = self.pages.pop(who)
        total = int(page.form[f"{ROWS}-TOTAL_FORMS"][0])
        new = {"weekday": str(day), "opens": "09:00", "closes": closes, "id": ""}
        form = page.form | {f"{ROWS}-{total}-{name}": text for name, text in new.items()}
        form[f"{ROWS}-TOTAL_FORMS"] = str(total + 1)
        rows = OpeningHours.objects.filter(contact=self.contact)
        same = rows.filter(weekday=day, opens="09:00", closes=closes)
        is_there = same.exclude(pk__in=self.rows_of(page)).exists()

        answer = self.clients[who].post(screen(self.contact), form | {"_save": "1"})

        assert answer.status_code == 302
        now = self.read()
        added = {cell: text for cell, text in now.items() if cell not in self.stored}
        assert list(added.values()) == ([] if is_there else [closes])
        self.stored |= added

    @precondition(lambda self: self.pages)
    @rule(who=people, number=st.integers(0, 3))
    def delete_row(self, who, number):
        if who not in self.pages or not self.rows_of(self.pages[who]):
            return
        page = self.pages.pop(who)
        rows = self.rows_of(page)
        row = rows[number % len(rows)]
        form = page.form | {f"{ROWS}-{self.place_of(page.form, row)}-DELETE": "on"}

        answer = self.clients[who].post(screen(self.contact), form | {"_save": "1"})

        if row in self.stored and self.stored[row] != page.shown[row]:
            assert answer.status_code == 200
            answer = self.clients[who].post(
                screen(self.contact), form_of(answer, FORM) | {"_save": "1"}
            )
        assert answer.status_code == 302
        self.stored.pop(row, None)

    # --- prepared ---------------------------------------------------------------------------------
    @rule(who=people, language=languages)
    def open_draft(self, who, language):
        address = self.address(language, arbeitskopie=1)
        form = form_of(self.clients[who].get(address), FORM)
        shown = self.on_screen(language, self.shown_now())
        self.drafts[who] = Page(language, form, shown, dict(self.stored))

    @precondition(lambda self: self.drafts)
    @rule(who=people, fields=changes, hours=times)
    def prepare(self, who, fields, hours):
        if who not in self.drafts:
            return
        page = self.drafts.pop(who)
        mine, form = self.filled_in(page, fields, hours)
        now = self.shown_now()
        asked = {
            cell
            for cell, text in mine.items()
            if cell in self.stored
            and text != now[cell]
            and (now[cell] != page.shown[cell] or self.stored[cell] != page.stored[cell])
        }
        address = self.address(page, arbeitskopie=1)

        answer = self.clients[who].post(address, form | {"_prepare": "1"})

        assert answer.status_code == (200 if asked else 302)
        if not asked:
            self.note(page, mine, now)

    def note(self, page, mine, now):
        for cell in list(self.drafted):
            value, _base = self.drafted[cell]
            if cell not in self.stored:  # the row is gone, and whoever saves is told
                if cell in page.shown:
                    del self.drafted[cell]
            elif cell in page.shown and page.stored[cell] != page.shown[cell]:
                self.drafted[cell] = (value, page.stored[cell])
        for cell, text in mine.items():
            if cell not in self.stored or text == now[cell]:
                continue
            if text == self.stored[cell]:
                self.drafted.pop(cell, None)
            else:
                self.drafted[cell] = (text, self.stored[cell])

    @precondition(lambda self: self.drafted)
    @rule()
    def publish(self):
        """Let one of those who have prepared it publish it."""
        address = f"/verwaltung/freigabe/{key(self.contact)}/"
        is_fit = all(
            cell in self.stored and self.stored[cell] in {base, value}
            for cell, (value, base) in self.drafted.items()
        )
        author = find_draft(self.contact).author.username
        self.clients[author].post(address, {"publish": "1"})
        if is_fit:
            self.stored |= {cell: value for cell, (value, _base) in self.drafted.items()}
            self.drafted = {}

    # --- what must hold ---------------------------------------------------------------------------
    @invariant()
    def nothing_is_lost(self):
        if hasattr(self, "stored"):
            assert self.read() == self.stored

    @invariant()
    def no_draft_is_lost(self):
        if not hasattr(self, "stored"):
            return
        draft, found = find_draft(self.contact), {}
        for own in (draft.changes if draft else {}).values():
            for name, field in own["fields"].items():
                if name in FIELDS:
                    found[name] = field["sent"][name][0]
            for row, fields in own["rows"].get(ROWS, {}).items():
                found[int(row)] = fields["closes"]["sent"]["closes"][0]
        assert found == {cell: value for cell, (value, _base) in self.drafted.items()}


def test_nothing_that_anybody_saved_or_prepared_is_lost():
    run(Together, settings=settings(max_examples=8, stateful_step_count=15, deadline=None))
