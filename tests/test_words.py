"""What a word, a key, stems, prose and a headline are, in scripts of several kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words import breaks, ended, ending, fold, headline_like, key, prose, sentence, stems, tokens, width, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop: snake_case, 3.5 µm!", ["don", "t", "stop", "snake_case", "3", "5", "μm"]),
        ("Stra\u00adße ﬁne ＡＢＣ", ["strasse", "fine", "abc"]),
        ("été e\u0301te\u0301", ["été", "été"]),
        ("東京タワー2024", ["東", "京", "タ", "ワ", "ー", "2024"]),
        ("กาแฟ", ["ก", "า", "แ", "ฟ"]),
        ("서울 시청", ["서울", "시청"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("می\u200cخواهم کتاب", ["میخواهم", "کتاب"]),
        ("❤️ * —", []),
    ],
)
def test_the_words_of_a_text_as_they_are_compared(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“Söup,  ﬁne”!", "söup fine", True),
        ("Söup", "Soup", False),
        ("Sign-up", "Sign up", True),
        ("snake_case", "snake case", True),
        ("Don´t", "Don’t", True),
        ("阅读 更多。", "阅读更多", True),
        ("की", "का", False),
        ("می\u200cخواهم", "می خواهم", True),
        ("5 comments", "6 comments", False),
    ],
)
def test_two_texts_with_the_same_words_have_one_key(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


def test_a_text_without_letters_and_digits_has_no_key() -> None:
    assert key("*** ❤️ — _") == key("") == ""


@given(st.text())
def test_to_fold_or_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text) == key(text.casefold()) == key(f"“{text}” \u200b—")
    assert key(text) == "".join(tokens(text)).replace("_", "")


@pytest.mark.parametrize(
    "line",
    [
        "Ferry stops for the winter",
        "Die Fähre fährt im Winter nicht",
        "Паром не ходит до весны",
        "Το πλοίο σταματά για τον χειμώνα",
        "पुल मंगलवार को बंद कर दिया गया",
        "สะพานปิดตั้งแต่วันอังคาร",
        "توقفت العبارة حتى نهاية الشتاء",
        "渡船冬季停航两个月",
        "다리가 봄까지 문을 닫는다",
    ],
)
def test_a_headline_may_be_in_any_script(line: str) -> None:
    assert headline_like(line) and not headline_like(f"{line}。") and not headline_like(f"{line}:")
    assert not prose(line) and not sentence(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge was closed on Tuesday, and the ferry takes its place until the spring comes.",
        "पुल मंगलवार को बंद कर दिया गया था, और वसंत तक उसकी जगह नाव चलेगी, ऐसा नगर परिषद ने बताया।",
        "สะพานปิดตั้งแต่วันอังคาร และเรือข้ามฟากจะแล่นแทนจนถึงฤดูใบไม้ผลิ สภาเมืองกล่าวเมื่อวันจันทร์.",
        "大桥周二关闭，渡轮将一直运行到春天，市议会周一表示，修缮工作将持续三个月左右的时间。",
        "다리는 화요일에 폐쇄되었고 봄이 올 때까지 나룻배가 그 자리를 대신한다고 시의회가 밝혔다.",
        "أُغلق الجسر يوم الثلاثاء، وستحل العبارة محله حتى الربيع، كما قال مجلس المدينة يوم الإثنين.",
    ],
)
def test_prose_is_prose_in_any_script_and_quoted_too(line: str) -> None:
    assert prose(line) and prose(f"“{line}”") and sentence(line) and not headline_like(line)
    assert not prose(line[:-1].rstrip("؟。।.")) or width(line) > 200


def test_the_end_of_a_text_is_told_behind_what_closes_it() -> None:
    assert [ending(text) for text in ("“So.”", "(So!) ❤️", "So…*", "—", "")] == [".", "!", "…", "—", ""]


def test_sentences_that_break_off_and_titles_of_people_that_do_not() -> None:
    assert breaks("It is shut. The ferry runs. 桥关了。船开。") == 2
    assert breaks("Dr. Lee and Gov. Parson spoke.") == 0 and breaks("Dr. Lee spoke.", dots=True) == 1
    assert breaks("It cost 3.5 m. and no more.") == 0


def test_a_line_of_wide_letters_says_more_than_its_characters() -> None:
    assert width("abc") == 3 and width("渡船停") == 8 and width("서울시") == 8 and width("кот") == 3
    assert words("渡船停") == 2 and words("Ferry stops today") == 3


def test_stems_are_the_longer_words_without_their_ends() -> None:
    assert stems("The bridges of the bridge") == {"bridge"} and stems("渡船") == {"渡", "船"}


THAI = "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานเก่าข้ามแม่น้ำจะปิดซ่อมเป็นเวลาสามเดือน ชาวบ้านต้องใช้เส้นทางอื่นไปก่อน และขอให้เผื่อเวลาเดินทาง"
LAO = "ເຈົ້າເມືອງກ່າວໃນວັນຈັນວ່າຂົວເກົ່າຂ້າມແມ່ນ້ຳຈະປິດສ້ອມແປງເປັນເວລາສາມເດືອນ " * 2


@pytest.mark.parametrize("text", [THAI, LAO.strip(), f"“{THAI}”"])
def test_a_long_line_of_a_script_without_full_stops_is_prose(text: str) -> None:
    assert ended(text) and prose(text) and sentence(text)


@pytest.mark.parametrize("text", ["สะพานเก่าข้ามแม่น้ำจะปิดซ่อมสามเดือน ชาวบ้านต้องใช้เส้นทางอื่น", "อ่านข่าวที่เกี่ยวข้อง", f"{THAI} |"])
def test_a_short_line_of_it_is_none_and_neither_is_one_that_ends_in_a_bar(text: str) -> None:
    assert not ended(text) and not prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "شهردار روز دوشنبه اعلام کرد که پل قدیمی رودخانه برای سه ماه بسته می‌شود و مردم راه دیگری می‌روند.\u200f",
        "أعلن رئيس البلدية يوم الاثنين أن الجسر القديم فوق النهر سيغلق لمدة ثلاثة أشهر، وهل من طريق آخر؟",
        "মেয়র সোমবার জানিয়েছেন, নদীর ওপর পুরোনো সেতুটি তিন মাসের জন্য বন্ধ থাকবে এবং মানুষ অন্য পথে যাবে।",
    ],
)
def test_prose_ends_with_the_full_stop_of_its_script(text: str) -> None:
    assert ended(text) and prose(text)


@pytest.mark.parametrize(
    ("text", "count"), [("แชร์ข่าวนี้", 3), ("สะพานเก่าข้ามแม่น้ำจะปิดซ่อม", 7), ("東京で雪が降った", 6), ("Ann ชา 5", 3)]
)
def test_how_many_words(text: str, count: int) -> None:
    assert words(text) == count


def test_a_short_label_in_thai_is_no_headline() -> None:
    assert not headline_like("แชร์ข่าวนี้")
    assert headline_like("สะพานเก่าข้ามแม่น้ำจะปิดซ่อมสามเดือน")
