"""boilerstrip: a scraped page in, clean articles out, and a signed reason for every line that was taken out.

from cleaners import clean
for article in clean(open("page.html", "rb").read()):
    print(article.title, article.text, article.removed)
"""

from typing import TYPE_CHECKING

from cleaners.matching.ruleset import Rule, RuleError, RuleSet, load_rules
from cleaners.page import Article, BadInput, Block, Edit, NoArticle, NotText, Page, TooMuchRemoved

if TYPE_CHECKING:
    from cleaners.cleaner import Cleaner, clean

__version__ = "0.2.0"
__all__ = [
    "Article",
    "BadInput",
    "Block",
    "Cleaner",
    "Edit",
    "NoArticle",
    "NotText",
    "Page",
    "Rule",
    "RuleError",
    "RuleSet",
    "TooMuchRemoved",
    "clean",
    "load_rules",
]


def __getattr__(name: str) -> object:
    """`Cleaner` and `clean` load all stages, the others of these names a third of that: who asks pays (PEP 562)."""
    if name not in ("Cleaner", "clean"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaners import cleaner

    return getattr(cleaner, name)
