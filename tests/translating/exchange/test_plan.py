"""What reading a file in does to the texts and their history, and what does not fit."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lkintegration.core.revisions import revisions_of
from lkintegration.serving.reader_texts import ReadText, read
from lkintegration.translating.exchange.codes import Code
from lkintegration.translating.exchange.document import Document, DocumentEntry, FileError
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.planning import make_plan
from lkintegration.translating.exchange.units import STANDINGS, collect, units_of
from offers.models import Service, Topic
from tests import factories


@pytest.fixture
def topic(db):
    return factories.topic(
        name_de="Wohnen",
        description_de="Rund ums Zuhause",
        name_en="Housing",
        description_en="All about your home",
        translation_states={"en": "machine"},
    )


def document(record, language="en", **texts):
    """Return what a translator sends back: these texts of the record, with its German of now."""
    units = {unit.field: unit for unit in units_of(record, language)}
    entries = [
        DocumentEntry(
            number, units[name].id, [Code(units[name].german)], [Code(text)] if text else []
        )
        for number, (name, text) in enumerate(texts.items(), start=5)
    ]
    return Document("de", language, entries)


def bring_in(record, language="en", reviewed_by="", **texts):
    return import_document(
        document(record, language, **texts), language, None, reviewed_by=reviewed_by
    )


def refusals(record, language="en", **texts):
    with pytest.raises(RefusedError) as error:
        bring_in(record, language, **texts)
    return [refusal.reason for refusal in error.value.plan.refusals]


def state(record, language="en"):
    return type(record).objects.get(pk=record.pk).translation_states.get(language, "reviewed")


def test_texts_that_somebody_has_read_count_as_read(topic):
    plan = bring_in(topic, reviewed_by="Jane Doe", name="Living", description="All about home")

    assert (plan.changes, len(plan.records)) == (2, 1)
    assert (plan.records[0].before, plan.records[0].after) == (
        "maschinell übersetzt",
        "von einem Menschen geprüft",
    )
    topic.refresh_from_db()
    assert (topic.name_en, topic.description_en) == ("Living", "All about home")
    with override("en"):
        assert read(topic, "name") == ReadText("Living", fallback=False, machine=False)


def test_the_history_says_who_has_read_them(staff, topic):
    file = document(topic, name="Living", description="All about home")
    import_document(file, "en", staff, reviewed_by="Jane Doe")

    newest = revisions_of(Topic, topic.pk)[0]

    assert newest.row.history_change_reason == "Übersetzung eingelesen, geprüft von Jane Doe."
    assert newest.author == "redaktion"
    assert newest.languages == ["English"]


def test_the_longest_name_fits_into_the_history(topic):
    bring_in(topic, reviewed_by="Ä" * 60, name="Living")

    reason = topic.history.first().history_change_reason
    assert len(reason) <= Topic.history.model._meta.get_field("history_change_reason").max_length


def test_texts_that_nobody_has_read_count_as_made_by_machine(topic):
    bring_in(topic, "fr", name="Logement", description="Autour de chez vous")
    assert state(topic, "fr") == "machine"

    bring_in(topic, "fr", reviewed_by="Jeanne", name="Le logement", description="Chez vous")
    assert state(topic, "fr") == "reviewed"

    bring_in(topic, "fr", name="Habiter")
    assert state(topic, "fr") == "machine"
    assert topic.history.first().history_change_reason.endswith("von keinem Menschen geprüft.")


def test_the_same_texts_that_nobody_has_read_change_nothing(topic):
    before = topic.history.count()

    plan = bring_in(topic, name="Housing", description="All about your home")

    assert plan.records == []
    assert topic.history.count() == before


def test_half_of_the_texts_read_is_not_all_of_them(topic):
    plan = bring_in(topic, reviewed_by="Jane Doe", name="Living")

    assert plan.records[0].after == "maschinell übersetzt"
    assert state(topic) == "machine"


def test_outdated_texts_are_new_again(topic):
    topic.description_de = "Rund um Wohnung und Nachbarn"
    topic.save()
    assert state(topic) == "outdated-machine"

    plan = bring_in(topic, name="Housing", description="Flats and neighbours")
    assert plan.records[0].after == "maschinell übersetzt"
    assert state(topic) == "machine"

    topic.refresh_from_db()
    topic.description_de = "Rund um Wohnungen"
    topic.save()
    bring_in(topic, reviewed_by="Jane", name="Homes", description="All about flats")
    assert state(topic) == "reviewed"


def test_an_old_text_that_a_person_wrote_is_not_theirs_after_a_machine(topic):
    bring_in(topic, reviewed_by="Jane", name="Homes", description="All about homes")
    topic.refresh_from_db()
    topic.description_de = "Rund um Wohnungen"
    topic.save()
    assert state(topic) == "outdated"

    bring_in(topic, description="Flats")

    assert state(topic) == "machine"


def test_what_is_empty_in_the_file_stays_as_it_is(topic):
    plan = bring_in(topic, name="", description=" \n ")

    assert (plan.empty, plan.records) == (2, [])


def test_one_text_that_does_not_fit_keeps_none_but_itself_out(topic):
    plan = bring_in(topic, reviewed_by="Jane", name="y" * 500, description="Good")

    assert [str(refusal) for refusal in plan.refusals] == [
        f"Zeile 5, offers.topic-{topic.pk}.name: Zu lang: 500 Zeichen, höchstens 120 sind möglich."
    ]
    topic.refresh_from_db()
    assert (topic.name_en, topic.description_en) == ("Housing", "Good")
    assert state(topic) == "machine"


def test_where_nothing_fits_nothing_is_read_in(topic):
    before = topic.history.count()

    assert refusals(topic, name="y" * 500, description="[[new]]")
    assert topic.history.count() == before


def test_a_text_that_stands_twice_is_taken_from_no_place_where_the_two_differ(topic):
    (one,) = document(topic, name="Living").entries
    (other,) = document(topic, name="Homes").entries
    twice = [one, replace(other, line=6)]

    plan = make_plan(Document("de", "en", twice), "en", None, reviewed=False)

    assert plan.records == []
    assert [refusal.reason for refusal in plan.refusals] == [
        "Dieselbe Kennung hat in Zeile 6 einen anderen Text.",
        "Dieselbe Kennung steht schon in Zeile 5.",
    ]


def test_german_that_has_changed_keeps_the_text_out(topic):
    file = document(topic, name="Living")
    topic.name_de = "Wohnen und Leben"
    topic.save()

    with pytest.raises(RefusedError) as error:
        import_document(file, "en", None, reviewed_by="Jane")

    (refusal,) = error.value.plan.refusals
    assert str(refusal).startswith(f"Zeile 5, offers.topic-{topic.pk}.name: Der deutsche Text ist")


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US"])
def test_a_program_may_add_a_region(topic, tag):
    file = document(topic, name="Living")

    assert make_plan(Document("de-DE", tag, file.entries), "en", None, reviewed=False).changes == 1


def test_easy_german_is_no_german_with_a_region(topic):
    file = document(topic, name="Living")

    with pytest.raises(FileError, match=r"„de-simple“, gewählt ist Englisch \(en\)"):
        make_plan(Document("de", "de-simple", file.entries), "en", None, reviewed=False)


LIST = '<p>Wir helfen. <a href="page:kontakt">Rufen</a></p>\n<ul>\n<li>[[Zeit]]</li>\n</ul>'


@pytest.fixture
def service(db):
    return factories.service(name_de="Sprechstunde", helps_with_de=LIST)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We help.", "Es fehlt: "),
        (LIST.replace("page:kontakt", "https://example.org/"), "Es ist zu viel: <a href="),
        (LIST.replace("[[Zeit]]", "ten"), "Es fehlt: [[Zeit]]."),
        (LIST.replace("[[Zeit]]", "[[Time]]"), "Es ist zu viel: [[Time]]."),
        (LIST.replace("<p>", "").replace("</ul>", "</ul><p>"), "falscher Reihenfolge"),
        (LIST.replace("Wir", "<script>x</script>"), "nicht erlaubt ist: <script>"),
        (LIST.replace("Wir", "<del>Wir</del>"), "nicht erlaubt ist: <del>"),
        (LIST.replace("Wir", '<span lang="tr">Biz</span>'), "nicht erlaubt ist: <span"),
        (LIST.replace("Wir", '<span lang="de">Wir'), "falscher Reihenfolge"),
        (LIST.replace("Wir", "&lt;b&gt;Wir&lt;/b&gt;"), "HTML als gewöhnlicher Text: <b>"),
    ],
)
def test_formatting_links_and_gaps_stay(service, text, reason):
    (found,) = refusals(service, helps_with=text)
    assert reason in found


def test_words_may_hold_what_html_escapes(service):
    text = LIST.replace("Wir helfen", "Q & A, 1 < 2\u00a0m")

    bring_in(service, helps_with=text)

    service.refresh_from_db()
    assert "Q &amp; A, 1 &lt; 2&nbsp;m" in service.helps_with_en


def test_easy_german_may_have_other_paragraphs_but_no_other_links(service):
    text = '<p>Wir helfen.</p>\n<p><a href="page:kontakt">Rufen</a></p>\n<p>[[Zeit]]</p>'
    bring_in(service, "de-simple", helps_with=text)
    service.refresh_from_db()
    assert service.helps_with_de_simple == text

    assert refusals(service, "de-simple", helps_with="<p>[[Zeit]]</p>")


def test_a_german_word_in_a_translation_may_be_marked_as_one(service):
    text = LIST.replace("Wir helfen", 'The <span lang="de">Kreistag</span> helps')
    bring_in(service, helps_with=text)
    service.refresh_from_db()
    assert service.helps_with_en == text

    plain = LIST.replace("Wir helfen", "The council helps")
    bring_in(service, helps_with=plain)
    service.refresh_from_db()
    assert service.helps_with_en == plain


def test_what_the_translation_has_today_may_stay(service):
    service.helps_with_en = "<p>We help <strong>you</strong>.</p>"
    service.save()

    bring_in(service, helps_with="<p>We help <strong>everybody</strong>.</p>")

    service.refresh_from_db()
    assert "everybody" in service.helps_with_en


def test_a_change_of_formatting_alone_is_shown_as_one(service):
    service.helps_with_en = "<p>We <em>help</em>.</p>"
    service.save()
    service.helps_with_de = "<p>Wir <strong>helfen</strong>.</p>"
    service.save()

    plan = bring_in(service, helps_with="<p>We <strong>help</strong>.</p>")

    assert "Nur die Formatierung ist anders" in plan.records[0].changes[0].shown


def test_german_that_is_only_formatted_otherwise_by_now_is_the_same(service):
    file = document(service, helps_with=LIST.replace("Wir helfen", "We help"))
    service.helps_with_de = LIST.replace("helfen", "<strong>helfen</strong>").replace("\n", "")
    service.save()

    import_document(file, "en", None, reviewed_by="")

    service.refresh_from_db()
    assert service.helps_with_en == LIST.replace("Wir helfen", "We help")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("????? ??", "Das Programm hat die Buchstaben nicht gespeichert."),
        ("Li\ufffding", "Das Programm hat die Buchstaben nicht gespeichert."),
    ],
)
def test_what_is_left_of_a_text_is_no_text(topic, text, reason):
    (found,) = refusals(topic, name=text)
    assert found.startswith(reason)


def test_a_text_without_end_is_too_long(service):
    assert refusals(service, helps_with=LIST.replace("Wir", "x " * 30_000)) == [
        f"Zu lang: {len(LIST) - 3 + 60_000} Zeichen, höchstens 50000 sind möglich."
    ]


def test_long_texts_are_compared_word_by_word_too(service):
    service.audience_de, service.audience_en = "Alle", " ".join(f"w{n}" for n in range(900))
    service.save()

    plan = bring_in(service, audience=service.audience_en + " four")

    assert plan.records[0].changes[0].shown.endswith("</span>four</ins></p></div>")


def test_what_the_record_itself_refuses_is_refused_with_its_line(topic, monkeypatch):
    def clean(self):
        if self.name_en == "Forbidden":
            raise ValidationError({"name_en": "So darf es nicht heißen."})

    monkeypatch.setattr(Topic, "clean", clean)

    assert refusals(topic, name="Forbidden") == ["So darf es nicht heißen."]

    plan = bring_in(topic, name="Forbidden", description="Allowed")
    topic.refresh_from_db()
    assert [refusal.line for refusal in plan.refusals] == [5]
    assert (topic.name_en, topic.description_en) == ("Housing", "Allowed")


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        ("missing", {"Nachbarn"}),
        ("incomplete", {"Arbeit"}),
        ("machine", {"Wohnen"}),
        ("outdated", {"Schule"}),
        ("reviewed", {"Angeln"}),
    ],
)
def test_each_standing_leads_to_its_texts(topic, standing, names):
    factories.topic(name_de="Nachbarn")
    factories.topic(name_de="Arbeit", description_de="Alles", name_en="Work")
    factories.topic(name_de="Angeln", name_en="Fishing")
    school = factories.topic(name_de="Die Schule", name_en="School")
    school.name_de = "Schule"
    school.save()
    ours = {"Wohnen", "Nachbarn", "Arbeit", "Angeln", "Schule"}

    units = list(collect([Topic, Service], "en", [standing]))

    assert {unit.record.name_de for unit in units} & ours == names


def test_a_record_goes_out_with_all_its_texts(topic):
    topic.description_en = ""
    topic.save()

    units = [unit for unit in collect([Topic], "en", STANDINGS) if unit.record == topic]

    assert [(unit.field, unit.state) for unit in units] == [
        ("name", "machine"),
        ("description", "missing"),
    ]
