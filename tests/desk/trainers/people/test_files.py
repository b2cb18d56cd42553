"""Participants as a file and on paper: what was ticked and no more, and who took it."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.support.pages import save_page
from training.questions import Question
from training.sessions import Attendance
from training.signups.actions import change_capacity
from training.signups.models import Answer, Attendee, SignUp

from .making import come, desk_of, full_group, logged, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """Aino was there, needs something and has answered."""
    group = full_group()
    session = group.sessions.first()
    aino = SignUp.objects.get(email="aino@example.org")
    Attendance.objects.create(
        session=session, attendee=Attendee.objects.get(signup=aino), mark="present"
    )
    question = Question.objects.create(course=group.course, text="Koko?")
    Answer.objects.create(signup=aino, question=question, value="=M+1")
    Answer.objects.create(signup=aino, value='{"diet": "keliakia"}')
    return desk_of(group)


def rows(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_csv_of_the_confirmed_with_attendance(desk):
    file = desk.post("files", format="csv")
    head, *people = rows(file)
    assert [row[0] for row in people] == ["Aino Aalto", "Ánde Áŋgil"]
    assert people[0][1:3] == ["aino@example.org", "suomi"]
    assert people[0][5] == told("Present")
    assert people[1][5] == ""
    assert len(head) == 6
    assert "no-store" in file["Cache-Control"]
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"].startswith(
        f'attachment; filename="participants-{desk.group.pk}-2'
    )


def test_xlsx_says_the_same(desk):
    (sheet,) = load_workbook(BytesIO(desk.post("files", format="xlsx").content)).worksheets
    read = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert read == rows(desk.post("files", format="csv"))


@pytest.mark.leak
def test_sensitive_columns_are_there_only_when_ticked(desk):
    plain = desk.post("files", format="csv", also=["waiting"])
    assert "keliakia" not in plain.content.decode()
    assert "M+1" not in plain.content.decode()
    assert logged("export_people").data == {"people": 5}
    full = desk.post("files", format="csv", also=["answers", "needs"])
    head, aino, _other = rows(full)
    assert head[-2:] == ["Koko?", told("What they need")]
    assert aino[-2] == "'=M+1"
    assert "keliakia" in aino[-1]
    entry = logged("export_people")
    assert (entry.user, entry.data) == (desk.person, {"people": 2, "answers": 2, "needs": 2})


def test_a_name_that_begins_like_a_formula_stays_a_name(desk):
    change_capacity(desk.group, None)
    come(desk.group, "-Anna Alm")
    names = [row[0] for row in rows(desk.post("files", format="csv"))]
    assert "'-Anna Alm" in names


@pytest.mark.parametrize("sent", [{}, {"format": "pdf"}, {"format": "csv", "also": ["all"]}])
def test_what_is_wrong_is_told(desk, sent):
    answer = desk.post("files", **sent)
    assert answer["Content-Type"].startswith("text/html")
    assert 'role="alert"' in text_of(answer)


def test_the_list_on_paper_has_names_and_a_box_for_each_session(desk):
    page = desk.get("list")
    save_page("desk_list", page.content)
    assert text_of(page).count("<td></td>") == 2
    assert "Aino Aalto" in text_of(page)
    assert "aino@example.org" not in text_of(page)
    assert "Veikko" not in text_of(page)
