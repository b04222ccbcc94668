"""The nouns: plain, frozen data that every stage reads and writes. Imports nothing else of this package."""
