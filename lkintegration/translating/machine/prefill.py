"""Fills missing texts by machine: budget first, then the service, then the proof, then storing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field

from lkintegration.core.comparison import gist
from lkintegration.core.enums import TranslationState
from lkintegration.core.formats import number
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.richtext import clean_html
from lkintegration.core.translation_states import texts_of
from lkintegration.translating.machine import budget
from lkintegration.translating.machine.contract import Provider, ProviderError
from lkintegration.translating.machine.missing import Missing, by_record, is_open_to_machines
from lkintegration.translating.machine.terms import LostError, accepted

REASON = "Maschinell vorausgefüllt."


class Refusal(NamedTuple):
    """A translation that was not stored, and why, in German."""

    text: Missing
    reason: str

    def __str__(self) -> str:
        column = cast("Field", self.text.record._meta.get_field(self.text.field))
        return f"{self.text.record}, {column.verbose_name}: {self.reason}"


@dataclass
class Outcome:
    """What became of the texts; ``stopped`` says, in German, why the rest was not tried."""

    filled: int = 0
    characters: int = 0
    refused: list[Refusal] = field(default_factory=list)
    stopped: str = ""


def fill(
    provider: Provider, texts: list[Missing], watch: Callable[[int], object] = lambda _done: None
) -> Outcome:
    """Have ``texts`` translated and store them as machine-made.

    What is stored before something goes wrong stays stored. After a failure of the service or at
    the end of the budget nothing more is sent. ``watch`` hears how many texts each call was about.
    """
    outcome = Outcome()
    for batch in _batches(provider, texts):
        try:
            answers = _answers(provider, batch)
        except ProviderError as error:
            outcome.stopped = str(error)
            break
        outcome.characters += sum(text.cost for text in batch)
        for group in by_record(batch):
            _keep(group, answers, outcome)
        watch(len(batch))
    return outcome


def _batches(provider: Provider, texts: list[Missing]) -> Iterator[list[Missing]]:
    """Yield ``texts`` in lists that one call can take; too long ones go alone and are refused."""
    batch: list[Missing] = []
    size = 0
    for text in texts:
        length = len(text.shielded)
        if batch and (
            len(batch) >= provider.most_texts or size + length > provider.most_characters
        ):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch


def _answers(provider: Provider, batch: list[Missing]) -> dict[Missing, str]:
    """Return the translations of ``batch``. Raises ``ProviderError``, also without a budget."""
    sent = [text for text in batch if text.is_sent and _fits(provider, text)]
    if not sent:
        return {}
    reservation = budget.reserve(sum(text.cost for text in sent))
    if reservation is None:
        raise ProviderError(
            "Das Kontingent für diesen Monat reicht nicht: Frei sind noch "
            f"{number(budget.left())} Zeichen."
        )
    try:
        answers = provider.translate([text.shielded for text in sent], sent[0].language)
    except ProviderError as error:
        if not error.may_be_billed:
            reservation.give_back()
        raise
    return dict(zip(sent, answers, strict=True))


def _fits(provider: Provider, text: Missing) -> bool:
    return len(text.shielded) <= provider.most_characters


def _keep(group: list[Missing], answers: dict[Missing, str], outcome: Outcome) -> None:
    """Store the good translations of one record and note the others."""
    good: dict[Missing, str] = {}
    for text in group:
        if not text.is_sent:
            good[text] = text.german  # nothing but names: they are the same in every language
        elif text not in answers:
            outcome.refused.append(Refusal(text, "Der Text ist zu lang für eine Anfrage."))
        else:
            try:
                good[text] = accepted(answers[text], text.shielded, rich=text.rich)
            except LostError as error:
                outcome.refused.append(Refusal(text, str(error)))
    turned_down = _store(good) if good else []
    outcome.refused += turned_down
    outcome.filled += len(good) - len(turned_down)


def _store(good: dict[Missing, str]) -> list[Refusal]:
    """Write translations of one record; return those for which it is no longer the one it was."""
    first = next(iter(good))
    refused = []
    with transaction.atomic():
        rows = type(first.record)._default_manager.select_for_update()
        record = rows.filter(pk=first.record.pk).first()
        if record is None:
            return [Refusal(text, "Der Eintrag ist inzwischen gelöscht.") for text in good]
        open_to_machines = is_open_to_machines(record, first.language)
        columns = []
        for text, answer in good.items():
            if problem := _problem(record, text, answer, open_to_machines):
                refused.append(Refusal(text, problem))
            else:
                setattr(record, text.column, answer)
                columns.append(text.column)
        if columns:
            machine = str(TranslationState.MACHINE)
            record.translation_states = record.translation_states | {first.language: machine}
            record._change_reason = REASON
            record.save(update_fields=[*columns, "translation_states", "changed_at"])
    return refused


def _problem(record: Content, text: Missing, answer: str, open_to_machines: bool) -> str:
    """Return why ``answer`` cannot be stored now; empty where it can."""
    if not open_to_machines or text.field in texts_of(record, text.language):
        return "Inzwischen hat ein Mensch übersetzt."
    if gist(texts_of(record, SOURCE).get(text.field, "")) != gist(text.german):
        return "Der deutsche Text hat sich inzwischen geändert."
    if text.rich and not clean_html(answer):
        return "Die Übersetzung ist leer."
    try:
        cast("Field", record._meta.get_field(text.column)).clean(answer, record)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
