"""The articles' file in the formats that people ask for, made out of the JSON lines of the shards."""

from typing import Literal, get_args

Format = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
