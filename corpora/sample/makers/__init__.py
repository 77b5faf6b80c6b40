"""Makers of the documents, the truth and the gold files of the sample corpus."""
