"""boilerstrip: a scraped page in, clean articles out, and a signed reason for every line that was taken out.

from cleaners import clean
for article in clean(open("page.html", "rb").read()):
    print(article.title, article.text, article.removed)
"""

from cleaners.cleaner import Cleaner, clean
from cleaners.matching.ruleset import Rule, RuleError, RuleSet, load_rules
from cleaners.page import Article, BadInput, Block, Edit, NoArticle, NotText, Page

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
    "clean",
    "load_rules",
]
