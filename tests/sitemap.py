"""The map of the site as search engines read it: the index, then every file that it names."""

from django.test import Client
from lxml import etree

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap_files(client: Client) -> dict[str, etree._Element]:
    """Return the files of the map by their addresses."""
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = {}
    for place in index.findall("s:sitemap/s:loc", NAMES):
        answer = client.get(place.text.removeprefix("http://testserver"))
        assert answer.status_code == 200, place.text
        files[place.text] = etree.fromstring(answer.getvalue())
    return files


def sitemap_urls(client: Client) -> dict[str, etree._Element]:
    """Return what the map says of each page, by the address of the page."""
    urls = [url for file in sitemap_files(client).values() for url in file.findall("s:url", NAMES)]
    found = {url.findtext("s:loc", namespaces=NAMES): url for url in urls}
    assert len(found) == len(urls), "an address is listed twice"
    return found
