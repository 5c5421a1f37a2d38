"""Pages cleaned in processes that can be killed. Imports no Prefect."""
