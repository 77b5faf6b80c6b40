"""A person's hand: which passages to look at, sheets to fill in, and the answers taken back as decisions."""
