"""Wagtail's settings; why each is as it is stands in `docs/` and beside the line."""

WAGTAIL_SITE_NAME = "Lapin palvelutarjotin"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third party learns who edits
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILAPI_DOCS_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "site_core.moderation.finishing.publish_reviewed"
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Attachment"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_core.media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_core.media.forms.AttachmentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 75
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True

# The question before a page behind a password, in our own look.
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "portal/restricted.html"
