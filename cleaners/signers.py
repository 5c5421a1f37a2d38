"""Who signs besides the rules: every id that a stage gives a role or an edit with, and its reason.

A test reads the code of the stages and checks that this table has exactly the ids that they sign with. A rule has its
reason in its file; `RuleSet.signers` has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleaners.page import Role


@dataclass(frozen=True, slots=True)
class Signer:
    """What a stage signs with. A rule is the other kind of signer, and has the same attributes: id, role, why, does."""

    id: str
    """What signs and what it saw, as family.slug. All that works on the extractor's answer signs as extract: the search
    for the id in cleaners/ leads to the stage."""
    role: Role | None
    """The role that it gives; None where it edits."""
    why: str
    """The reason, in a sentence, of every block for which the stage gives no reason of its own."""
    also: tuple[Role, ...] = ()
    """Other roles that it gives: who takes a line in takes a heading in as one."""

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.role, *self.also) if self.role else ()

    @property
    def does(self) -> Literal["role", "edit"]:
        return "role" if self.role else "edit"


_TABLE = (
    Signer("allow", "body", "The user's list of lines to keep.", ("heading",)),
    Signer("code.number", "chrome", "The number of a line of code, on its own."),
    Signer("code.number_cut", None, "The number of a line of code, before it."),
    Signer("duplicates.adjacent", "chrome", "Repeats the line before it, chrome aside."),
    Signer("duplicates.caption", "chrome", "Says again what a caption of the article says."),
    Signer(
        "duplicates.pull_quote", "chrome", "A quote set off from the text that repeats what a paragraph near it says."
    ),
    Signer(
        "edges.link_bar",
        "chrome",
        "Nothing but the separators of a bar of links, outermost of what is left of the article.",
    ),
    Signer(
        "edges.no_prose",
        "chrome",
        "In a text without prose: rules know most lines as the site's, and no other is as long as a sentence.",
    ),
    # HTML: what trafilatura took, and what structure puts right
    Signer(
        "extract.outside",
        "chrome",
        "Trafilatura took less than 60 % of its words or was not asked; or it stands between several articles.",
    ),
    Signer("extract.recall", "body", "Found when trafilatura, which had missed the article, was asked for more."),
    Signer(
        "extract.container",
        "body",
        "In the main element, of which trafilatura took next to nothing; or prose there, of one of several articles.",
    ),
    Signer(
        "extract.too_big", "body", "Between the first and the last prose of a page that is too big for trafilatura."
    ),
    Signer("extract.code", "body", "Code in the main element, between lines of the article or right below them."),
    Signer("extract.line_number", "chrome", "A number alone beside code, in a class of line numbers."),
    Signer("extract.heading", "heading", "In an element of headings, h1 to h6."),
    Signer("extract.quoted_post", "body", "A post quoted in the article."),
    Signer(
        "extract.beside",
        "body",
        "Right above or below the article, with the same elements and classes around it as its paragraphs.",
    ),
    Signer("extract.stated", "body", "In the text that the page states in its JSON-LD."),
    # HTML: what the page marks
    Signer("extract.title", "title", "Says what the page states as its title, or is its h1."),
    Signer("extract.title_repeat", "chrome", "Says the title again."),
    Signer("extract.kicker", "kicker", "A class that marks kickers, above the prose."),
    Signer(
        "extract.standfirst", "standfirst", "A class that marks standfirsts, or an h2 in the header, below the title."
    ),
    Signer("extract.byline", "byline", "A name, and a class that marks bylines, above the prose."),
    Signer("extract.author_line", "byline", "Holds the name of the page's author and little else, above the prose."),
    Signer(
        "extract.signature",
        "byline",
        "The last line is a name in italics or bold, and the page names no author but itself.",
    ),
    Signer("extract.signed_name", "byline", "Beside one of several articles: it names its authors."),
    Signer("extract.signed_day", "date", "Beside one of several articles: it states its day."),
    Signer("extract.date", "date", "A date, and a class that marks dates, above the prose."),
    Signer(
        "extract.date_line",
        "date",
        "A short line with a whole day, between the title and the prose or right above the title.",
    ),
    Signer(
        "extract.source_url",
        "source_url",
        "An address of the page's own site, alone on one of the first lines of the article.",
    ),
    Signer("extract.caption", "caption", "In a figure, or in a class that marks captions."),
    Signer("extract.credit", "caption", "A class that marks credits, right below a caption."),
    # HTML: furniture that trafilatura left in the article
    Signer(
        "extract.unstated", "chrome", "Hardly any of its words are in the text that the page states in its JSON-LD."
    ),
    Signer(
        "extract.consent", "chrome", "In an element with a button, most of whose prose asks for consent to cookies."
    ),
    Signer(
        "extract.box",
        "chrome",
        "In an element whose class, id, role or itemprop says box: newsletter, related, share and others.",
    ),
    Signer("extract.site_link", "chrome", "A line of links to other pages of the site."),
    Signer("extract.link_list", "chrome", "In a list that is mostly links to other pages of the site."),
    Signer("extract.last_links", "chrome", "Among the last lines, which are nothing but links as long as headlines."),
    Signer("extract.below_main", "chrome", "Below the main element that holds most of the article, no prose behind."),
    Signer("extract.other_cell", "chrome", "In another cell than the article, on a page laid out as a table."),
    Signer(
        "extract.post_meta",
        "chrome",
        "One of the first or last lines, in large part links into the site, and no sentence.",
    ),
    Signer("extract.empty_heading", "chrome", "A heading right above links as long as headlines, which are dropped."),
    Signer("extract.note", "chrome", "About the author or the text, below it."),
    # HTML: what nobody has signed
    Signer(
        "blocks.in",
        "body",
        "Left out by trafilatura or by its structure; the article's, by the chance that the block scorer gives.",
        ("heading",),
    ),
    Signer(
        "blocks.out",
        "chrome",
        "Taken, by trafilatura or for where it stands; furniture, by the chance that the block scorer gives.",
    ),
    # Text
    Signer("head.title", "title", "Like a headline, above the prose."),
    Signer("head.kicker", "kicker", "A short line right above the title."),
    Signer(
        "head.standfirst",
        "standfirst",
        "Between the title and the prose; or a short first paragraph, set apart from the second.",
    ),
    Signer("head.byline", "byline", "A name near the title, above the prose."),
    Signer("head.date", "date", "A date and little else, above the prose."),
    Signer("head.site", None, "The site's name, behind the title."),
    Signer("head.caption", "caption", "A picture's caption near the title."),
    Signer("head.orphan", "chrome", "A line like a headline between the title and the prose."),
    Signer("layout.blank", "chrome", "White space before the first line."),
    Signer(
        "limit.left",
        "body",
        "More of the page's words would be removed than the limit allows: it is left whole.",
        ("heading",),
    ),
    Signer("repair.closed", None, "A tag, comment or attribute of the page that is never closed, and hid the rest."),
    Signer("repair.encoding", None, "Text that was decoded wrongly, entities, control characters; not yet NFC."),
    Signer("repair.invisible", None, "Characters that cannot be seen: soft hyphens, zero-width spaces and joiners."),
    Signer("repair.lost", None, "A letter that was lost before: its bytes were cut or are wrong. It reads U+FFFD."),
    Signer("repair.point", None, "A space before a full stop or a comma."),
    Signer("repair.space", None, "White space other than one plain space between words."),
    Signer("repair.empty", "chrome", "Nothing in it that can be read."),
    Signer("residue.line", "chrome", "Furniture that an extractor left, by the chances that the line scorer gives."),
    Signer(
        "teasers.list", "chrome", "A list of headlines that lead to other articles, by what they say or by their form."
    ),
    Signer("whole_page.outside", "chrome", "Outside the best run of lines, by the chances that the line scorer gives."),
)
SIGNERS: dict[str, Signer] = {signer.id: signer for signer in _TABLE}
"""The signers that are no rules, by id."""
