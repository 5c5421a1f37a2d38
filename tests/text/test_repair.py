"""Repairs are signed edits; ftfy is asked only about blocks that could need it, which changes no output."""

import gzip
import json
from pathlib import Path

import ftfy
import pytest
import sample

from cleaners import Cleaner
from cleaners.matching.match import Matcher, compile_rules
from cleaners.matching.ruleset import RuleSet
from cleaners.page import Block, Page
from cleaners.text.repair import CONFIG, PIECE, needs_ftfy, repair

SENTENCES = (
    "The mayor’s “final” offer – 12 €, he said… – was refused.",
    "Élus et pêcheurs ont débattu « très tard », à Saint-Étienne.",
    "Größe, Straße und Übermut: für 5 £ oder 7 ½ €.",
    "Мэр города сказал, что мост закроют весной.",
    "Câmara aprova orçamento às três da manhã; não há acordo.",
    "市长说，大桥要关到春天。",
    "قال رئيس البلدية إن الجسر سيغلق حتى الربيع.",
    "Zażółć gęślą jaźń — powiedział burmistrz.",
)
MISREAD = ("cp1252", "latin-1", "cp1250", "cp1251", "mac-roman", "cp437")


def broken() -> list[str]:
    """Sentences read with the wrong encoding, once and twice, and the other ways in which text breaks."""
    found = list(SENTENCES)
    for sentence in SENTENCES:
        for encoding in MISREAD:
            once = sentence.encode().decode(encoding, "replace")
            found += [once, once.encode().decode(encoding, "replace")]
        found += [
            sentence.replace("é", "e\u0301").replace("ü", "u\u0308"),
            sentence.replace("’", "&rsquo;").replace("é", "&eacute;"),
            sentence.replace(" ", "&nbsp;&amp;nbsp;"),
            f"\ufeff{sentence[:5]}\x07{sentence[5:]}\x1b[1m",
            sentence[:4] + "\ud83d\ude00" + sentence[4:] + "\ud800",
            sentence.replace("’", "\x92"),
        ]
    return found


def test_the_shortcut_changes_nothing_on_broken_texts() -> None:
    texts = broken()
    changed = [text for text in texts if ftfy.fix_text(text, CONFIG) != text]
    assert len(changed) > len(texts) / 3
    assert all(needs_ftfy(text) for text in changed)
    assert not any(needs_ftfy(sentence) for sentence in SENTENCES)


@pytest.mark.bench
def test_the_shortcut_changes_nothing_on_the_bench_and_asks_seldom(shared: Path) -> None:
    lines: set[str] = set()
    for name in ("articles", "news"):
        for file, field in (("gold", "gold"), ("visible_text", "text")):
            with gzip.open(shared / "bench" / name / f"{file}.jsonl.gz", "rt", encoding="utf-8") as rows:
                lines |= {line for row in rows for line in json.loads(row)[field].split("\n")[:120]}
    asked = {line for line in lines if needs_ftfy(line)}
    assert len(asked) < 0.1 * len(lines)
    assert [line for line in lines - asked if ftfy.fix_text(line, CONFIG) != line] == []


def test_a_long_line_is_repaired_piece_by_piece_and_reads_as_one() -> None:
    page = Page("text", [Block("Itâ€™s  over , he said. " * (5 * PIECE // 20), 0)])
    matcher: Matcher = compile_rules(RuleSet(()))
    repair(page, matcher)
    assert page.blocks[0].text == ("It’s over, he said. " * (5 * PIECE // 20)).strip()
    assert page.restore() == "Itâ€™s  over , he said. " * (5 * PIECE // 20) + "\n\n"


PROSE, MORE, _ = sample.PROSE


@pytest.mark.parametrize(
    ("broken", "mended", "by"),
    [
        ("The mayor\u00a0 said  so", "The mayor said so", "repair.space"),
        ("Itâ€™s over", "It’s over", "repair.encoding"),
        ("Fish &amp;amp; chips", "Fish & chips", "repair.encoding"),
        ("co\u00adop\u200beration", "cooperation", "repair.invisible"),
        ("cafe\u0301 society", "café society", "repair.encoding"),
        ("According to Reuters , Microsoft agreed", "According to Reuters, Microsoft agreed", "repair.point"),
        ("bell\x07 rang", "bell rang", "repair.encoding"),
    ],
)
def test_every_repair_is_a_signed_edit(broken: str, mended: str, by: str, cleaner: Cleaner) -> None:
    page = cleaner.label(f"{broken}: {PROSE}")
    assert page.blocks[0].text == f"{mended}: {PROSE}"
    assert by in {edit.by for edit in page.blocks[0].edits}
    assert page.restore() == f"{broken}: {PROSE}"
    assert cleaner.clean(f"{broken}: {PROSE}")[0].repairs


@pytest.mark.parametrize(
    "line",
    [
        "Il a dit : « non » ; elle a ri !",
        "“Curly” — ‘quotes’ – stay… and ﬁne ligatures",
        "می‌خواهم",
        "👩‍🔬 at work",
        "ＡＢＣ　is one space",
        "see .NET and .5 and ... there",
    ],
)
def test_what_the_author_wrote_stays(line: str, cleaner: Cleaner) -> None:
    assert cleaner.label(f"{PROSE}\n\n{line}\n\n{MORE}").blocks[1].text == line.replace("\u3000", " ")


def test_what_the_page_says_of_itself_is_repaired_as_its_text_is(cleaner: Cleaner) -> None:
    broken = "El puente se cerró en otoño".encode().decode("cp1252")
    head = f"<title>{broken}</title><meta name='author' content='{'Nuño Peña'.encode().decode('cp1252')}'>"
    (article,) = cleaner.clean(
        f"<html><head>{head}</head><body><h1>{broken}</h1><p>{SENTENCES[0] * 3}</p><p>{SENTENCES[1] * 3}</p></body>"
    )
    assert (article.title, article.authors) == ("El puente se cerró en otoño", ("Nuño Peña",))
