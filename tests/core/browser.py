"""What a browser does with a response: read the page, fill in the form."""

import re
from copy import deepcopy

from django.http import HttpResponse
from lxml import etree, html


def page_of(response: HttpResponse) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def words(element: html.HtmlElement) -> str:
    """Return the text of ``element``, with single spaces."""
    element = deepcopy(element)
    for mark in element.xpath(".//a[starts-with(@href, '#w-')]"):
        mark.tag = "bdi"
    etree.strip_tags(element, "bdi")  # a word in a line of text
    return on_one_line(" ".join(element.itertext()))


def without_explanations(main: html.HtmlElement) -> html.HtmlElement:
    """Return a copy of ``main`` without the words explained at its end."""
    main = deepcopy(main)
    for section in main.find_class("words"):
        section.drop_tree()
    return main


def on_one_line(text: str) -> str:
    """Return ``text`` with single spaces, without the signs that set words apart."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def form_of(response: HttpResponse, form_id: str) -> dict[str, list[str]]:
    """Return what a browser would send for the form, untouched."""
    data: dict[str, list[str]] = {}
    (form,) = page_of(response).xpath(f"//form[@id='{form_id}']")
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def inputs_of(response: HttpResponse, form_id: str) -> dict[str, html.HtmlElement]:
    """Return the inputs of the form that a person sees, by name."""
    (form,) = page_of(response).xpath(f"//form[@id='{form_id}']")
    return {
        field.get("name"): field
        for field in form.xpath(".//input[not(@type='hidden') and @name]|.//textarea|.//select")
    }
