"""Translations that leave the house as a file and come back: XLIFF 2.0 and 1.2, CSV, XLSX.

``units`` says what there is to translate, ``formats`` which module reads and writes which kind of
file; ``plan`` compares a file with the database, and ``importing`` carries a plan out.
"""
