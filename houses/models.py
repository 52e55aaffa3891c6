from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ExpressionWrapper, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection, PageManager
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from houses import emblem
from houses.departments import DEPARTMENT_CHOICES, REGION_OF, department_name
from houses.permissions import sync_group
from portal import publication
from portal.models import BasePage, PublicPageQuerySet
from portal.text import first_free, title_slug
from search import projection

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Role(models.TextChoices):
    """What a person may be in a house."""

    CONTRIBUTOR = "contributor", _("contributor")
    LEAD = "lead", _("lead")


class HouseQuerySet(models.QuerySet):
    def network(self):
        """The network's own house."""
        return self.filter(is_network=True)

    def visible(self):
        """Houses whose page anybody may see."""
        return self.filter(pages__in=HousePage.objects.published()).distinct()


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
            super().save(*args, **kwargs)
            self.pages.exclude(title=self.name).update(title=self.name, draft_title=self.name)
            self.sync_groups()
            self.name_in_search()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            Group.objects.filter(house_group__house=self).delete()
            return super().delete(*args, **kwargs)

    def name_in_search(self) -> None:
        """Give the search the name of this house, and have its pages found by what it says of itself."""
        labels = {settings.LANGUAGE_CODE: self.name}
        projection.name("house", self.slug, labels, image=self.emblem_seed)
        for page in self.pages.filter(live=True):
            publication.project(page)

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


class HouseIndexPage(BasePage):
    """The directory of the houses."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown above the list of houses."),
    )

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["houses.HousePage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("directory of houses")
        verbose_name_plural = _("directories of houses")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        houses = HousePage.objects.child_of(self).published().select_related("house")
        context["houses"] = sorted(
            houses, key=lambda page: (page.house.region == "", page.house.region, page.title)
        )
        return context


class HousePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        return self.select_related("house", "picture")

    def with_house(self):
        """With the house, and of the page what names it and leads to it."""
        return self.only("title", "path", "depth", "url_path", "live", "house").select_related(
            "house"
        )

    def above(self, pages, or_of_houses=()):
        """The house pages right above `pages`, and those of the houses `or_of_houses`, with their house.

        The latter have `is_among_houses`.
        """
        paths = {page.path[: -page.steplen] for page in pages}
        if or_of_houses == ():
            return self.filter(path__in=paths).with_house()
        among = Q(house__in=or_of_houses)
        return (
            self.filter(Q(path__in=paths) | among)
            .annotate(is_among_houses=ExpressionWrapper(among, output_field=models.BooleanField()))
            .with_house()
        )


class HousePage(BasePage):
    """The public page of a house in one language; what the house publishes is below it."""

    house = models.ForeignKey(
        House,
        verbose_name=_("house"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("This page is named after it, and shows its address and contacts."),
    )
    summary = models.TextField(
        _("in brief"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: who you are, for whom."),
    )
    introduction = RichTextField(
        _("presentation"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("The history of the house, its place, what it offers to associations."),
    )
    picture = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture of the house. Without one, its own pattern of roofs is shown."),
    )

    objects = PageManager.from_queryset(HousePageQuerySet)()

    search_kind = "house"

    parent_page_types = ["houses.HouseIndexPage"]
    subpage_types = ["articles.ArticlePage"]

    content_panels = [
        FieldPanel("house"),
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("picture"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
    ]

    class Meta:
        verbose_name = _("page of a house")
        verbose_name_plural = _("pages of houses")

    def full_clean(self, *args, **kwargs):
        # The page is named after its house, and follows when the house is renamed (House.save).
        if self.house_id:
            self.title = self.house.name
            self.slug = self.slug or self.house.slug
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        twins = HousePage.objects.filter(house_id=self.house_id, locale_id=self.locale_id)
        if self.house_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"house": _("This house already has its page in this language.")})

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = House.objects.filter(pages=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            for house in {before or self.house, self.house}:
                house.sync_groups()

    def search_document(self):
        document = super().search_document()
        if document is None:
            return None
        house = self.house
        presentation = get_text_for_indexing(self.introduction)
        document.body = "\n".join(filter(None, [presentation, house.acronym, house.commune]))
        document.facets["house"] = [house.slug]
        document.facets["department"] = list(filter(None, [house.department]))
        return document

    def structured_data(self, request):
        house = self.house
        data = {
            "@type": "Organization",
            "name": house.name,
            "alternateName": house.acronym,
            "url": self.get_full_url(request),
            "description": self.description,
            "email": house.email,
            "telephone": house.phone,
            "sameAs": house.website,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": house.address,
                "addressLocality": house.commune,
                "addressRegion": house.region,
                "addressCountry": "FR",
            },
        }
        return [{key: value for key, value in data.items() if value}]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["house"] = self.house
        # What the house publishes is known by the apps above this one: each adds its section.
        context["sections"] = [
            section(self, request) for section in hooks.get_hooks("house_page_sections")
        ]
        return context


class Membership(models.Model):
    """A person's role in a house; it carries the rights on the house's pages."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    house = models.ForeignKey(
        House, verbose_name=_("house"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role.choices, default=Role.CONTRIBUTOR
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["house__name", "user__last_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "house"],
                name="membership_unique",
                violation_error_message=_("This person already belongs to this house."),
            )
        ]

    def __str__(self):
        return gettext("%(person)s, %(role)s of %(house)s") % {
            "person": self.user.get_full_name() or self.user.get_username(),
            "role": self.get_role_display(),
            "house": self.house,
        }

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = House.objects.filter(memberships=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            for house in {before or self.house, self.house}:
                house.sync_groups()


@receiver(post_delete, sender=Membership)
def withdraw_rights(instance, **kwargs):
    """A membership takes its rights away with it, deleted alone, with others, or with its person."""
    links = HouseGroup.objects.filter(house=instance.house_id, role=instance.role)
    for link in links.select_related("group"):
        link.group.user_set.remove(instance.user_id)
