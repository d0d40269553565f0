"""The kinds of pages: a text, and a list of them."""

from django.core.paginator import Paginator
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The page that ``wagtail start`` makes."""


class TextPage(Page):
    """A page with a formatted text."""

    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]


class ListPage(Page):
    """A page that lists the pages below it."""

    PER_PAGE = 20

    def get_context(self, request, *args, **kwargs):
        """Add one page of the list, in one query."""
        context = super().get_context(request, *args, **kwargs)
        entries = TextPage.objects.child_of(self).live().order_by("title")
        context["entries"] = Paginator(entries, self.PER_PAGE).get_page(request.GET.get("page"))
        return context
