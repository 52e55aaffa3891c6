"""The tree every installation begins with: home, directory of houses, the network's own house."""

from django.conf import settings
from django.db import migrations
from django.db.models import Q


def create_site(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    locale, _created = apps.get_model("wagtailcore", "Locale").objects.get_or_create(
        language_code=settings.LANGUAGE_CODE
    )
    # Wagtail's own welcome page, and the site that shows it.
    Page.objects.filter(depth=2).delete()

    def add(model, path, slug, title, url_path, numchild, **fields):
        content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=model.split(".")[0], model=model.split(".")[1].lower()
        )
        return apps.get_model(model).objects.create(
            path=path,
            depth=len(path) // 4,
            numchild=numchild,
            slug=slug,
            title=title,
            draft_title=title,
            url_path=url_path,
            content_type=content_type,
            locale=locale,
            **fields,
        )

    home = add(
        "home.HomePage",
        "00010001",
        "home",
        "Maillage",
        "/home/",
        1,
        heading="Ce qu’une maison a essayé, une autre peut le refaire.",
        highlight="une autre peut le refaire",
    )
    add("houses.HouseIndexPage", "000100010001", "maisons", "Les maisons", "/home/maisons/", 1)
    network = apps.get_model("houses.House").objects.create(
        name="Le réseau", slug="reseau", is_network=True
    )
    add(
        "houses.HousePage",
        "0001000100010001",
        "reseau",
        network.name,
        "/home/maisons/reseau/",
        0,
        house=network,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    site = Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True)
    apps.get_model("home.SiteSettings").objects.create(
        site=site,
        footer="<p>Maillage, le portail du réseau des maisons.<br/>Aucun cookie, aucun traceur.</p>",
        navigation=[
            ("link", {"page": None, "url": "/recherche/?kind=article", "label": "Articles"}),
            ("link", {"page": None, "url": "/maisons/", "label": "Maisons"}),
        ],
    )


def name_roles_and_review(apps, schema_editor):
    """Wagtail's moderators are our network editors; its second group has no use here."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name="Moderators").update(name="Rédaction nationale")
    Group.objects.filter(name="Editors").delete()
    apps.get_model("wagtailcore", "Workflow").objects.update(name="Relecture")
    apps.get_model("wagtailcore", "Task").objects.update(name="Relecture nationale")


def remove_site(apps, schema_editor):
    apps.get_model("wagtailcore", "Page").objects.filter(~Q(depth=1)).delete()
    apps.get_model("houses.House").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("houses", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(create_site, remove_site),
        migrations.RunPython(name_roles_and_review, migrations.RunPython.noop),
    ]
