"""Log-in, second step, sessions (docs/signing-in.md)."""

from datetime import timedelta

LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "desk_home"
LOGOUT_REDIRECT_URL = "wagtailadmin_login"

# Whoever has an address is given what is sent to it: invitations, an organisation she applied for.
# So nobody writes another's into her own account; an administrator changes addresses.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

OTP_REQUIRED = True
"""Whether whoever works for the portal must pass a second step; only development may switch it
off, and who has set it up is asked for it even so."""
OTP_TOTP_ISSUER = "Lapin palvelutarjotin"

SESSION_COOKIE_AGE = 8 * 3600  # without work; a session in use is renewed
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

# One name from one household: six tries, then half an hour of rest. What is stored of an address
# is a stand-in (site_core/accounts/addresses.py), and it goes with the rest.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "site_core.accounts.addresses.stand_in"
AXES_LOCKOUT_CALLABLE = "site_core.desk.signin.log_in.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # our own record holds no addresses
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "password", "csrfmiddlewaretoken", "ip_address"]
