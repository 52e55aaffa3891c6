from django.db import migrations

from houses.departments import DEPARTMENTS


def name_departments(apps, schema_editor):
    """Give the search the names of the departments, by which what was tried there is found and filtered."""
    FacetValue = apps.get_model("search", "FacetValue")
    for code, name in DEPARTMENTS.items():
        FacetValue.objects.update_or_create(
            facet="department", value=code, defaults={"labels": {"fr": name}}
        )


class Migration(migrations.Migration):
    dependencies = [("houses", "0001_initial"), ("search", "0001_documents")]

    operations = [migrations.RunPython(name_departments, migrations.RunPython.noop)]
