"""Files of the command line's contract: a requests file in, `links.csv` and `reasons.jsonl` out."""
