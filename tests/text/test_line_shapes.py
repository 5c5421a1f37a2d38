"""What a line looks like beside those around it."""

from cleaners import Cleaner
from cleaners.source import lines
from cleaners.text.line_shapes import SHAPES, shapes
from cleaners.text.page_lines import lines_of

LIST = "\n".join(["- Ferry to Lindow", "- Bridge to Carlow", "- Quay of Hallam", "The harbour opens again in spring."])


def fact(text: str, name: str, cleaner: Cleaner) -> list[float]:
    """A fact of each line."""
    read = lines_of(lines(text).blocks, cleaner.matcher)
    return [row[SHAPES.index(name)] for row in shapes(read)]


def test_items_of_a_list_have_the_shape_of_their_neighbours(cleaner: Cleaner) -> None:
    assert fact(LIST, "item", cleaner) == [1, 1, 1, 0]
    assert fact(LIST, "shape_near", cleaner) == [2, 2, 2, 0]
    assert fact(LIST, "shape1", cleaner) == [1, 1, 0, 0]
    assert fact(LIST, "shape_1", cleaner) == [0, 1, 1, 0]


def test_what_kind_of_text_it_is_is_the_same_for_each_line(cleaner: Cleaner) -> None:
    for name in ("lines", "prose_mass", "prose_share", "marked_share", "short_share", "middle_width"):
        assert len(set(fact(LIST, name, cleaner))) == 1
    assert fact(LIST, "short_share", cleaner)[0] == 0.75


def test_no_lines_have_no_shapes(cleaner: Cleaner) -> None:
    assert shapes(lines_of([], cleaner.matcher)) == []
