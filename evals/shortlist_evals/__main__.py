"""`python -m shortlist_evals`: the command line of the evals."""

from shortlist_evals.cli import main

if __name__ == "__main__":
    main()
