"""News and stories of the portal and its organisations."""
