"""Review by people: chooses passages to check, writes sheets to fill in, and imports the answers as decisions."""
