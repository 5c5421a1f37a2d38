"""The language that a text is written in, and when nobody says."""

import pytest

from cleaners import Cleaner
from cleaners.text.language import language_of

TEXTS = {
    "en": "The council of Lindow met on Tuesday night and voted, after four hours, to close the bridge until spring.",
    "de": "Der Rat von Lindow hat am Dienstag nach vier Stunden beschlossen, die Brücke bis zum Frühjahr zu sperren.",
    "fr": "Le conseil de Lindow a voté mardi soir, après quatre heures de débat, la fermeture du pont jusqu'au mois.",
    "ru": "Совет Линдова проголосовал во вторник вечером, после четырёх часов споров, за закрытие моста до весны.",
    "zh": "林多市议会周二晚上经过四个小时的讨论，投票决定在春天之前关闭通往岛上的大桥。"
    "市长说，这些工作要花四百万，其中一半由国家支付，其余的钱由学校的基金支付。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_sentence(language: str) -> None:
    assert language_of(TEXTS[language]) == language


def test_no_language_is_better_than_a_wrong_one() -> None:
    assert language_of("Hello") is None
    assert language_of("1911 4711 0815 2021 " * 5) is None


def test_what_the_page_declares_counts_and_text_declares_nothing(cleaner: Cleaner) -> None:
    page = "<html lang='nl'><body><article>" + f"<p>{TEXTS['en']}</p>" * 3 + "</article></body></html>"
    assert cleaner.label(page).meta.language == "nl"
    assert cleaner.label(TEXTS["en"]).meta.language == "en"


def test_furniture_that_goes_has_no_say(cleaner: Cleaner) -> None:
    prose = "\n\n".join([TEXTS["de"], TEXTS["de"] + " Die Fähre fährt.", "Share on Facebook", "Leave a comment below"])
    assert cleaner.label(prose).meta.language == "de"
