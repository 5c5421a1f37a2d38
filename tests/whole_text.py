"""The text of a whole visible page: menu, article and footer."""

TITLE = "Lindow council votes to close the bridge until the spring"
BODY = [
    "The council of Lindow met on Tuesday night and voted, after four hours of talk, to close the bridge to the island "
    "until the spring.",
    "Workers will take up the deck in March, said the harbour master, and nobody expects the ferry to fill the gap. It "
    "carries sixty people, and on a market day there are six hundred.",
    "“We have known about the rust since the flood,” said Ada Quill, who has run the bakery at the north end for "
    "thirty years. “What we did not know was that they would tell us in a letter.”",
    "What it will cost",
    "The work is put at four million, of which the state pays half. The rest will come out of the fund that was set "
    "aside for the school roof, and the teachers are not happy with it.",
    "A second vote, on the fares of the ferry, was put off for a week. The mayor said that he would not have people "
    "pay twice for a bridge that they cannot use.",
]
MENU = [
    *("Skip to content", "Menu", "Home", "News", "Local", "Politics", "Business", "Sport", "Culture", "Opinion"),
    *("Weather", "Podcasts", "Newsletters", "Log in", "Subscribe", "Search", "My account", "Jobs", "Property"),
]
FOOTER = [
    *("Most read", "Five walks for a wet weekend", "Ferry fares: what you need to know", "Market moves to the quay"),
    *("Related articles", "Share", "Facebook", "Twitter", "Comments", "About us", "Contact", "Privacy policy"),
    *("Terms and conditions", "Advertise with us", "Cookie settings", "© The Lindow Post. All rights reserved."),
]
WHOLE = "\n".join([f"{TITLE} - The Lindow Post", *MENU, TITLE, "By Ada Quill", *BODY, *FOOTER])
