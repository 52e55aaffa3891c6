"""Files of text processors and PDFs as small as they can be, with or without what makes them readable by all."""

import zipfile
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def names(**values) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def pdf(words="Bonjour", tagged=True, language="fr", title="Statuts", password="") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = names(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica")
    )
    page[NameObject("/Resources")] = names(Font=names(F1=font))
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf 20 20 Td ({words}) Tj ET".encode() if words else b"0 0 9 9 re f")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    if tagged:
        tree = names(Type=NameObject("/StructTreeRoot"), K=ArrayObject([names(S=NameObject("/P"))]))
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(tree)
        writer.root_object[NameObject("/MarkInfo")] = names(Marked=BooleanObject(True))
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt("", password, algorithm="RC4-128")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def archive(**parts: str) -> bytes:
    """A file made of these parts, whose names have `__` for a slash."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(f"{name.replace('__', '/')}.xml", text)
    return content.getvalue()


def docx(words=400, heading="Titre1", language="fr-FR") -> bytes:
    text = f"<w:p><w:r><w:t>{'mot ' * words}</w:t></w:r></w:p>"
    style = f'<w:p><w:pPr><w:pStyle w:val="{heading}"/></w:pPr></w:p>' if heading else ""
    tongue = f'<w:docDefaults><w:rPr><w:lang w:val="{language}"/></w:rPr></w:docDefaults>'
    named = '<w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    return archive(
        word__document=f"<w:document {W}><w:body>{style}{text}</w:body></w:document>",
        word__styles=f"<w:styles {W}>{tongue}{named}</w:styles>",
    )


def odt(words=400, heading=True, language="fr") -> bytes:
    title = "<text:h>Les clés</text:h>" if heading else ""
    body = f"<office:body>{title}<text:p>{'mot ' * words}</text:p></office:body>"
    tongue = f'<style:text-properties fo:language="{language}"/>'
    return archive(
        content=f"<office:document-content {ODT}>{body}</office:document-content>",
        styles=f"<office:document-styles {ODT}>{tongue}</office:document-styles>",
    )
