from functools import partialmethod

import pytest

from printing import pdf


@pytest.fixture
def readable(monkeypatch):
    """PDFs are made here, and without compression, so that a test can read them; without the libraries, it is skipped."""
    if not pdf.is_available():
        pytest.skip(f"printing: the libraries of WeasyPrint are missing ({pdf.MISSING})")
    monkeypatch.setattr(pdf, "_made_apart", pdf.made)
    html = pdf.weasyprint.HTML
    monkeypatch.setattr(html, "write_pdf", partialmethod(html.write_pdf, uncompressed_pdf=True))
