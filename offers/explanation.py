"""Why these services: what the finder says above them, in the reader's language."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offers.boundary import Boundary
from offers.enums import Programme
from offers.referral import Answer, Reach, Verdict


class Explanation(NamedTuple):
    """The sentence that answers, and sentences with what else there is to know."""

    reason: str
    remarks: list[str]


def explain(answer: Answer, age: int | None, place: str) -> Explanation:
    """Explain ``answer`` to a reader of ``age`` who lives in the municipality named ``place``."""
    return Explanation(_reason(answer, age), list(_remarks(answer, place)))


def not_known_in(place: str) -> str:
    """Tell to ask whether something holds in the municipality named ``place``: nobody knows."""
    words = _("Fragen Sie vorher nach, ob das auch für %(place)s gilt.")
    return words % {"place": place}


def choice_in_words(boundary: Boundary) -> str:
    """Say at which ages the two programmes are both there; empty where they never are."""
    ages = boundary.choice
    if not ages:
        return ""
    if len(ages) == 1:
        words = ngettext(
            "Mit %(age)d können Sie wählen.", "Mit %(age)d können Sie wählen.", ages[0]
        )
        return words % {"age": ages[0]}
    words = ngettext(
        "Von %(low)d bis %(high)d Jahr können Sie wählen.",
        "Von %(low)d bis %(high)d Jahren können Sie wählen.",
        ages[-1],
    )
    return words % {"low": ages[0], "high": ages[-1]}


def _reason(answer: Answer, age: int | None) -> str:
    if not answer.first:
        return _("Zurzeit ist hier keine Beratungsstelle eingetragen.")
    if answer.verdict == Verdict.CHILD:
        words = ngettext(
            "Ihr Kind ist jünger als %(limit)d Jahr? "
            "Fragen Sie bei dem Dienst, der zu Ihrem Alter passt.",
            "Ihr Kind ist jünger als %(limit)d Jahre? "
            "Fragen Sie bei dem Dienst, der zu Ihrem Alter passt.",
            answer.youngest,
        )
        return words % {"limit": answer.youngest}
    if age is None:
        return _("Ihr Alter entscheidet, welcher Dienst für Sie da ist.")
    said = ngettext("Sie sind %(age)d Jahr alt.", "Sie sind %(age)d Jahre alt.", age)
    return f"{said % {'age': age}} {_found(answer)}"


def _found(answer: Answer) -> str:
    match answer.verdict, answer.programme:
        case Verdict.ONE, Programme.JMD:
            return _("Für Sie ist der Jugendmigrationsdienst (JMD) da.")
        case Verdict.ONE, Programme.MBE:
            return _("Für Sie ist die Migrationsberatung für Erwachsene (MBE) da.")
        case Verdict.ONE, _programme:
            return _("Für Sie ist dieser Dienst da.")
        case Verdict.CHOICE, _programme:
            return _("In diesem Alter können Sie wählen.")
    return _("Für dieses Alter gibt es hier keinen eigenen Dienst.")


def _remarks(answer: Answer, place: str) -> Iterator[str]:
    if answer.verdict == Verdict.CHOICE:
        yield _(
            "Sie können sich an jede dieser Stellen wenden. "
            "Der Grund: Die Altersgrenze zwischen den beiden Diensten ist nicht überall gleich."
        )
    if answer.verdict == Verdict.CHILD:
        yield _("Fragen Sie dort als Mutter oder Vater.")
    if answer.verdict == Verdict.NEAREST and answer.first:
        yield _("Am besten passt dieser Dienst. Fragen Sie dort nach oder rufen Sie uns an.")
    if answer.reach == Reach.PERHAPS:
        yield not_known_in(place)
    if answer.reach == Reach.ELSEWHERE:
        words = _(
            "In %(place)s gibt es keine eigene Beratungsstelle. "
            "Fragen Sie bei den Stellen, die wir hier nennen, oder rufen Sie uns an."
        )
        yield words % {"place": place}
    if not answer.language_known:
        yield _("Fragen Sie dort vorher, ob jemand Ihre Sprache spricht.")
    if answer.adult_may_help:
        yield _(
            "Sie haben Fragen zu Ihrer Familie oder zu Ihrer Arbeit? "
            "Dann kann auch die Migrationsberatung für Erwachsene (MBE) helfen."
        )
