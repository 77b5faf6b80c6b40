"""Word lists, gazetteers, maps and defaults: edited by people, each file with its source."""
