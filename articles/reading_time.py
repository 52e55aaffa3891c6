"""How long a text takes to read."""

import re

WORD = re.compile(r"\w[\w’'-]*")
# The cautious side of the 175 to 300 words a minute that most adults read silently, 238 on average:
# M. Brysbaert, «How many words do we read per minute?», Journal of Memory and Language 109, 2019.
WORDS_A_MINUTE = 200


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def minutes_to_read(words: int) -> int:
    """Return how many minutes so many words take, one at least."""
    return max(1, round(words / WORDS_A_MINUTE))
