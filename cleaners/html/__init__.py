"""The HTML route: a page's visible blocks with the facts of where they stood, and what its markup says of each."""
