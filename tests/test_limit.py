"""The limit on what is taken: a page of which more words would go than is allowed is left whole, or refused."""

import pytest
from html_page import FOUR, ONE, THREE, TITLE, TWO, page_of, paragraphs
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages_strategy import jumbles, pages

from cleaners import Article, BadInput, Block, Cleaner, NoArticle, Page, RuleError, TooMuchRemoved, load_rules, view
from cleaners.limit import put_back, share_removed
from cleaners.matching.match import compile_rules
from cleaners.page import Edit
from cleaners.pipeline import LEFT
from cleaners.source import lines
from cleaners.words import words

RULES = load_rules()
FREE = Cleaner(RULES)
NONE = Cleaner(RULES, most_removed=0)
SHARES = (0, 0.1, 0.3, 0.6, 1)
LIMITED = {share: Cleaner(RULES, most_removed=share) for share in SHARES}
STORY = f"The ferry stops for the winter\n\nBy Ada Quill\n\n{ONE}\n\n{TWO}\n\nShare on Facebook\n\n{THREE}\n\n{FOUR}"
MOSTLY_FURNITURE = "\n\n".join((STORY, "Related Posts", *(f"Headline number {n} of the other news" for n in range(40))))


def repaired(source: str) -> list[str]:
    """The lines of a text as they read when nothing is taken out of them."""
    page, matcher = lines(source), compile_rules(RULES)
    for stage in LEFT:
        stage(page, matcher)
    return [block.text for block in page.kept() if block.text]


def lines_of(article: Article) -> list[str]:
    return [line for line in article.text.split("\n") if line]


def cleaned(cleaner: Cleaner, source: str) -> list[Article]:
    """The articles; none where it is refused."""
    try:
        return cleaner.clean(source)
    except BadInput:
        return []


# Of a text


def test_a_page_within_the_limit_is_cleaned_as_without_one() -> None:
    (free,) = FREE.clean(STORY)
    (article,) = Cleaner(most_removed=0.3).clean(STORY)
    assert free.removed and article.left_whole is None
    assert article.to_dict() | {"rules": ""} == free.to_dict() | {"rules": ""}


def test_one_over_it_is_left_whole_and_says_so() -> None:
    (free,) = FREE.clean(MOSTLY_FURNITURE)
    (article,) = Cleaner(most_removed=0.3).clean(MOSTLY_FURNITURE)
    assert len(free.removed) > 40 and free.title and free.left_whole is None
    assert lines_of(article) == repaired(MOSTLY_FURNITURE)
    assert (article.removed, article.captions) == ((), ())
    assert article.left_whole is not None and 0.3 < article.left_whole < 1
    assert article.to_dict()["left_whole"] == article.left_whole


def test_each_of_its_lines_says_what_would_have_become_of_it() -> None:
    page = Cleaner(most_removed=0.3).label(MOSTLY_FURNITURE)
    told = {block.text: (block.role, block.by, block.why) for block in page.blocks}
    role, by, why = told["Share on Facebook"]
    assert (role, by) == ("body", "limit.left")
    assert why.startswith("Would be out by share.en; ") and "% of the page's words" in why
    assert told[ONE] == ("body", "", "")
    assert page.restore() == MOSTLY_FURNITURE and all(span.fate == "kept" for span in page.spans())


def test_or_it_is_refused_with_the_share_and_the_limit() -> None:
    cleaner = Cleaner(most_removed=0.3, too_much="refuse")
    with pytest.raises(TooMuchRemoved, match=r"^\d\d\.\d% of its words .* limit of 30\.0% \(most by \w+\.\w+ \("):
        cleaner.clean(MOSTLY_FURNITURE)
    assert any(not block.kept for block in cleaner.label(MOSTLY_FURNITURE).blocks), "explain shows what would go"
    assert cleaner.clean(STORY)[0].left_whole is None


def test_what_was_cut_out_of_a_line_is_back_and_repairs_stay() -> None:
    rule = next(rule for rule in RULES.rules if rule.does == "cut")
    source = f"{ONE}\n\n{TWO}\u00a0 {rule.hits[0]}\n\nIt rained ,  they said, over the harbour and over the bridge."
    assert FREE.clean(source)[0].removed
    (article,) = NONE.clean(source)
    assert lines_of(article) == repaired(source) and rule.hits[0] in article.text and "\u00a0" not in article.text
    assert article.repairs == {"repair.point": 1, "repair.space": 2}


def test_several_articles_on_a_page_are_one_again() -> None:
    source = "\n\n".join(
        f"{title}\n\nBy {name}\n\n{ONE} {title}.\n\n{TWO}\n\nShare on Facebook"
        for title, name in (("The ferry stops for winter", "Ada Quill"), ("A bridge opens in spring", "Tom Ferro"))
    )
    assert len(FREE.clean(source)) == 2
    (article,) = NONE.clean(source)
    assert lines_of(article) == repaired(source)


def test_what_holds_no_article_is_refused_as_ever() -> None:
    for source in (
        "Share on Facebook\n\nShare on Twitter",
        "Please log in to continue\n\nLog in\n\nForgot password?",
        "Share on Facebook\n\nShare on Twitter\n\n::::::\U000f0000\n\n00000::::::",
    ):
        with pytest.raises(NoArticle) as free:
            FREE.clean(source)
        with pytest.raises(NoArticle) as limited:
            NONE.clean(source)
        assert str(free.value) == str(limited.value)


# Of HTML


MENU = "<nav><ul>" + "<li><a href='/news'>Home of all the news</a></li>" * 60 + "</ul></nav>"


def test_the_menus_of_html_count_for_nothing() -> None:
    source = page_of(f"<h1>{TITLE}</h1>{paragraphs(ONE, TWO, THREE, FOUR)}", after=MENU)
    (article,) = NONE.clean(source)
    assert article.left_whole is None and "Home of all" not in article.text
    assert len([entry for entry in article.removed if "Home of all" in entry["text"]]) == 60


def test_html_left_whole_has_what_the_extractor_took() -> None:
    story = paragraphs(ONE, TWO, "Share on Facebook", THREE, FOUR)
    source = page_of(f"<h1>{TITLE}</h1>{story}", after=MENU)
    page = FREE.label(source)
    if not any(b.by == "share.en" for b in page.blocks):
        pytest.fail("the extractor did not take the line: the page shows nothing")
    (article,) = NONE.clean(source)
    assert article.left_whole and "Share on Facebook" in article.text and "Home of all" not in article.text
    with pytest.raises(TooMuchRemoved):
        Cleaner(RULES, most_removed=0, too_much="refuse").clean(source)


# The share


def test_the_share_is_of_words_removed_whole_or_cut() -> None:
    one, two, three = Block("four words stand here", 0), Block("one two three four five six", 1), Block("By Ada", 2)
    assert share_removed([one, two, three]) == 0
    one.label("chrome", "x.y")
    two.edits = [Edit(0, 4, "", "x.y", cut=True), Edit(8, 9, "", "repair.space")]
    three.label("byline", "x.y")
    assert share_removed([one, two, three]) == 5 / 12
    assert share_removed([]) == share_removed([Block("***", 0, role="chrome")]) == 0


@pytest.mark.parametrize("wrong", [-0.1, 1.1, 30, "0.3", True, float("nan")])
def test_what_is_no_share_is_refused(wrong: float) -> None:
    with pytest.raises(RuleError, match="a share of a page's words from 0 to 1"):
        Cleaner(RULES, most_removed=wrong)


@pytest.mark.parametrize("limit", [0.3, None])
def test_what_becomes_of_a_page_is_one_of_two_words(limit: float | None) -> None:
    with pytest.raises(RuleError, match="'leave' or 'refuse', not 'keep'"):
        Cleaner(RULES, most_removed=limit, too_much="keep")  # type: ignore[arg-type]


def test_it_counts_for_a_rule_set_that_has_a_limit_as_well() -> None:
    rules = Cleaner(RULES.limited(0.1), too_much="refuse").rules
    assert (rules.most_removed, rules.too_much) == (0.1, "refuse")


def test_the_hash_of_the_rules_tells_limits_apart() -> None:
    hashes = [RULES.limited(most, word).hash for most in (None, 0, 0.3) for word in ("leave", "refuse")]
    assert hashes[0] == hashes[1] == RULES.hash and len(set(hashes)) == 5
    assert Cleaner(RULES.limited(0.3, "refuse")).rules.most_removed == 0.3, "a rule set's own limit counts"


# On any page


@settings(max_examples=300)
@given(pages(), st.sampled_from(SHARES))
@example(MOSTLY_FURNITURE, 0.3)
def test_no_more_is_ever_taken_than_the_limit_and_no_line_is_lost_or_split(source: str, most: float) -> None:
    every = sum(words(block.raw) for block in lines(source).blocks)
    try:
        page = LIMITED[most].label(source)
        articles = view.articles(page, LIMITED[most].rules)
    except BadInput:
        articles = []
    else:
        assert page.restore() == source
        at = 0
        for span in page.spans():
            assert span.start == at < span.end and (span.by or span.fate == "kept")
            at = span.end
    free = cleaned(FREE, source)
    assert bool(articles) == bool(free), "the limit refuses nothing, and saves nothing that is none"
    gone = sum(words(entry["text"]) for article in articles for entry in article.removed if entry["role"] == "chrome")
    assert gone <= most * every + 1e-9
    if articles and articles[0].left_whole is not None:
        (article,) = articles
        assert article.left_whole >= round(most, 3) and not article.removed
        assert lines_of(article) == repaired(source)
    else:
        assert [a.text for a in articles] == [a.text for a in free]


@settings(max_examples=300)
@given(pages(), st.sampled_from(SHARES))
def test_cleaning_twice_changes_nothing(source: str, most: float) -> None:
    for article in cleaned(LIMITED[most], source):
        assert [again.text for again in LIMITED[most].clean(article.text)] == [article.text]


@settings(max_examples=100)
@given(jumbles())
def test_of_html_no_line_that_the_extractor_took_is_removed_where_none_may_be(jumble: tuple[str, list[str]]) -> None:
    try:
        page: Page = NONE.label(jumble[0])
    except BadInput:
        return
    if page.over is None:
        return
    refusing = Cleaner(RULES, most_removed=0, too_much="refuse").label(jumble[0])
    assert refusing.over == page.over and refusing.restore() == page.restore()
    for left, taken in zip(page.blocks, refusing.blocks, strict=True):
        assert left.raw == taken.raw
        assert left.kept or not taken.kept, "what was kept is kept"
        assert not any(edit.cut for edit in left.edits)


def test_of_a_line_that_is_lifted_no_part_is_taken_either() -> None:
    page = Page("html", [Block("Harbour (opens in new window)", 0), Block("The ferry stays in port.", 1)])
    page.blocks[0].edit([(7, 29, "")], "cuts.window", cut=True)
    page.blocks[0].label("kicker", "head.kicker")
    page.blocks[1].label("chrome", "footer.en")
    put_back(page, page.blocks[1:])
    assert (page.blocks[0].text, page.blocks[0].role, page.blocks[1].kept) == (page.blocks[0].raw, "kicker", True)
