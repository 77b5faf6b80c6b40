"""One file a rule: the story of the damage, the pattern, wild cases, and look-alikes that must not change."""
