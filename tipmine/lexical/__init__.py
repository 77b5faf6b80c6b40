"""What themes and traces share: word lists, the domain thesaurus, and the structure of conversations.

This is not a stage of the pipeline. It reads `tipmine/data` and takes tokenized words; it never tokenizes text. Search
takes the other words for an idea from the thesaurus too, and evaluations of all stages their intervals (`bootstrap`).
"""
