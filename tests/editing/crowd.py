"""Eight people who save the same person at the same time, each their own fields and rows."""

import json
import sys
import threading
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from contacts.models import ContactPerson, OpeningHours
from tests import factories
from tests.admin import screen
from tests.core.browser import form_of

PEOPLE = 8
HOURS = "openinghours_rows"
# Beside the row of each person: a field of the record, in German or in another language.
FIELDS = ["room", "role_de", "role_uk", "email", "order", "role_ar", "source_note", "role_en"]


class Crowd:
    """What the people do, and what each of them found wrong."""

    def __init__(self, saves: int) -> None:
        self.saves = saves
        self.faults: list[str] = []
        self.start = threading.Barrier(PEOPLE)

    def play(self) -> list[str]:
        """Let everybody save at the same time; return the faults."""
        self._in_thread(self._prepare)
        people = [threading.Thread(target=self._person, args=(n,)) for n in range(PEOPLE)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        self._in_thread(self._clear)
        return self.faults

    def _in_thread(self, work: Any) -> None:
        """Do ``work`` in a thread, outside the transaction of a test."""
        thread = threading.Thread(target=lambda: (work(), connection.close()))
        thread.start()
        thread.join()

    def _prepare(self) -> None:
        self.record = factories.contact_person(name="Alle Zusammen", phone="+4976211234")
        self.rows = [
            factories.opening_hours(contact=self.record, weekday=number % 7).pk
            for number in range(PEOPLE)
        ]
        self.users = [User.objects.create_superuser(f"menge-{n}") for n in range(PEOPLE)]

    def _clear(self) -> None:
        for user in self.users:
            user.delete()
        self.record.delete()

    def _person(self, number: int) -> None:
        client = Client()
        client.force_login(self.users[number])
        try:
            self.start.wait(30)
            for turn in range(self.saves):
                self._save(client, number, turn)
        except Exception as error:
            self.faults.append(f"{number}: {error!r}")
        finally:
            connection.close()

    def _save(self, client: Client, number: int, turn: int) -> None:
        field = FIELDS[number]
        language = field.removeprefix("role_") if field.startswith("role_") else "de"
        address = screen(self.record, **({} if language == "de" else {"sprache": language}))
        form = form_of(client.get(address), "contactperson_form")
        value = self._value(field, turn)
        form[field] = value
        form.pop("reviewed", None)  # else they are asked, as the German changes all the time
        if language == "de":
            self._change_rows(form, number, turn)
        response = client.post(address, form | {"_save": "1"})
        if response.status_code != 302:
            self.faults.append(f"{number}/{turn}: {response.status_code}")
        self._look(number, turn, field, value)

    def _change_rows(self, form: dict[str, Any], number: int, turn: int) -> None:
        """Change one's own row; add another in every second turn, which the next one deletes."""
        total = int(form[f"{HOURS}-TOTAL_FORMS"][0])
        opens = f"01:{number:02}"
        for place in range(total):
            if form[f"{HOURS}-{place}-id"] == [str(self.rows[number])]:
                form[f"{HOURS}-{place}-closes"] = f"20:{turn % 60:02}"
            elif form.get(f"{HOURS}-{place}-opens", [""])[0].startswith(opens):
                form[f"{HOURS}-{place}-DELETE"] = "on"
        if turn % 2 == 0:
            new = {"weekday": "6", "opens": opens, "closes": "02:00", "id": ""}
            form |= {f"{HOURS}-{total}-{name}": text for name, text in new.items()}
            form[f"{HOURS}-TOTAL_FORMS"] = str(total + 1)

    def _look(self, number: int, turn: int, field: str, value: str) -> None:
        """See whether what this person has saved is there: nobody else changes it."""
        stored = ContactPerson.objects.get(pk=self.record.pk)
        if str(getattr(stored, field)) != value:
            self.faults.append(f"{number}/{turn}: {field} {value!r} → {getattr(stored, field)!r}")
        if field.startswith("role_") and field != "role_de":
            return
        row = OpeningHours.objects.get(pk=self.rows[number])
        if f"{row.closes:%M}" != f"{turn % 60:02}":
            self.faults.append(f"{number}/{turn}: {row.closes}")
        made = OpeningHours.objects.filter(contact=self.record, opens=f"01:{number:02}").count()
        if made != (turn + 1) % 2:
            self.faults.append(f"{number}/{turn}: {made} rows")

    @staticmethod
    def _value(field: str, turn: int) -> str:
        return {
            "email": f"m{turn}@example.org",
            "order": str(turn + 1),
        }.get(field, f"{field} {turn}")


def main() -> None:
    """Play on the database of the settings; print the faults as JSON."""
    sys.setswitchinterval(1e-5)
    sys.stdout.write(json.dumps(Crowd(int(sys.argv[1])).play()))
