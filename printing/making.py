"""One PDF, made in a process of its own, which can be stopped: ``python -m printing.making`` reads and writes it."""

import json
import sys

import django

from printing.pdf import made


def main() -> None:
    """Write the PDF of what the standard input says as JSON, the arguments of `pdf.made`."""
    asked = json.load(sys.stdin)
    django.setup()
    sys.stdout.buffer.write(made(**asked))


if __name__ == "__main__":
    main()
