"""What the settings read from outside: variables, and `.env` beside `manage.py` for those unset."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)
