"""Lighthouse gives 100 for best practices and SEO; the whole: make lighthouse.

What it says of accessibility is a part of what axe says, which has a test of its own.
"""

import shutil

import pytest

from tests.browser.lighthouse import MODULES, WITHOUT_AXE, Visit, findings
from tests.browser.pages import PATHS
from tests.conftest import missing

SAMPLE = ["home", "beratung, answer", "kontakt-person", "nachricht", "konzept", "not found"]


@pytest.mark.usefixtures("chromium")
def test_lighthouse_gives_a_hundred(site):
    if not (shutil.which("node") and (MODULES / "lighthouse").is_dir()):
        missing("Lighthouse (make nu)")
    visits = [Visit("de", name, PATHS[name], "mobile") for name in SAMPLE]
    visits += [Visit("ar", "home", "", "mobile"), Visit("de", "angebote", "angebote/", "desktop")]
    assert findings(site, visits, WITHOUT_AXE) == {}
