from django.core.checks import Info, register

from printing import pdf


@register()
def check_pdf(app_configs, **kwargs):
    """Whether PDFs can be made here: the rest of the site works without."""
    if pdf.is_available():
        return []
    return [
        Info(
            f"No PDF is offered to readers: {pdf.MISSING}",
            hint="Install the libraries that WeasyPrint needs (docs/printing.md), for example: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            id="printing.I001",
        )
    ]
