"""Every signature can be asked: each id that a stage signs with stands in the table, and each entry is signed with."""

import ast
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from sample import ROOT

import cleaners
from cleaners import BadInput, Block, Cleaner, Page, RuleError, load_rules
from cleaners.html import scored
from cleaners.limit import sign
from cleaners.matching.ruleset import Rule
from cleaners.page import Facts
from cleaners.signers import SIGNERS

COUNTED = {"repair.lost", "repair.closed"}
"""What `repairs` of the record counts, though no stage signs it: letters lost before, and what the page left open."""
PAGES = sorted([*(ROOT / "seeds").glob("*.html"), *(ROOT / "seeds").glob("*.txt"), *ROOT.glob("tests/pages/*/page.*")])
PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


@cache
def nodes() -> list[ast.AST]:
    """The syntax of all modules but cleaner.py, whose `label` labels whole pages, with what the stages sign."""
    code = [path for path in Path(cleaners.__file__).parent.rglob("*.py") if path.name != "cleaner.py"]
    return [node for path in code for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def takers(name: str) -> dict[str, int]:
    """Functions, methods and dataclasses of cleaners/ that are given something by this name, and as which argument."""
    found = {}
    for node in nodes():
        names: list[str] = []
        if isinstance(node, ast.FunctionDef):
            names = [arg.arg for arg in node.args.args if arg.arg != "self"]
        elif isinstance(node, ast.ClassDef) and node.decorator_list:
            names = [part.target.id for part in node.body if isinstance(part, ast.AnnAssign)]  # type: ignore[union-attr]
        if name in names:
            found[node.name] = names.index(name)  # type: ignore[attr-defined]
    return found


def given(name: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Each call of one of those, with what it is given by this name."""
    places = takers(name)
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in places:
                by_name = [keyword.value for keyword in node.keywords if keyword.arg == name]
                yield from ((node, value) for value in by_name or node.args[places[called] : places[called] + 1])


def test_the_table_has_exactly_the_ids_that_stages_sign_with() -> None:
    signed, passed_on = set(), set()
    for _, by in given("by"):
        if isinstance(by, ast.Constant):
            signed.add(by.value)
        else:
            passed_on.add(by.attr if isinstance(by, ast.Attribute) else by.id if isinstance(by, ast.Name) else by)
    assert passed_on == {"by", "id"}, "an id that this test cannot read: what signs is a string, a rule's id, or `by`"
    assert (signed | COUNTED) - {""} == SIGNERS.keys(), (
        "each id that a stage signs with has a line in cleaners/signers.py"
    )


def test_they_give_the_roles_that_the_table_says() -> None:
    roles = dict(given("role"))
    told = {
        (by.value, roles[call].value)  # type: ignore[attr-defined]
        for call, by in given("by")
        if isinstance(by, ast.Constant) and by.value and isinstance(roles.get(call), ast.Constant)
    }
    assert len(told) > 30
    assert told <= {(signer.id, signer.role) for signer in SIGNERS.values()}


def test_a_heading_that_is_taken_in_is_of_a_role_that_the_table_says() -> None:
    """By running: which role these give depends on the block, and is no constant in their code."""
    heading = f"<h2>Anglers complain</h2><p>{PROSE}</p>"
    page = Cleaner(allow=["Anglers complain"]).label(f"<main><p>{PROSE} It rained.</p>{heading}</main>")
    left = Page("html", [Block("Anglers complain", 0, role="heading")])
    sign(left, [(left.blocks[0], "x.y")], 0.9)
    inside = Facts(("main", "h2"), frozenset(), frozenset(), 0.0, 0.0, False, True, inside=(1, 2))
    blocks = [Block(PROSE, 0), Block("Anglers complain", 1, facts=inside)]
    blocks[0].share = 1.0
    blocks[1].label("chrome", "extract.outside")
    with patch.object(scored, "scores", lambda *_: ("article", [5.0, 5.0])):
        scored.scored(Page("html", blocks), None)  # type: ignore[arg-type]
    found = {(b.by, b.role) for b in (*page.blocks, *left.blocks, *blocks) if b.text.startswith("Anglers")}
    assert found == {("allow", "heading"), ("limit.left", "heading"), ("blocks.in", "heading")}
    assert all(role in SIGNERS[by].roles for by, role in found)


def test_stages_look_for_no_signature_that_is_not_there() -> None:
    asked = {
        side.value
        for node in nodes()
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "by"
        for side in node.comparators
        if isinstance(side, ast.Constant)
    }
    assert {"extract.outside", "head.orphan"} <= asked <= SIGNERS.keys()


@pytest.fixture(scope="module")
def pages(cleaner: Cleaner) -> list[Page]:
    """The labelled pages of seeds/ and tests/pages/, but for those that are refused."""
    found = []
    for path in PAGES:
        with suppress(BadInput):
            found.append(cleaner.label(path.read_bytes(), name=str(path)))
    assert len(found) > 100
    return found


def test_no_page_carries_a_signature_that_cannot_be_asked(cleaner: Cleaner, pages: list[Page]) -> None:
    seen = set()
    for page in pages:
        signed = {(b.by, b.why) for b in page.blocks if b.by}
        signed |= {(e.by, cleaner.rules.why(e.by)) for b in page.blocks for e in b.edits}
        assert all(why for _, why in signed), page.name
        assert all(b.role in SIGNERS[b.by].roles for b in page.blocks if b.by in SIGNERS), page.name
        seen |= {by for by, _ in signed} | {span.by for span in page.spans() if span.by}
    assert seen <= cleaner.rules.signers.keys()
    assert len(seen & SIGNERS.keys()) > 20 and len(seen - SIGNERS.keys()) > 20


def test_rules_and_stages_are_asked_alike() -> None:
    rules = load_rules()
    assert isinstance(rules.signers["share.en"], Rule)
    asked = [rules.signers[id] for id in ("share.en", "head.title", "repair.space")]
    assert [(signer.does, signer.role) for signer in asked] == [("role", "chrome"), ("role", "title"), ("edit", None)]
    assert all(signer.id == id and rules.why(id) == signer.why for id, signer in rules.signers.items())
    assert all(why[0].isupper() and why.endswith(".") and len(why) > 10 for why in map(rules.why, SIGNERS))
    assert rules.why("no.such") == ""


def test_a_stage_cannot_be_switched_off_and_a_rule_cannot_take_its_id(tmp_path: Path) -> None:
    for name in ("extract.box", "extract"):
        with pytest.raises(RuleError, match=f"{name} is no rule but a stage: only rules can be switched off"):
            Cleaner(disable=[name])
    entry = 'why = "x"\n[[rule]]\nid = "head.{}"\nlines = ["a b c"]\nhits = ["a b c"]\nmisses = ["x"]\n'
    (tmp_path / "head.toml").write_text(entry.format("title"))
    with pytest.raises(
        RuleError, match=r"head\.toml: a stage signs with head\.title already; give the rule another id"
    ):
        load_rules(tmp_path)
    (tmp_path / "head.toml").write_text(entry.format("mine"))
    assert "head.mine" in load_rules(tmp_path).signers
    assert "head.mine" not in load_rules(tmp_path, disable=["head"]).signers


# What they say of single lines


def test_a_removed_line_says_why_by_the_block_the_rule_or_the_stage() -> None:
    page = "\n\n".join(
        (PROSE, f"{PROSE} It rained.", f"{PROSE} It rained.", "Share on Facebook", "Related Posts", "Ferry")
    )
    (article,) = Cleaner().clean(page)
    rules = load_rules()
    told = {entry["text"]: (entry["by"], entry["why"]) for entry in article.removed}
    assert told[f"{PROSE} It rained."] == ("duplicates.adjacent", "Repeats the line before it, chrome aside.")
    assert told["Share on Facebook"] == ("share.en", rules.why("share.en"))
    assert told["Related Posts"][1] == rules.why(told["Related Posts"][0])
    assert told["Ferry"] == (told["Related Posts"][0], "Behind 'Related Posts'.")


def test_a_cut_says_why() -> None:
    rule = next(rule for rule in load_rules().rules if rule.does == "cut")
    (article,) = Cleaner().clean(f"{PROSE} {rule.hits[0]}\n\n{PROSE} It rained.")
    assert (rule.id, rule.why) in {(entry["by"], entry["why"]) for entry in article.removed}
