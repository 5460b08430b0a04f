"""What the API server checks and no schema can say: one topic a file, found by convention.

Every module has `complaints(workload, target) -> Iterator[Complaint]`, and `FIELDS`: it is asked
only of a workload that is of one of these kinds, or has one of these fields in its metadata or
spec, in its pods' metadata or spec, or in a container or volume; with none it is asked of each.
Defaults are taken into account, since validation runs after defaulting; null counts as absent; a
value of the wrong type is passed over, because the schema has spoken of it.
"""
