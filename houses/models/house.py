from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Collection
from wagtail.search import index

from houses import emblem
from houses.departments import DEPARTMENT_CHOICES, REGION_OF, department_name
from houses.permissions import sync_group
from portal.text import first_free, title_slug
from portal.visibility import visible_page
from search import labels, sources
from search.labels import Label


class Role(models.TextChoices):
    """What a person may be in a house."""

    CONTRIBUTOR = "contributor", _("contributor")
    LEAD = "lead", _("lead")


class HouseQuerySet(models.QuerySet):
    def network(self):
        """The network's own house."""
        return self.filter(is_network=True)

    def open(self):
        """Those that have not closed."""
        return self.filter(closed_on=None)

    def visible(self):
        """Houses whose page anybody may see."""
        return self.filter(visible_page("pages")).distinct()


class House(index.Indexed, models.Model):
    """A house of associations: the plain facts, one row whatever the languages."""

    name = models.CharField(
        _("name"),
        max_length=150,
        unique=True,
        help_text=_("In full, as the house presents itself."),
    )
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made from the name."),
    )
    acronym = models.CharField(
        _("acronym"), max_length=30, blank=True, help_text=_("If people call the house by it.")
    )
    is_network = models.BooleanField(
        _("the network's own house"),
        default=False,
        help_text=_("Responsible for what the network itself publishes. There is only one."),
    )
    commune = models.CharField(
        _("commune"), max_length=100, blank=True, help_text=_("Where the house is.")
    )
    department = models.CharField(
        _("department"),
        max_length=3,
        choices=DEPARTMENT_CHOICES,
        blank=True,
        help_text=_("The directory groups houses by the region it belongs to."),
    )
    address = models.TextField(
        _("postal address"), blank=True, help_text=_("Street, postcode and town.")
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("In degrees, for example 47.667.")
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, help_text=_("In degrees, for example 6.841.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("An address that somebody reads, shown to visitors.")
    )
    phone = models.CharField(
        _("telephone"), max_length=30, blank=True, help_text=_("Shown to visitors.")
    )
    website = models.URLField(_("website"), blank=True, help_text=_("If the house has its own."))
    opening_hours = models.TextField(
        _("opening hours"), blank=True, help_text=_("When one can come without an appointment.")
    )
    collection = models.OneToOneField(
        Collection,
        verbose_name=_("collection of pictures and documents"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
    )

    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    objects = HouseQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("acronym"),
                FieldPanel("slug"),
                FieldPanel("is_network"),
            ],
            _("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("commune"), FieldPanel("department")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            _("Where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("website"),
                FieldPanel("opening_hours"),
            ],
            _("Reaching the house"),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("acronym"),
        index.SearchField("commune"),
    ]

    class Meta:
        verbose_name = _("house")
        verbose_name_plural = _("houses")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_network"],
                condition=Q(is_network=True),
                name="house_one_network",
                violation_error_message=_("The network already has its own house."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    # A comparison with nothing is neither true nor false, and would pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="house_position_on_earth",
                violation_error_message=_(
                    "Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.slug = self.slug or self._free_slug()
        with transaction.atomic():
            before = House.objects.filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            self.pages.exclude(title=self.name).update(title=self.name, draft_title=self.name)
            self.sync_groups()
            labels.name(self.search_label, before and before.slug)
            self._project_pages(is_moved=bool(before) and before.department != self.department)

    def _project_pages(self, *, is_moved: bool) -> None:
        """Have its pages found by what it says of itself, and those below by its department where it `is_moved`."""
        for page in self.pages.all():
            below = page.get_descendants(inclusive=True) if is_moved else [page]
            sources.project_again([each.pk for each in below])

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            Group.objects.filter(house_group__house=self).delete()
            return super().delete(*args, **kwargs)

    @property
    def search_label(self) -> Label:
        """What the search calls this house."""
        labels = {settings.LANGUAGE_CODE: self.name}
        return Label("house", self.slug, labels, image=self.emblem_seed)

    def sync_groups(self):
        """Give the members of this house exactly the rights of their role, and nobody else any."""
        self._sync_collection()
        for role in Role:
            sync_group(
                self._group(role),
                role,
                pages=self.pages.all(),
                collection=self.collection,
                users=self.memberships.filter(role=role).values_list("user", flat=True),
            )

    def _sync_collection(self):
        """The house files its pictures and documents in a collection of its own, named after it."""
        if self.collection is None:
            root = Collection.get_first_root_node()
            self.collection = root.add_child(instance=Collection(name=self.name))
            House.objects.filter(pk=self.pk).update(collection=self.collection)
        elif self.collection.name != self.name:
            self.collection.name = self.name
            self.collection.save()

    def _group(self, role) -> Group:
        name = self._group_name(role)
        link = HouseGroup.objects.filter(house=self, role=role).select_related("group").first()
        if link is None:
            group = Group.objects.create(name=name)
            return HouseGroup.objects.create(house=self, role=role, group=group).group
        if link.group.name != name:
            link.group.name = name
            link.group.save()
        return link.group

    def _group_name(self, role) -> str:
        """The name of a group, in the site's first language whoever saves; two never have the same."""
        with override(settings.LANGUAGE_CODE):
            name = f"{self.name[:110]} ({role.label})"
        others = Group.objects.exclude(house_group__house=self)
        return first_free(name, lambda candidate: others.filter(name=candidate).exists())

    def _free_slug(self) -> str:
        base = title_slug(self.name)[:90] or "maison"
        return first_free(base, lambda slug: House.objects.filter(slug=slug).exists())

    @property
    def region(self) -> str:
        return REGION_OF.get(self.department, "")

    @property
    def department_name(self) -> str:
        return department_name(self.department)

    @property
    def emblem_seed(self) -> str:
        """What the pattern of roofs is drawn from; it changes when the name does."""
        return emblem.seed(self.name)

    @property
    def emblem_url(self) -> str:
        """Address of the pattern of roofs of this house alone."""
        return reverse("houses:emblem", args=[self.emblem_seed])


class HouseGroup(models.Model):
    """The permission group that holds one role of one house, so that it survives a change of name."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="house_group")

    class Meta:
        verbose_name = _("group of a house")
        verbose_name_plural = _("groups of houses")
        constraints = [models.UniqueConstraint(fields=["house", "role"], name="house_group_unique")]

    def __str__(self):
        return str(self.group)
