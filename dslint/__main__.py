"""`python -m dslint`: the same as the command `dslint`."""

from dslint.cli import main

if __name__ == "__main__":
    main()
