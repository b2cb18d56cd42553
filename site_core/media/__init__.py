"""Pictures and attachments, each owned by an organisation or by the portal."""
