from pathlib import Path

from django.db import migrations

LISTS = Path(__file__).resolve().parent.parent / "data"


def load(apps, schema_editor):
    """Begin with the lists of `search/data`; from there on editors carry on in the admin."""
    Synonyms = apps.get_model("search", "Synonyms")
    for path in sorted(LISTS.glob("synonyms.*.txt")):
        language = path.suffixes[-2].strip(".")
        for line in path.read_text(encoding="utf-8").splitlines():
            words, _arrow, finds = line.partition("#")[0].partition("=>")
            if words.strip():
                Synonyms.objects.create(language=language, words=words.strip(), finds=finds.strip())


class Migration(migrations.Migration):
    dependencies = [("search", "0001_documents")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
