"""placeholder"""

from siting.text import Language


def in_language(message: str, language: Language) -> str:
    return message
