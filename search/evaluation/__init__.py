"""How well the public search answers judged queries (`manage.py search_eval`)."""
