"""What Chromium itself makes of the manifest."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("code", ["de", "fa"])
def test_the_browser_finds_no_fault_with_the_manifest(page, site, code):
    page.goto(f"{site}/{code}/")

    found = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert found["url"] == f"{site}/{code}/manifest.webmanifest"
    assert not found["errors"]
    assert found["manifest"]["name"]
    assert len(found["manifest"]["icons"]) == 3
