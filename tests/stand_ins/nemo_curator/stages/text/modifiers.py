"""Stands for NeMo Curator, which is too large to be installed for a test: what its documentation says of a
`DocumentModifier` and of `Modify`, which takes one (https://docs.nvidia.com/nemo/curator, as of release 26.04)."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any


class DocumentModifier(ABC):
    """Has a name, and makes one value out of one, or out of several that are given by their columns' names."""

    def __init__(self) -> None:
        self._name = "document_modifier"

    @abstractmethod
    def modify_document(self, *args: object, **kwargs: object) -> object: ...

    @property
    def name(self) -> str:
        return self._name


class Modify:
    """Puts what the modifier makes of a column into it, or of several columns into another one."""

    def __init__(
        self,
        modifier_fn: DocumentModifier,
        input_fields: str | Sequence[Sequence[str]] = "text",
        output_fields: str | None = None,
    ) -> None:
        if not isinstance(modifier_fn, DocumentModifier):
            raise TypeError("not a DocumentModifier")
        self.modifier = modifier_fn
        (self.columns,) = [[input_fields]] if isinstance(input_fields, str) else input_fields
        if output_fields is None and len(self.columns) > 1:
            raise ValueError("output_fields is needed where there are several input fields")
        self.name, self.into = modifier_fn.name, output_fields or self.columns[0]

    def process(self, table: Any) -> Any:
        """A pandas table, with the column made anew."""
        made, make = table.copy(), self.modifier.modify_document
        if len(self.columns) == 1:
            made[self.into] = table[self.columns[0]].apply(make)
        else:
            made[self.into] = [make(**row) for row in table[list(self.columns)].to_dict("records")]
        return made
