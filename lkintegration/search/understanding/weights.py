"""How much an alternative counts beside the reader's own word: one order for all of them.

exact > spelling > synonym > inflection > compound > part of a compound > correction > sound
"""

EXACT = 1.0
SPELLING = 0.95  # "mueller" for "Müller", without the article
SYNONYM = 0.9
RELATED = 0.5  # the other words of a term that has several; never needed
INFLECTION = 0.8
HEAD = 0.7  # "Beratung" in "Migrationsberatung"
MODIFIER = 0.6  # "Beratung" in "Beratungsstelle"
PART = 0.55  # "Deutsch" of "Deutschkurs"
CORRECTION = 0.5  # times how near it is
SOUND = 0.35  # times how near it is
