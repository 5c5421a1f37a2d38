"""The stages that apply rules, the user's list of lines, and site profiles."""

from typing import Any

import pytest

from cleaners import Cleaner, RuleError

PROSE = "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring."


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("Lindow closes its bridge until spring", "Lindow closes its bridge until spring"),  # a title
        ("By Ada Quill", "BY ADA QUILL"),
        ("The bridge at noon. Photo: Tom Ferro / AFP", "The bridge at noon. Photo: Tom Ferro / AFP"),
        ("Read the report (opens in a new window)", "Read the report (opens in a new window)"),  # has a cut in it
        (
            "Don\u00e2\u20ac\u2122t miss our newsletter",
            "Don\u00e2\u20ac\u2122t miss our newsletter",
        ),  # as it stands there
        ("Don\u00e2\u20ac\u2122t miss our newsletter", "Don\u2019t miss our newsletter"),  # as it reads
        ("Related Posts", "related posts"),
        ("***", "***"),
    ],
)
@pytest.mark.parametrize("shape", ["{line}\n\n{prose}\n\n{prose} It rained.\n\n{line}\n\nShare on Facebook", "{line}"])
def test_an_allowed_line_is_in_the_text_whole_wherever_it_stands(line: str, allowed: str, shape: str) -> None:
    (article,) = Cleaner(allow=[allowed]).clean(shape.format(line=line, prose=PROSE))
    found = article.text.split("\n\n")
    assert found.count(line.replace("\u00e2\u20ac\u2122", "\u2019")) == shape.count("{line}")
    assert "Share on Facebook" not in found


def test_an_allowed_line_does_not_end_the_article() -> None:
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nRelated Posts\n\nA bridge too old"
    assert Cleaner().clean(page)[0].text.endswith("It rained.")
    (article,) = Cleaner(allow=["Related Posts"]).clean(page)
    assert article.text.endswith("Related Posts") or article.text.endswith("Related Posts\n\nA bridge too old")
    assert all(line["by"] == "residue.line" for line in article.removed)


def test_an_allowed_line_without_a_key_allows_no_other() -> None:
    """Lines of fewer than three letters have none: "No" would allow every one of them."""
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nNo\n\n|"
    (article,) = Cleaner(allow=["No", ""]).clean(page)
    assert article.text.endswith("It rained.\n\nNo")


def test_a_site_profile_takes_lines_at_the_edges_of_its_own_host_only() -> None:
    sites = {"lindow.example": ["Lindow Post evening edition"]}
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nLindow Post evening edition"
    cleaner = Cleaner(sites=sites)
    assert "evening edition" not in cleaner.clean(page, url="https://www.lindow.example/a")[0].text
    assert "evening edition" in cleaner.clean(page, url="https://other.example/a")[0].text


@pytest.mark.parametrize(
    "hosts", [("my-post.example", "my.post.example"), ("münchen.example", "mönchen.example"), ("почта.рф", "газета.рф")]
)
def test_two_hosts_have_two_signatures_and_each_its_own_reason(hosts: tuple[str, str]) -> None:
    page = f"{PROSE}\n\n{PROSE} It rained.\n\nLindow Post evening edition"
    cleaner = Cleaner(sites={host: ["Lindow Post evening edition"] for host in hosts})
    signed = [cleaner.clean(page, url=f"https://{host}/a")[0].removed[0] for host in hosts]
    assert [one["why"] for one in signed] == [f"Repeats across the pages of {host}." for host in hosts]
    assert len({one["by"] for one in signed}) == 2


@pytest.mark.parametrize("sites", [{"": ["Follow us"]}, {"lindow.example": "Follow us"}, {"...": ["Follow us"]}])
def test_a_site_profile_without_a_host_or_with_a_string_for_lines_is_refused(sites: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match="sites gives each host its lines"):
        Cleaner(sites=sites)


LABELS = [
    "Advertisement",
    "ANZEIGE",
    "Publicidad",
    "Реклама",
    "Reklama",
    "REKLAM",
    "广告",
    "إعلان",
    "विज्ञापन",
    "Annons",
]
BETWEEN = [
    "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap.",
]


@pytest.mark.parametrize("label", [*LABELS, "gtag", "fb-pixel", "ВКонтакте", "微信", "Haberin devamı aşağıda"])
def test_a_label_between_paragraphs_goes(cleaner: Cleaner, label: str) -> None:
    (article,) = cleaner.clean("\n\n".join([BETWEEN[0], label, BETWEEN[1]]))
    assert article.text.split("\n\n") == BETWEEN


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("清晨的港口很安静。", "图：王小明"),
        ("港口真安靜！", "（圖／中央社）"),
        ("早朝の港は静かだった。", "写真：共同通信"),
        ("船が出る。", "（撮影：佐藤花子）"),
        ("이른 아침의 항구는 조용했다.", "사진=연합뉴스"),
        ("The march over the bridge of Lindow.", "(Courtesy of Rosa Lind)"),
    ],
)
def test_the_stop_before_a_credit_is_the_captions(cleaner: Cleaner, caption: str, credit: str) -> None:
    (article,) = cleaner.clean("\n\n".join([BETWEEN[0], caption + credit, BETWEEN[1]]))
    assert [found["text"] for found in article.captions] == [caption]


@pytest.mark.parametrize("markup", ["<h2>Reklama</h2>", "<ul><li>Reklama</li></ul>"])
def test_of_html_a_heading_or_an_item_of_a_list_is_no_label(cleaner: Cleaner, markup: str) -> None:
    body = f"<p>{BETWEEN[0]}</p>{markup}<p>{BETWEEN[1]}</p>"
    page = cleaner.label(f"<html><body><main><article>{body}</article></main></body></html>")
    assert [block.kept for block in page.blocks if block.raw == "Reklama"] == [True]


@pytest.mark.parametrize(
    ("label", "about"),
    [
        ("Advertisement", "The advertisement in three papers cost the harbour more than the new deck of the bridge."),
        ("Werbung", "Die Werbung für die neue Fähre hat den Hafen mehr gekostet als das Deck der Brücke."),
        ("Facebook", "On Facebook, the harbour master had promised a new bridge before the end of winter."),
    ],
)  # fmt: skip
def test_a_heading_of_an_article_about_it_stays(cleaner: Cleaner, label: str, about: str) -> None:
    (article,) = cleaner.clean("\n\n".join([BETWEEN[0], label, about]))
    assert article.text.split("\n\n") == [BETWEEN[0], label, about]
