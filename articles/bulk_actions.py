from django import forms
from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.pages.search import page_filter_search
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from articles.merging import merge_tags
from articles.models import ArticlePage, Tag
from articles.viewsets import ArticleFilterSet


class TagArticlesForm(forms.Form):
    tags = forms.CharField(
        label=_("Tags to add"),
        max_length=255,
        help_text=_("A comma between two. The tags that the articles have already are kept."),
    )

    def clean_tags(self):
        names = [name.strip() for name in self.cleaned_data["tags"].split(",") if name.strip()]
        if not names:
            raise forms.ValidationError(gettext("Write at least one tag."))
        if any(len(name) > 100 for name in names):
            raise forms.ValidationError(gettext("A tag has 100 characters at most."))
        return names


class ListingBulkAction(PageBulkAction):
    """An action on what is selected in the listing of articles or in the site plan."""

    def get_all_objects_in_listing_query(self, parent_id):
        """All the articles that the listing shows: Wagtail forgets its filters, and would take the whole site."""
        if parent_id is not None:
            return super().get_all_objects_in_listing_query(parent_id)
        listing = ArticleFilterSet(
            self.request.GET, queryset=ArticlePage.objects.all(), request=self.request
        )
        shown = listing.qs if listing.is_valid() else ArticlePage.objects.none()
        if words := self.request.GET.get("q"):
            return [page.pk for page in page_filter_search(words, shown)[0].results()]
        return shown.values_list("pk", flat=True)


@hooks.register("register_bulk_action")
class TagArticlesBulkAction(ListingBulkAction):
    display_name = _("Add tags")
    aria_label = _("Add tags to the selected articles")
    action_type = "tag"
    template_name = "articles/admin/confirm_bulk_tag.html"
    action_priority = 25
    form_class = TagArticlesForm

    def check_perm(self, page):
        is_article = page.specific_class is ArticlePage
        permissions = page.permissions_for_user(self.request.user)
        return is_article and permissions.can_edit() and not permissions.page_locked()

    def get_execution_context(self):
        return {**super().get_execution_context(), "names": self.cleaned_form.cleaned_data["tags"]}

    @classmethod
    def execute_action(cls, objects, names=(), user=None, **kwargs):
        with transaction.atomic():
            tags = [
                Tag.objects.labelled(name).first() or Tag.objects.create(name=name)
                for name in names
            ]
            for page in objects:
                _add_tags(page, tags, user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d article was tagged.", "%(count)d articles were tagged.", num_parent_objects
        ) % {"count": num_parent_objects}


def _add_tags(page: Page, tags, user) -> None:
    """Tag the article's draft; put it online again where nothing else in the draft was waiting."""
    was_as_published = page.live and not page.has_unpublished_changes
    article = page.get_latest_revision_as_object()
    article.tags.add(*tags)
    revision = article.save_revision(user=user, log_action=True)
    # What is written goes through a review, its tags do not.
    if was_as_published and page.permissions_for_user(user).answers_for_what_is_online():
        revision.publish(user=user, skip_permission_checks=True)


class MergeTagsForm(forms.Form):
    kept = forms.ModelChoiceField(
        label=_("Tag to keep"),
        queryset=Tag.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("The articles of the others get this one, and the others disappear."),
    )


@hooks.register("register_bulk_action")
class MergeTagsBulkAction(SnippetBulkAction):
    display_name = _("Merge")
    aria_label = _("Merge the selected tags into one")
    action_type = "merge"
    template_name = "articles/admin/confirm_bulk_merge.html"
    action_priority = 10
    form_class = MergeTagsForm
    models = [Tag]

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        form.fields["kept"].queryset = Tag.objects.filter(pk__in=self.request.GET.getlist("id"))
        return form

    def check_perm(self, tag):
        return self.permission_policy.user_has_permission(self.request.user, "change")

    def get_execution_context(self):
        return {**super().get_execution_context(), "kept": self.cleaned_form.cleaned_data["kept"]}

    @classmethod
    def execute_action(cls, objects, kept=None, **kwargs):
        others = [tag for tag in objects if tag.pk != kept.pk]
        merge_tags(kept, others)
        return len(others), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return gettext("%(count)d tags were merged into “%(kept)s”.") % {
            "count": num_parent_objects,
            "kept": self.cleaned_form.cleaned_data["kept"],
        }
