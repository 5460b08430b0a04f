"""What rules may ask about beyond a schema: one fact a file, found by its name.

Each module has `fact(subject: Subject) -> T`, a pure function to plain data; its docstring and its
return type are the fact's documentation. `NEEDS_INVENTORY = True` says that it answers nothing
without one, `USES_PLACEMENT = True` that it looks at the placement where there is an inventory.
"""
