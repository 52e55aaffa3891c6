from functools import partialmethod

import pytest

from printing import pdf


@pytest.fixture
def readable(monkeypatch):
    """PDFs are made without compression, so that a test can read them; without the libraries, it is skipped."""
    if not pdf.is_available():
        pytest.skip(f"printing: the libraries of WeasyPrint are missing ({pdf.MISSING})")
    html = pdf.weasyprint.HTML
    monkeypatch.setattr(html, "write_pdf", partialmethod(html.write_pdf, uncompressed_pdf=True))
