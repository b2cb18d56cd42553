"""Installed apps and middleware, in the order they need."""

INSTALLED_APPS = [
    # ours, lowest layer first; templates and commands of ours win over Wagtail's
    "site_core.languages",
    "site_core.accounts",
    "site_core.throttle",
    "site_core.taxonomy",
    "site_core.organisations",
    "site_core.moderation",
    "site_core.pages",
    "search",
    "services",
    "news",
    "training",
    "site_core.portal",
    "site_core.feedback",
    "site_core.demo",
    # Wagtail
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # After Wagtail's image, document and admin apps: their ready() would overwrite our policies.
    "site_core.media",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "site_core.http.PolicyByPathMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_core.http.CompressTextMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # All above adds to stored pages too; all below is spared to their readers.
    "site_core.portal.stored.StoredPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_core.languages.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # After the log-in and messages: refuses admin requests that name what is not the person's.
    "site_core.organisations.middleware.AdminSightMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
