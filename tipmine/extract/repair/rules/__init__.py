"""One file per rule: the story of the damage, the pattern, real cases, and look-alikes that must not change."""
