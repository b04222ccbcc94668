"""`make` for narrated video: text in git in, a good video out."""

__version__ = "0.1.0"
