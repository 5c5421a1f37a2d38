"""Code: which lines of a text are it, and the numbers that a page prints down its side.

In HTML the markup says what is code (`html.visible`); in text the lines do, by signs that prose has none of. Code keeps
its spaces (`repair`). So a line is held for code only where that matters: in a stretch of lines, some of them indented,
most of them with such signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

import regex

from cleaners.matching.match import Matcher
from cleaners.page import Block, Page
from cleaners.words import prose, sentence

SIGNED = 0.4
"""Share of the lines of a stretch that have a sign of code. (Of the listings in tests/text/test_code.py: .50 at the
least. Of the poems, menus, letters and tables there: none.)"""
NAMING = 6
"""Lines above a hunk of a diff that may name its file: git prints four of a changed one. (Set by hand, not
measured.)"""
FEWEST = 2
"""Lines of the shortest stretch, and of the shortest row of numbers."""
_LINE_END = regex.compile(r"\r\n|[\r\n]")
_FENCE = regex.compile(r"\s*(```+|~~~+)\s*[\w+#.-]*\s*")
_INDENTED = regex.compile(r"(?:\t|[ \u00a0]{2}|│[ \u00a0])[\s\u00a0]*\S")
_SIGN = regex.compile(
    r"""
    [{};]\s*$ | ^\s*[}\])]+[;,)]*\s*$                            # brackets and semicolons that end a line
    | [\w\])"']\s*(?:[-+*/%|&^.]?=|==|!=|=>|->|::|:=|<-|&&|\|\|)\s*[\w"'(\[{$&*-]   # assignments, arrows
    | \w\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[;:{,]?\s*$ | \w\($       # calls
    | ^\s*(?://|/\*|\*/|\#!|\#\w|</?[a-zA-Z]|\$[ ]\S|>>>|@\w+\b(?!\.)|--[ ]|::)     # comments, tags, prompts
    | </\w | \w\[\w*\] | \\$ | ^\s*"[^"]*"\s*: | ^\s*\((?:\w|-)+[ )]
    | ^[\s\u00a0]+[^\s\u00a0](?:.*[^.!?])?:$                         # what opens a block, inside another
    | ^\s*(?:-[ ])?[a-z_][\w-]*:(?:[ ][\S]+)?$                    # keys of YAML
    | ^\s*+[\w./-]++(?:[ ](?!--?\w)\S++)*+[ ]--?\w               # options; a word is never given back: linear
    | [\w\])=,(][ ]?[\[({]\s*$ | ^\s+\#[ ]                           # brackets left open, comments
    | ^\s*(?:return|yield|raise)[ ](?:None|null|nil|[Tt]rue|[Ff]alse|self|this|-?\d+|["'\[({].*);?$
    | ^\s*(?:class|module|def|struct|trait|impl|enum)[ ][\w.:!?]+$ | ^\s*(?:end|pass|else|try|fi|done|esac);?$
    | ^\s*(?:SELECT|FROM|WHERE|AND|OR|(?:LEFT|INNER|OUTER)[ ]JOIN|JOIN|(?:GROUP|ORDER)[ ]BY|VALUES|SET)[ ]\S   # SQL
    | ^[\s│]*[├└]─                                                 # trees of files
    """,
    regex.VERBOSE,
)
_HUNK = regex.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*")
_DIFF = regex.compile(r"(?:diff|index|---|\+\+\+|(?:new|deleted) file|rename|similarity) .*")
_NUMBER = regex.compile(r"\s*(\d{1,5})\b[.:|]?\s*")
_NUMBERED = regex.compile(r"[\s\u00a0]*(\d{1,5})(?!\d)[:|]?")
_SPACE = regex.compile(r"[ \t\u00a0]*")
_STRING = regex.compile(r"[rRbBuUfF]{0,2}(\"{3}|'{3})")


def code(page: Page, _: Matcher) -> None:
    """Marks the lines of a text that are code."""
    if page.kind == "text":
        for block in _code(page.blocks):
            block.code = True


def code_again(page: Page, _: Matcher) -> None:
    """Lines that were code only beside others, which are no longer in the text, are code no more."""
    if page.kind == "text" and any(block.code for block in page.blocks):
        for blocks in page.articles():
            kept = [block for block in blocks if block.kept and block.text]
            still = {id(block) for block in _code(kept)}
            for block in kept:
                block.code = block.code and id(block) in still


def line_numbers(page: Page, _: Matcher) -> None:
    """Takes the numbers of lines out of code: those in rows of their own, and those in front of the lines."""
    blocks = page.kept()
    if any(block.code for block in blocks):
        _columns(blocks)
        for is_code, group in groupby(page.kept(), lambda b: b.code):
            if is_code:
                _numbered(list(group))


def _code(blocks: Sequence[Block]) -> Iterator[Block]:
    for stretch in (*_fenced(blocks), *_hunks(blocks), *_stretches(blocks)):
        yield from stretch


def _fenced(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The lines from each fence of Markdown to the one that closes it."""
    opened, mark = -1, ""
    for n, block in enumerate(blocks):
        if not (found := _FENCE.fullmatch(block.text)):
            continue
        if opened < 0:
            opened, mark = n, found[1]
        elif block.text.strip() == mark:
            yield blocks[opened : n + 1]
            opened = -1


def _hunks(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The lines of each hunk of a diff, with those that name the file right above."""
    for n, block in enumerate(blocks):
        if _HUNK.fullmatch(block.text):
            above = list(takewhile(lambda b: _DIFF.fullmatch(b.text), reversed(blocks[max(0, n - NAMING) : n])))
            below = list(takewhile(lambda b: b.text[:1] in " +-\\\t", blocks[n + 1 :]))
            yield [*above, block, *below]


def _stretches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Stretches of lines that are indented or have a sign of code, where there are enough of either."""
    if not any(_INDENTED.match(block.text) for block in blocks):  # nothing is code: most texts
        return
    first = 0
    said = {id(block) for block in _said(blocks)}
    for likely, group in groupby(blocks, lambda b: id(b) in said or _likely(b.text)):
        stretch = list(group)
        first += len(stretch)
        if likely and len(stretch) >= FEWEST and any(_INDENTED.match(block.text) for block in stretch):
            bare = [block for block in stretch if id(block) not in said]
            signed = sum(1 for block in bare if _SIGN.search(block.text))
            if bare and signed >= SIGNED * len(bare):
                above = blocks[: first - len(stretch)][-1:]
                yield [*(b for b in above if _opens(b)), *stretch]


def _said(blocks: Sequence[Block]) -> Iterator[Block]:
    """Sentences in code: the lines of strings in three quotes, all indented, and of comments, each with a star."""
    opened, ends = -1, ""
    for n, block in enumerate(blocks):
        text = block.text.strip()
        goes_on = text.startswith("*") if ends == "*/" else bool(_INDENTED.match(block.text))
        if opened >= 0 and ends in text and (goes_on or ends == "*/"):
            yield from blocks[opened : n + 1]
            opened = -1
        elif opened < 0 or not goes_on:
            opened = -1
            if text.startswith("/*") and "*/" not in text:
                opened, ends = n, "*/"
            elif (
                _INDENTED.match(block.text)
                and (quotes := _STRING.match(text))
                and quotes[1] not in text[quotes.end() :]
            ):
                opened, ends = n, quotes[1]


def _opens(line: Block) -> bool:
    """Does this line open a block of code on the next? It is no prose, and ends as none does."""
    return line.gap.strip(" \t") in ("\n", "\r\n", "\r") and line.text.rstrip()[-1:] in ":([=," and not prose(line.text)


def _likely(line: str) -> bool:
    if not (_INDENTED.match(line) or _SIGN.search(line)):
        return False
    return not (prose(line) or sentence(line)) or bool(_INDENTED.match(line) and _SIGN.search(line))


def _columns(blocks: Sequence[Block]) -> None:
    """Rows of numbers, one higher than the one before, right above or below code that has as many lines."""
    row: list[Block] = []
    for n, block in enumerate([*blocks, None]):
        number = _value(block)
        if row and block is not None and number is not None and number == (_value(row[-1]) or 0) + 1:
            row.append(block)
            continue
        if len(row) >= FEWEST and any(
            _fits(beside, row) for beside in (_code_from(blocks[n:]), _code_from(blocks[: n - len(row)][::-1]))
        ):
            for each in row:
                each.label("chrome", "code.number")
        row = [block] if block is not None and number is not None else []


def _value(block: Block | None) -> int | None:
    found = _NUMBER.fullmatch(block.raw) if block is not None else None
    return int(found[1]) if found else None


def _code_from(blocks: Sequence[Block]) -> list[Block]:
    """The lines of code, that are no number alone, that come first."""
    return list(takewhile(lambda b: b.code and _value(b) is None, blocks))


def _fits(lines: Sequence[Block], row: Sequence[Block]) -> bool:
    """Could these be the numbers of these lines? As many, or one more, and not themselves lines of the same listing."""
    if not lines or lines[0].facts is row[0].facts is not None:
        return False
    blank = sum(max(0, len(_LINE_END.findall(b.gap)) - 1) for b in sorted(lines, key=lambda b: b.start)[:-1])
    return len(lines) <= len(row) <= len(lines) + blank + 1


def _numbered(stretch: Sequence[Block]) -> None:
    """Cuts the numbers that stand in front of the lines: of all lines, one higher than the one before, before code."""
    lines = [block for block in stretch if block.kept]
    found = [_NUMBERED.match(block.text) for block in lines]
    numbers = [int(m[1]) if m else -1 for m in found]
    if len(lines) < FEWEST or numbers != list(range(numbers[0], numbers[0] + len(lines))):
        return
    rest = [block.text[m.end() :] for block, m in zip(lines, found, strict=True) if m]
    full = [text for text in rest if text.strip()]
    if not full or sum(1 for text in full if _SIGN.search(text)) < SIGNED * len(full):
        return
    apart = min(len(m[0]) if (m := _SPACE.match(text)) else 0 for text in full)
    for block, m, text in zip(lines, found, rest, strict=True):
        if not text.strip():
            block.label("chrome", "code.number")
        elif m:
            block.edit([(0, m.end() + min(apart, 1 if text[:1] == "\t" else apart), "")], "code.number_cut", cut=True)
