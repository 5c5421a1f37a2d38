"""Joined pages: two articles one below the other, with titles and bylines in varied forms."""

from __future__ import annotations

import random
from typing import Any

BYLINES = {
    "en": ("By {}", "By {} | The Lindow Post", "Written by {}", "By {}, Staff Writer", "{} | The Lindow Post", "BY {}"),
    "de": ("Von {}", "Von {} | Lindower Bote", "Text: {}"),
    "fr": ("Par {}", "Par {}, à Lindow", "Écrit par {}"),
    "es": ("Por {}", "Por {} | El Correo de Lindow"),
    "it": ("di {}", "Di {}"),
    "pt": ("Por {}",),
    "nl": ("Door {}", "Door {}"),
    "pl": ("Autor: {}",),
}
NAMES = ("Ada Quill", "Tom Ferro", "Lena Voss-Marek", "Ines de la Torre", "Jan Okker", "Mara O’Neil")
DATES = {"de": "12. März 2021", "fr": "12 mars 2021", "es": "12 de marzo de 2021", "it": "12 marzo 2021"}
KICKERS = {"de": "Politik", "fr": "Politique", "es": "Política", "it": "Politica"}
SHAPES = (
    "title byline body", "title byline date body", "title date byline body", "title body byline",
    "title caption body byline", "kicker title byline body", "title lead byline body", "title byline caption body",
)  # fmt: skip
ALIKE = 0.5
"""Share of joined pages whose two articles have one shape and one form of byline, as those of one site do."""

Source = dict[str, Any]
"""An article: "title", "body" (its paragraphs), "lang" (of BYLINES)."""


def joined(first: Source, second: Source, dice: random.Random) -> tuple[str, str]:
    """Two articles one below the other, and the line at which the second begins.

    Something of the form tells where: a byline or caption beside the second title, or a byline that closes the first
    article. Two articles with no more than a line like a subheading between them are for no reader to tell apart.
    """
    gap = dice.choice(("\n", "\n\n"))
    forms = BYLINES[first["lang"]]
    shapes, bylines = dice.choices(SHAPES, k=2), dice.choices(forms, k=2)
    if dice.random() < ALIKE:
        shapes[1], bylines[1] = shapes[0], bylines[0]
    elif not shapes[0].endswith("byline") and shapes[1] == "title body byline":
        shapes[1] = shapes[0]
    parts = [
        dressed(article, shape, byline, dice)
        for article, shape, byline in zip((first, second), shapes, bylines, strict=True)
    ]
    between = dice.choice(("\n\n", gap, "\n\n\n"))
    return between.join(gap.join(lines) for lines in parts), parts[1][0]


def dressed(article: Source, shape: str, byline: str, dice: random.Random) -> list[str]:
    """The lines of an article in one of SHAPES."""
    language = article["lang"]
    name, other = dice.sample(NAMES, 2)
    made = {
        "title": [article["title"]],
        "byline": [byline.format(name)],
        "date": [DATES.get(language, "March 12, 2021")],
        "kicker": [KICKERS.get(language, "Politics")],
        "caption": [f"{other} at the harbour of Lindow on Tuesday. Photo: {name} / AFP"],
        "lead": [article.get("lead") or article["body"][0][:120].rsplit(" ", 1)[0] + "."],
        "body": article["body"],
    }
    return [line for part in shape.split() for line in made[part]]
