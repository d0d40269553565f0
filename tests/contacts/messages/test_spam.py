"""Fifty ways to send us rubbish, each refused; fifty honest messages, each stored as written."""

import time
from typing import NamedTuple

import pytest
from django.core import signing

from contacts.messages import tokens
from contacts.models import Message
from lkintegration.core.languages import LANGUAGES
from tests.contacts.messages.test_reader_forms import OFFICE, entries, token

pytestmark = pytest.mark.django_db

BARRIER = "barriere-melden/"
PERSON = "kontakt/eva-petersik/nachricht/"  # opened before it led to the office's form
LIMIT = 3


def signed(key=None, salt=tokens.SALT):
    """Return a token as it could be made by somebody who has read our source."""
    made = int(time.time()) - 60
    return signing.Signer(key=key, salt=salt).sign_object([OFFICE, "0123456789abcdef", made])


class Spam(NamedTuple):
    """One pattern: how it differs from an honest form, and what happened before."""

    what: str
    changes: dict
    page: str = OFFICE
    already_sent: int = 0
    header: str = ""  # X-Forwarded-For
    proxies: int = 0


INJECTED = "a@b.de\r\nBcc: x@y.z"
BOUGHT = token()  # one genuine form, used by a program again and again

SPAM = [
    # Programs that do not open the form, or not as people do.
    Spam("no token", {"formular": None}),
    Spam("empty token", {"formular": ""}),
    Spam("token of a program that fills in every field", {"formular": "spam@example.org"}),
    Spam("token cut short", {"formular": token()[:-5]}),
    Spam("token with another signature", {"formular": token().partition(":")[0] + ":" + "A" * 43}),
    Spam("token with another content", {"formular": "W10:" + token().partition(":")[2]}),
    Spam("token signed with a key that was guessed", {"formular": signed(key="django-insecure")}),
    Spam("token signed for another purpose", {"formular": signed(salt="django.core.signing")}),
    Spam("token of the form for barriers", {"formular": token(BARRIER)}),
    Spam("token of one form used for another", {"formular": token(OFFICE)}, page=PERSON),
    Spam("token kept for two days", {"formular": token(age=2 * 24 * 60 * 60)}),
    Spam("token kept for a year", {"formular": token(age=365 * 24 * 60 * 60)}),
    Spam("sent at once", {"formular": "fresh"}),
    Spam("trap filled with an address", {"homepage": "https://spam.example"}),
    Spam("trap filled with a word", {"homepage": "Landkreis"}),
    Spam("trap filled with a blank", {"homepage": " "}, page=BARRIER),
    # Advertisement.
    Spam("three links", {"text": "http://a.example und http://b.example und http://c.example"}),
    Spam(
        "three secure links", {"text": "Buy https://a.example https://b.example https://c.example"}
    ),
    Spam("links in capitals", {"text": "HTTP://A.EXAMPLE HTTPS://B.EXAMPLE WWW.C.EXAMPLE"}),
    Spam(
        "links without a scheme", {"text": "Gewinne: www.a.example, www.b.example, www.c.example"}
    ),
    Spam("bare domains", {"text": "casino.xyz/1 casino.top/2 casino.info/3"}),
    Spam("a hundred links", {"text": "Neu! " + "https://spam.example/kaufen " * 100}),
    Spam("links in a report", {"text": "www.a.example www.b.example www.c.example"}, page=BARRIER),
    Spam("BBCode", {"text": "Kaufen Sie [url=https://spam.example]hier[/url]"}),
    Spam("BBCode in capitals", {"text": "Click [URL]spam.example[/URL] now"}),
    Spam("BBCode with a picture", {"text": "Schau: [img]https://spam.example/a.png[/img]"}),
    Spam("BBCode of another kind", {"text": "[link=https://spam.example]Casino[/link]"}),
    Spam("HTML link", {"text": '<a href="https://spam.example">Casino</a>'}),
    Spam("HTML link in capitals", {"text": "<A HREF='https://spam.example'>Casino</A>"}),
    Spam("HTML picture", {"text": 'Hallo <img src="https://spam.example/pixel.gif">'}),
    Spam("script", {"text": "Hallo <script>fetch('//spam.example')</script>"}),
    Spam("frame", {"text": '<iframe src="//spam.example"></iframe> Hallo'}),
    Spam("hidden text", {"text": '<div style="display:none">viagra</div> Guten Tag'}),
    Spam("HTML mail", {"text": "<h1>Angebot</h1><p>Nur heute!</p>"}),
    Spam("link as a name", {"name": "https://spam.example"}),
    Spam("link within a name", {"name": "Gewinnspiel www.spam.example"}),
    Spam("HTML as a name", {"name": '<a href="//spam.example">Ayla</a>'}),
    Spam("letter as a name", {"name": "Sie haben gewonnen! " * 20}),
    Spam("no letters", {"text": "!!! $$$ ??? *** +++"}),
    Spam("invisible letters", {"text": "\u200b\u200e\u2060\ufeff"}),
    Spam("too long", {"text": "Kaufen Sie jetzt. " * 300}),
    # Injection of mail headers, and addresses of others.
    Spam("header in the address", {"email": INJECTED}),
    Spam("encoded header in the address", {"email": "a@b.de%0ABcc:x@y.z"}),
    Spam("header in the number", {"email": "", "telefon": "07621 9999123\r\nBcc: x@y.z"}),
    Spam("header in the subject", {"thema": "advice\r\nBcc: x@y.z"}),
    Spam("header and link in the name", {"name": "Ayla\r\nBcc: x@y.z\r\n\r\nwww.spam.example"}),
    Spam("several addresses", {"email": "a@example.org, b@example.org; c@example.org"}),
    # More than anybody writes in a day.
    Spam("beyond the day's limit", {"text": "Und noch eine."}, already_sent=LIMIT),
    Spam(
        "the same form again, slightly edited",
        {"text": "Kaufen Sie heute, Nummer 4.", "formular": BOUGHT},
        already_sent=LIMIT,
    ),
    Spam(
        "invented addresses beyond the day's limit",
        {"text": "Und noch eine."},
        already_sent=LIMIT,
        header="198.51.100.{}, 203.0.113.7",
        proxies=1,
    ),
]


@pytest.mark.any_database
def test_there_are_fifty_patterns_and_each_is_another():
    assert len(SPAM) == len({spam.what for spam in SPAM}) == 50
    assert (
        len({(str(spam.changes), spam.page, spam.already_sent, spam.header) for spam in SPAM}) == 50
    )


@pytest.mark.any_database
@pytest.mark.parametrize("spam", SPAM, ids=lambda spam: spam.what)
def test_rubbish_is_refused_and_nothing_of_it_stored(client, settings, spam):
    settings.MESSAGES_PER_SENDER = LIMIT
    settings.PROXY_COUNT = spam.proxies
    sent = dict(spam.changes)
    if sent.get("formular") == "fresh":
        sent["formular"] = tokens.issue(spam.page)

    def post(number, form):
        return client.post(
            f"/de/{spam.page}", form, headers={"X-Forwarded-For": spam.header.format(number)}
        )

    for number in range(spam.already_sent):
        before = {"text": f"Kaufen Sie heute, Nummer {number}."}
        taken = post(number, entries(spam.page, **sent | before))
        assert taken.status_code == 302
    Message.objects.all().delete()

    response = post(100, entries(spam.page, **sent))

    assert response.status_code == (429 if spam.already_sent else 422)
    assert "Location" not in response.headers
    assert "Ihre Nachricht ist noch nicht abgeschickt" in response.content.decode()
    assert Message.objects.count() == 0


@pytest.mark.any_database
def test_what_makes_the_difference_is_the_pattern_alone(client):
    """The same form without a pattern is taken: none of the above is refused for another reason."""
    for page in (OFFICE, PERSON, BARRIER):
        assert client.post(f"/de/{page}", entries(page)).status_code == 302


class Honest(NamedTuple):
    """One message: the language of its writer, its text, and what else differs."""

    language: str
    text: str
    changes: dict = {}
    page: str = OFFICE


HONEST = [
    Honest("de", "Hallo"),
    Honest(
        "de",
        "Guten Tag,\n\nmein Aufenthaltstitel läuft am 31. März ab. Wo bekomme ich einen Termin?\n\n"
        "Mit freundlichen Grüßen\nAyla Muster",
        {"thema": "residence"},
    ),
    Honest("de", "Ich ❤️ Lörrach <3 Gibt es einen Chor für alle?", {"thema": "volunteering"}),
    Honest("de", "Bei uns gilt: Einkommen a < b Miete. Gibt es Wohngeld?", {"thema": "housing"}),
    Honest("de", "Mein Lohn ist < 900 €, die Miete > 700 €. Wer hilft uns?"),
    Honest(
        "de", "Den Kurs fand ich auf https://www.example.org/kurse/b1?ort=loerrach – gibt es ihn?"
    ),
    Honest("de", "Unterschied zwischen www.example.org und https://kurse.example.com/a1?"),
    Honest("de", "Antworten Sie bitte auch an Petra Muster <p.muster@example.org>. Danke!"),
    Honest(
        "de", "Ich erreiche Sie nicht. Rückruf bitte.", {"email": "", "telefon": "07621 9999 123"}
    ),
    Honest("de", "Wohne in Basel, arbeite in Weil.", {"telefon": "+41 61 000 00 12", "email": ""}),
    Honest("de", "ä" * 5_000),
    Honest("de", "Frage.\n" * 714 + "So"),
    Honest("de", "Auf der Seite fehlt ein Kontrast.", {"email": "", "name": ""}, page=BARRIER),
    Honest("de", "Frau Muster hat mir sehr geholfen! 🙏🏽👏", page=PERSON),
    Honest(
        "de", "[1] Pass, [2] Meldebescheinigung: Reicht das? 100 % sicher bin ich nicht & müde."
    ),
    Honest("de-simple", "Ich brauche Hilfe.\nIch verstehe den Brief vom Amt nicht."),
    Honest("de-simple", "Wann haben Sie auf?", {"email": "ayla+amt@example.org"}),
    Honest("de-simple", "Ich suche eine Wohnung. Wir sind 4 Personen."),
    Honest("en", "Hello, my residence permit expires soon. Whom do I have to ask?"),
    Honest("en", "Is there a women's German course with childcare? 👶👩‍🎓", {"thema": "german"}),
    Honest("en", "I'd like to volunteer -- weekends only :-)", {"name": "Seán O'Brien-Muster"}),
    Honest("en", "My income is < a full salary -> can I still apply for housing?"),
    Honest("uk", "Добрий день! Чи можу я продовжити дозвіл на проживання за § 24?"),
    Honest("uk", "Шукаю курси німецької мови рівня B1 у Лерраху. Дякую! 💙💛"),
    Honest(
        "uk", "Моя донька (12 р.) досі не має місця у школі.\nЩо робити?", {"name": "Олена М’якота"}
    ),
    Honest("uk", "Шукаємо квартиру: 2 дорослих, 1 дитина, до 800 € на місяць."),
    Honest("ar", "السلام عليكم، أبحث عن دورة لغة ألمانية مع رعاية للأطفال."),
    Honest(
        "ar", "انتهت \u200fإقامتي\u200e يوم 31.03. هل أستطيع العمل؟", {"name": "آية \u200fMuster"}
    ),
    Honest("ar", "\u2067أسكن في Lörrach\u2069 وأريد شقة أكبر 🏠", {"telefon": "٠٧٦٢١ ٩٩٩٩ ١٢٣"}),
    Honest("ar", "مرحبا\nلم أفهم الرسالة من الدائرة.\nهل يمكنكم مساعدتي؟"),
    Honest("tr", "Merhaba, oturum iznimi uzatmak istiyorum. Hangi belgeler gerekli?"),
    Honest("tr", "İŞ arıyorum; diplomam tanınır mı? Iğdır’dan geldim.", {"name": "Işıl Örnek"}),
    Honest("tr", "Çocuğum için anaokulu yeri arıyoruz 🧸", {"thema": "other"}),
    Honest("tr", "Evimiz çok küçük, beş kişiyiz. Kime başvurabiliriz?"),
    Honest("it", "Buongiorno, cerco un corso d'italiano-tedesco la sera. È possibile?"),
    Honest("it", "Perché il permesso non è ancora pronto? È da più di 3 mesi che aspetto."),
    Honest("it", "Cerchiamo casa: affitto < 900 €.\nGrazie!", {"email": "a.d'esempio@example.org"}),
    Honest("ro", "Bună ziua, cum îmi pot recunoaște diploma de asistentă medicală?"),
    Honest("ro", "Caut o locuință în Lörrach. Mulțumesc frumos! 🌻", {"name": "Ștefan Țărână"}),
    Honest("ro", "Unde găsesc un curs de germană pentru începători?"),
    Honest("fr", "Bonjour, j’habite à Saint-Louis.", {"email": "", "telefon": "+33 1 99 00 12 34"}),
    Honest("fr", "« Titre de séjour » : où dois-je m’adresser ? Merci d’avance !"),
    Honest("fr", "Mon fils cherche un apprentissage… à Lörrach ou à Weil ?", {"thema": "work"}),
    Honest("sq", "Përshëndetje, dua të mësoj gjermanisht. Ku mund të regjistrohem?"),
    Honest("sq", "Burri im punon, unë jo. A kam të drejtë për kurs?", {"name": "Çelë Shembull"}),
    Honest("ru", "Здравствуйте! Подскажите, пожалуйста, где признают мой диплом врача?"),
    Honest("ru", "Мы ищем жильё; нас пятеро 👨‍👩‍👧‍👦. Спасибо!"),
    Honest("fa", "سلام، می\u200cخواهم اقامتم را تمدید کنم. چه مدارکی لازم است؟"),
    Honest(
        "fa",
        "کلاس \u200fB1\u200e آلمانی کجاست؟ \u2068Weil am Rhein\u2069",
        {"telefon": "۰۷۶۲۱ ۹۹۹۹ ۱۲۳"},
    ),
    Honest("fa", "برای فرزندم مدرسه پیدا نمی\u200cکنم.\nلطفاً کمک کنید 🙏", {"name": "آیلا نمونه"}),
]


@pytest.mark.any_database
def test_there_are_fifty_honest_messages_in_all_languages():
    assert len(HONEST) == len({honest.text for honest in HONEST}) == 50
    assert {honest.language for honest in HONEST} == {language.code for language in LANGUAGES}
    assert max(len(honest.text) for honest in HONEST) == 5_000
    assert [len(honest.text) for honest in HONEST].count(5_000) == 2


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: ascii(honest.text[:30]))
def test_an_honest_message_is_stored_exactly_as_it_was_written(client, honest):
    form = entries(honest.page, **honest.changes)
    # A browser sends every line break as two characters.
    form["text"] = honest.text.replace("\n", "\r\n")

    response = client.post(f"/{honest.language}/{honest.page}", form)

    assert response.status_code == 302
    message = Message.objects.get()
    assert response.headers["Location"] == (
        f"/{honest.language}/kontakt/nachricht/{message.reference}/"
    )
    assert message.text == honest.text
    assert (message.name, message.email) == (form["name"], form["email"])
    assert (message.page_language, message.topic) == (honest.language, form.get("thema", ""))
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
    assert message.phone == form["telefon"].translate(digits)
