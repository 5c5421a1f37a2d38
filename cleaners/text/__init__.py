"""Lines of text and what they are: repair, heads, feet, lists of teasers, several articles, whole pages."""
