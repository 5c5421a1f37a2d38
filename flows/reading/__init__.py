"""Pages out of folders, files, archives, buckets and standard input. Imports no Prefect."""
