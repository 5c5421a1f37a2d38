"""What a run leaves behind: shards, the joined output, the summary. Imports no Prefect."""
