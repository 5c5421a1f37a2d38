"""Text repair: mojibake, entities, control and invisible characters, spaces. Every repair is an edit.

ftfy repairs wrongly decoded text; it runs only on blocks that could need it, because it takes forty times as long as
reading a line. Curly quotes, dashes, ligatures and full-width characters are the author's and stay.
"""

from __future__ import annotations

import unicodedata

import ftfy
import regex
from ftfy.badness import is_bad
from rapidfuzz.distance import Levenshtein

from cleaners.matching.match import Matcher
from cleaners.page import BLANK, Block, Page

CONFIG = ftfy.TextFixerConfig(
    uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False, fix_line_breaks=False, explain=False
)
PIECE = 2_000
"""Characters: longer lines are repaired piece by piece, so that a line of a megabyte costs linear time."""
ROUNDS = 8
"""Times that text is repaired again: it may have been broken more than once (`&amp;amp;`)."""

_SUSPECT = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\uffff\u206a-\u206f\ud800-\udfff]|&#?\w{1,24};")
_PIECE_END = regex.compile(  # at a space; in a line without, between two plain letters that no entity spells
    rf"(?s).{{{PIECE}}}(?:[^ ]{{0,{PIECE}}}(?: |\Z)"
    rf"|.{{0,{3 * PIECE}}}?(?<=[A-Za-z]{{3}})(?<!&\w{{1,24}})(?=[A-Za-z]{{3}})"
    rf"|.{{0,{3 * PIECE}}}?(?<=[\p{{Han}}\p{{Kana}}])(?=[\p{{Han}}\p{{Kana}}])|.{{{3 * PIECE}}})|.+"
)
_SPACES = regex.compile(r"\A[\s\u2800]+|[\s\u2800]+\Z|[\s\u2800]{2,}|[[\s\u2800]--[ ]]", regex.V1)
_JOINED = (  # the joiners \u200c and \u200d spell words in these scripts and build emoji: there they stay
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}"
    r"\p{Sinhala}\p{Khmer}\p{Emoji_Presentation}\p{So}\ufe0f\U0001f3fb-\U0001f3ff]"
)
_CODE_SPACES = regex.compile(r"\A[\s\u2800]+\Z|[\s\u2800]+\Z|[[\s\u2800]--[ \t]]", regex.V1)
"""Of code: what ends the line, and each space that is no plain one."""
_INVISIBLE = regex.compile(
    r"[\u00ad\u200b\u2060-\u2064\ufeff\p{Cc}--[\s]]+"
    rf"|(?<!{_JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!{_JOINED})",
    regex.V1,
)
_BEFORE_POINT = regex.compile(r"(?<=[\p{L}\p{N})\]\"”’»%])[ ]+(?=[,.](?:\s|\Z))")


def repair(page: Page, _: Matcher) -> None:
    """Edits every block to NFC, one kind of space, no invisible characters, no mojibake; the metadata too."""
    for block in page.blocks:
        _repair(block)
        if block.kept and BLANK.fullmatch(block.text):
            block.label("chrome", "repair.empty")
    meta = page.meta
    meta.title, meta.site, meta.description = map(_repaired, (meta.title, meta.site, meta.description))
    meta.authors = tuple(filter(None, map(_repaired, meta.authors)))


def spaces(page: Page, _: Matcher) -> None:
    """Lines that are code no more have the spaces of other lines."""
    for block in page.kept():
        if not block.code:
            _spaces(block)


def _repair(block: Block) -> None:
    """Of code the spaces at its line's end alone, and those that a compiler does not take for one."""
    if block.code:
        _sub(block, _INVISIBLE, "", "repair.invisible")
        _spaces(block, _CODE_SPACES)
        return
    for _ in range(ROUNDS):
        before = block.text
        _fix(block)
        _sub(block, _INVISIBLE, "", "repair.invisible")
        _spaces(block)
        _sub(block, _BEFORE_POINT, "", "repair.point")
        if block.text == before or not needs_ftfy(block.text):
            return  # once a soft hyphen or an odd space is gone, ftfy may recognise more


def _repaired(text: str | None) -> str | None:
    """What the page says of itself outside its blocks, repaired as they are."""
    if not text:
        return text
    block = Block(text, 0)
    _repair(block)
    return block.text


def needs_ftfy(text: str) -> bool:
    """Could ftfy change this text? Cheap, and never no where it could."""
    return bool(_SUSPECT.search(text)) or not (
        text.isascii() or (unicodedata.is_normalized("NFC", text) and not is_bad(text))
    )


def _fix(block: Block) -> None:
    if not needs_ftfy(block.text):
        return
    changes: list[tuple[int, int, str]] = []
    begin = 0
    for piece in _PIECE_END.findall(block.text):
        fixed = piece
        for _ in range(ROUNDS):
            again = ftfy.fix_text(fixed, CONFIG)
            if again == fixed:
                break
            fixed = again
        if fixed != piece:
            changes += ((begin + start, begin + end, new) for start, end, new in _difference(piece, fixed))
        begin += len(piece)
    if changes:
        block.edit(changes, "repair.encoding")


def _difference(old: str, new: str) -> list[tuple[int, int, str]]:
    """The stretches of `old` that differ in `new`."""
    out: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(old, new):
        if step.tag == "equal":
            continue
        start, begin = step.src_start, step.dest_start
        if out and out[-1][1] == start:  # one mojibake is one change, not a deletion and a replacement
            start, _, begin, _ = out.pop()
        out.append((start, step.src_end, begin, step.dest_end))
    return [(start, end, new[begin:stop]) for start, end, begin, stop in out]


def _sub(block: Block, pattern: regex.Pattern[str], new: str, by: str) -> None:
    changes = [(m.start(), m.end(), new) for m in pattern.finditer(block.text)]
    if changes:
        block.edit(changes, by)


def _spaces(block: Block, odd: regex.Pattern[str] = _SPACES) -> None:
    """One plain space between words, none at the ends."""
    text = block.text
    changes = [
        (m.start(), m.end(), "" if (m.start() == 0 and odd is _SPACES) or m.end() == len(text) else " ")
        for m in odd.finditer(text)
    ]
    if changes:
        block.edit(changes, "repair.space")
