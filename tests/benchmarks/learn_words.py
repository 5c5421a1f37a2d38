"""What words say of a line, learned: the weights of cleaners/text/vocabulary.py. Needs the extra `bench`.

Logistic regression (liblinear, L2) over the words and pairs of the lines of labelled texts. A line that a site prints
on all of its pages counts once; words that few sites use are left out, since nobody can say what they mean elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from sys import intern

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleaners.text.vocabulary import HUNDREDTHS, grams

FEWEST = 5
"""Sites that use a word, for it to be learned."""
DUMP = 2.5
"""How many sites a labelled dump counts as: it was written to have what many have."""
STRENGTH = 0.1
"""Inverse of the regularisation, scikit-learn's C."""
LEAST = 0.08
"""Logits; a lighter weight is left out."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a labelled text."""

    domain: str
    text: str
    is_article: bool
    weight: float
    sites: float = 1.0
    """How many sites it counts for."""


@cache
def _grams(text: str) -> tuple[str, ...]:
    """A line's words and pairs: each line is asked about for every part that is left out."""
    return tuple(map(intern, grams(text)))


def learn_words(lines: Iterable[Said]) -> dict[str, int]:
    """The weights of words, in hundredths of a logit, in the order of the alphabet."""
    once: dict[tuple[str, str], list[Said]] = {}
    for line in lines:
        once.setdefault((line.domain, line.text.casefold()), []).append(line)
    rows = [(each[0], sum(x.is_article for x in each) * 2 >= len(each), _grams(each[0].text)) for each in once.values()]
    users: dict[str, set[str]] = {}
    worth: dict[str, float] = {}
    for line, _, found in rows:
        worth[line.domain] = line.sites
        users.setdefault(line.domain, set()).update(found)
    sites: dict[str, float] = {}
    for domain, found in users.items():
        for gram in found:
            sites[gram] = sites.get(gram, 0.0) + worth[domain]
    place = {gram: n for n, gram in enumerate(sorted(g for g, count in sites.items() if count >= FEWEST))}
    columns = [[place[gram] for gram in found if gram in place] for _, _, found in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((n for each in columns for n in each), np.int64, ends[-1])
    matrix = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(rows), len(place)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
    model.fit(matrix, [is_article for _, is_article, _ in rows], sample_weight=[line.weight for line, _, _ in rows])
    said = {gram: round(float(model.coef_[0][n]) * HUNDREDTHS) for gram, n in place.items()}
    return {gram: weight for gram, weight in said.items() if abs(weight) >= LEAST * HUNDREDTHS}
