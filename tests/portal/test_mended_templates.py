from pathlib import Path

import pytest
from django.template.loader import get_template

from portal.mended_templates import MENDS, WAGTAIL


@pytest.mark.parametrize("name", MENDS)
def test_each_mend_finds_once_what_it_mends(name):
    """Where Wagtail says it otherwise, the mend is to be read again, or taken out."""
    path = Path(get_template(name).origin.name)
    assert path.is_relative_to(WAGTAIL)
    source = path.read_text()
    assert [source.count(said) for said, _instead in MENDS[name]] == [1] * len(MENDS[name])


@pytest.mark.parametrize("name", MENDS)
def test_a_mended_template_is_what_is_shown(name):
    source = get_template(name).template.source
    assert all(instead in source for _said, instead in MENDS[name])
