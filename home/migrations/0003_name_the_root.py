from django.db import migrations

ROOT_TITLE = "Plan du site"


def name_the_root(apps, schema_editor):
    """The root of the tree, which Wagtail calls «Root», is where editors begin to browse."""
    root = apps.get_model("wagtailcore.Page").objects.filter(depth=1, title="Root")
    root.update(title=ROOT_TITLE, draft_title=ROOT_TITLE)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_create_site")]

    operations = [migrations.RunPython(name_the_root, migrations.RunPython.noop)]
