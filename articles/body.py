"""The cleaner under the name that programs outside know it by; it lives in articles/text/body.py."""

from articles.text.body import clean, plain_text

__all__ = ["clean", "plain_text"]
