"""Settings: `base` holds what is always true; `dev`, `test`, `production` hold only differences."""
