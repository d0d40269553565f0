"""The whole application as gunicorn calls it, on the connection of the test."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from lkintegration.core.generation import renew_generation
from lkintegration.serving.page_cache import PageCache
from lkintegration.serving.request_encoding import read_as_utf8


class Site:
    """The whole application as gunicorn calls it, and how often it woke Django."""

    def __init__(self):
        self.built = 0
        self.django = WSGIHandler()
        self.application = PageCache(read_as_utf8(self._counted))

    def _counted(self, environ, start_response):
        self.built += 1
        return self.django(environ, start_response)

    def ask(self, path, method="GET", **headers):
        path, _mark, query = path.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"HTTP_HOST": "testserver"} | headers
        setup_testing_defaults(environ)
        seen = []
        answer = self.application(
            environ, lambda status, sent, *_error: seen.extend([status, sent])
        )
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return seen[0], dict(seen[1]), body


@pytest.fixture
def connection_of_the_test():
    """Keep the connection, whose transaction is the test's; Django's test client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(connection_of_the_test):
    renew_generation()  # nothing that another test has left behind
    return Site()
