"""The predicates, one a file, in the words of the scheduler's filters.

Each module has `ORDER` (its place among the scheduler's plug-ins) and
`refusals(question) -> Iterator[Refused]`; its name is the predicate's.
"""
