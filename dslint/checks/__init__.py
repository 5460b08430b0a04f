"""What the API server checks and no schema can say: one topic a file, found by convention.

Every module has `complaints(workload, target) -> Iterator[Complaint]`. Defaults are taken into
account, since validation runs after defaulting; null counts as absent; a value of the wrong type
is passed over, because the schema has spoken of it.
"""
