"""Why these services: what the finder says above them, in the reader's language."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

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
    """Say that nobody knows whether something holds in the municipality named ``place``."""
    words = _("Ob das auch in %(place)s gilt, ist nicht bekannt. Rufen Sie vorher an.")
    return words % {"place": place}


def _reason(answer: Answer, age: int | None) -> str:
    if not answer.first:
        return _("Gerade steht hier kein Dienst. Wir helfen Ihnen am Telefon weiter.")
    low, high = {"age": age, "limit": answer.low}, {"age": age, "limit": answer.high}
    match answer.verdict, answer.programme:
        case Verdict.ONE, Programme.JMD:
            words = _("Sie sind %(age)s. Bis %(limit)s hilft der Jugendmigrationsdienst (JMD).")
            return words % high
        case Verdict.ONE, Programme.MBE:
            words = _(
                "Sie sind %(age)s. Ab %(limit)s hilft die Migrationsberatung für Erwachsene (MBE)."
            )
            return words % low
        case Verdict.ONE, _programme:
            return _("Sie sind %(age)s. Für dieses Alter ist dieser Dienst da.") % low
        case Verdict.CHOICE, _programme:
            return _("Sie sind %(age)s. In diesem Alter haben Sie die Wahl.") % low
        case Verdict.CHILD, _programme:
            return _("Kinder unter %(limit)s: Zuständig ist der Dienst für die Eltern.") % low
        case Verdict.NEAREST, _programme:
            return _("Sie sind %(age)s. Fragen Sie diesen Dienst.") % low
    return _("Ihr Alter entscheidet: Diese Dienste beraten Sie.")


def _remarks(answer: Answer, place: str) -> Iterator[str]:
    if answer.verdict == Verdict.CHOICE:
        yield _("Sie können sich an jeden dieser Dienste wenden. Beide beraten Sie.")
    if answer.verdict == Verdict.CHILD:
        yield _(
            "Fragen Sie als Mutter oder Vater. "
            "Für Sie ist der Dienst da, der zu Ihrem Alter passt. "
            "Auch Angebote für Familien können helfen."
        )
    if answer.verdict == Verdict.NEAREST and answer.first:
        yield _(
            "Für dieses Alter passt kein Dienst genau. Das hier kommt dem am nächsten. "
            "Rufen Sie uns an, dann finden wir den richtigen Weg."
        )
    if answer.reach == Reach.PERHAPS:
        yield not_known_in(place)
    if answer.reach == Reach.ELSEWHERE:
        words = _(
            "In %(place)s ist kein Dienst nur für diesen Ort da. "
            "Fragen Sie trotzdem hier oder bei uns."
        )
        yield words % {"place": place}
    if not answer.language_known:
        yield _(
            "Ob dort jemand Ihre Sprache spricht, wissen wir noch nicht. Fragen Sie uns am Telefon."
        )
    if answer.adult_may_help:
        yield _(
            "Sie haben schon eine eigene Familie oder Arbeit? "
            "Dann kann auch die Migrationsberatung für Erwachsene (MBE) helfen."
        )
