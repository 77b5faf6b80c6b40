"""Words and ideas as themes and traces need them: word lists, the domain thesaurus, and who leads a conversation.

This is no stage. It reads `tipmine/data` and takes words that were cut already; it never cuts text itself.
"""
