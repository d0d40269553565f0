"""The site without its page cache, so that every request is for a page that is built for it."""

from lkintegration.wsgi import application as site

application = site.application
