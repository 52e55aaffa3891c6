from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial work")

    def ready(self):
        from wagtail.models import Revision
        from wagtail.signals import page_published
        from wagtail_localize.models import (
            StringTranslation,
            Translation,
            post_save_string_translation,
        )

        from editorial import (
            account_forms,
            audit,
            log_seal,
            receivers,
            review,
            translating,
            withdrawal,
        )

        post_migrate.connect(review.sync_review, sender=self)
        pre_migrate.connect(log_seal.unseal, sender=self)
        post_migrate.connect(log_seal.seal, sender=self)
        post_save.connect(receivers.follow_revision, sender=Revision)
        page_published.connect(translating.follow_source_text)
        post_save.disconnect(post_save_string_translation, sender=StringTranslation)
        post_save.connect(translating.show_title, sender=StringTranslation)
        Translation.save_target = translating.save_draft
        receivers.silence_wagtail()
        receivers.connect_notifications()
        account_forms.connect()
        audit.connect()
        withdrawal.connect_signals()
