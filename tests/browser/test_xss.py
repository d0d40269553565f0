"""Attacks that are stored everywhere, in a real browser: nothing of them runs on any page.

Once as readers and staff have it, where the site's policy would stop a script and report it; and
once without any policy, so that what holds is the cleaning itself.
"""

import subprocess
import sys

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.editor import open_editor
from tests.browser.pages import log_in
from tests.server import ROOT, copy, environment, run
from tests.site.pages import FIXED
from tests.xss.corpus import ATTACKS
from tests.xss.look import OUR_ICON, SCHEMES, scheme

PUBLIC = [*FIXED, "beratung/?alter=19&ort=79999"]
# In the page before anything of it runs; the function is what every attack calls.
WATCH = """
window.violations = [];
window.addEventListener("securitypolicyviolation", event => window.violations.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# What a person does: points at links and buttons, moves the focus there; and what links are.
USE = """() => {
  const controls = document.querySelectorAll(
    "main a, main summary, main button, #content a, .ProseMirror a, .ProseMirror, .german *");
  for (const control of controls)
    for (const kind of ["mouseover", "mouseenter", "pointerenter", "mousemove", "focus"])
      control.dispatchEvent(new Event(kind, {bubbles: true}));
  document.querySelector("main details, #content details")?.setAttribute("open", "");
  const leads = document.querySelectorAll("[href], [action], [formaction], [data], [src]");
  return Array.from(leads, element => ["href", "action", "formaction", "data", "src"].map(name =>
    URL.parse(element.getAttribute(name) ?? "", document.baseURI)?.href ?? "")).flat();
}"""


MANY = 80  # attacks that need nobody's click
POISON = "from tests.xss.poison import poison; print(*poison())"


class Guard:
    """Notes everything that an attack could do in a browser."""

    def __init__(self, context, site):
        self.context, self.site = context, site
        self.hits, self.dialogs, self.strangers, self.windows = [], [], [], []
        context.expose_binding("hit", lambda _source, number: self.hits.append(number))
        context.add_init_script(WATCH)
        context.on("dialog", self._dismiss)
        context.on("request", self._note)
        self.page = context.new_page()
        context.on("page", lambda page: self.windows.append(page.url))

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _note(self, request):
        if not request.url.startswith((self.site, OUR_ICON)):
            self.strangers.append(request.url)

    def visit(self, path):
        """Go to a page, use it, and check that only the site's own markup has done anything."""
        self.page.goto(path)
        for address in self.page.evaluate(USE):
            found = scheme(address)
            # In the editor a link to one of our pages is as it is stored.
            known = found in SCHEMES or (found == "page" and path.startswith("/verwaltung/"))
            assert known or address.startswith(OUR_ICON), (path, address)
        assert self.page.url == self.site + path
        assert self.page.evaluate("window.violations") == [], path
        # A form of the admin has the empty frame in which a preview is shown, and nothing else.
        assert self.page.locator("iframe:not(.preview-beside > iframe)").count() == 0, path
        assert {frame.url for frame in self.page.frames[1:]} <= {"about:blank"}, path
        found = (self.hits, self.dialogs, self.strangers, self.windows)
        assert found == ([], [], [], []), path


@pytest.fixture(scope="module")
def poisoned(site_template, tmp_path_factory):
    """Return the address of a site that holds every attack, and the paths of its records."""
    own = copy(site_template, tmp_path_factory.mktemp("poisoned"))
    printed = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", POISON],
        cwd=ROOT,
        env=environment(own),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for address in run(own):
        yield address, printed.split()


@pytest.fixture
def guard(launch, poisoned, policy):
    """Return the guard of a Chromium of its own: attacks may bring down a whole browser."""
    chromium = launch()
    context = chromium.new_context(
        base_url=poisoned[0], viewport={"width": 1280, "height": 900}, bypass_csp=policy == "none"
    )
    context.set_default_timeout(PATIENCE)
    yield Guard(context, poisoned[0])
    chromium.close()


@pytest.mark.parametrize("policy", ["none"])
def test_the_attacks_are_real_where_nothing_cleans_them(guard):
    frames = "".join(f"<iframe src=/raw/{number}></iframe>" for number in range(len(ATTACKS)))

    def answer(route):
        number = route.request.url.rpartition("/")[2]
        if number and not number.isdecimal():  # what an attack loads to make it fail
            return route.abort()
        html = ATTACKS[int(number)] if number else frames
        kind = "text/html; charset=utf-8"
        return route.fulfill(body=f"<!doctype html><body>{html}", content_type=kind)

    guard.context.route("**/raw/*", answer)

    guard.page.goto("/raw/", wait_until="commit")
    for _moment in range(40):
        ran = {*map(str, guard.hits), *guard.dialogs}
        if len(ran) > MANY and guard.strangers:
            break
        guard.page.wait_for_timeout(250)

    assert len(ran) > MANY
    assert guard.strangers


@pytest.mark.parametrize(("policy", "code"), [("ours", "de"), ("none", "de"), ("none", "ar")])
def test_nothing_runs_on_any_page_for_readers(guard, poisoned, policy, code):
    for path in [*PUBLIC, *(path for path in poisoned[1] if not path.startswith("/"))]:
        guard.visit(f"/{code}/{path}")


@pytest.mark.parametrize("policy", ["ours"])
def test_nothing_runs_on_any_page_of_the_admin(guard, poisoned, policy):
    page = guard.page
    log_in(page)

    for path in ["/verwaltung/", *(path for path in poisoned[1] if path.startswith("/"))]:
        guard.visit(path)
        if "/change/" in path and page.locator("textarea[data-django-prose-editor]").count():
            open_editor(page)
