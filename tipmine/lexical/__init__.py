"""What themes and traces share: word lists, the domain thesaurus, and the structure of conversations.

This is not a stage of the pipeline. It reads `tipmine/data` and takes tokenized words; it never tokenizes text. Search
also takes synonyms from its thesaurus, and the evaluations of all stages take their intervals from `bootstrap`.
"""
