"""The pages of the desk, one module each: what is read for it and which template shows it."""
