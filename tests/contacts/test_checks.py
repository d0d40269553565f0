"""Before going live, operators hear that messages would have nowhere to go."""

from django.core.checks import run_checks


def warnings():
    found = run_checks(tags=["contacts"], include_deployment_checks=True)
    return [message.msg for message in found if message.id == "contacts.W001"]


def test_a_site_that_cannot_send_says_what_is_missing(settings):
    settings.EMAIL_HOST, settings.MESSAGE_MAILBOX = "", ""

    assert [message.split()[0] for message in warnings()] == ["EMAIL_URL", "MESSAGE_MAILBOX"]


def test_a_site_that_can_send_is_left_alone(settings):
    settings.EMAIL_HOST, settings.MESSAGE_MAILBOX = "mail.example.org", "amt@example.org"

    assert warnings() == []
