"""What the site is compared with, each as its own documentation builds it.

Environments of their own, made from PyPI, stay in ``var/bench`` until their requirements change;
projects and databases are made anew each time. Nothing here is imported by the site.
"""
