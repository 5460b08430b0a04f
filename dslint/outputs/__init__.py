"""The voices: one module a format.

Each has `render(report) -> str` and `FILLS`, the reports that it can fill. Modules whose names
begin with an underscore are no formats.
"""
