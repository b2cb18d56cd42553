"""Lists as files: read back, they say what was written, and nothing in them is calculated."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from training.signups.exports import Columns, Person, Table, as_csv, as_xlsx, harmless, table_of

COLUMNS = Columns(("Nimi", "Osoite", "Kieli", "Tila", "Milloin"), {7: "12.1. 9.00"}, {3: "Koko?"})
AINO = Person("Aino Áŋgil", "aino@example.org", "suomi", "Vahvistettu", "4.1.2027 11.00")
DANGEROUS = (
    "=1+1",
    "+358 40 123",
    "-Anna",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "\u200b=1",
    "＝1+1",
    "＠x",
    '=HYPERLINK("http://x","y")',
)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells(content: bytes) -> list[list]:
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    return [list(row) for row in sheet.iter_rows()]


def table(*names: str) -> Table:
    return Table(("Nimi",), tuple((name,) for name in names))


def test_columns_are_those_that_were_asked_for():
    person = Person(*_five(AINO), marks={7: "Läsnä"}, answers={3: "M"}, needs="gluteeniton")
    assert table_of([person], COLUMNS).rows == ((*_five(AINO), "Läsnä", "M"),)
    told = Columns(COLUMNS.person, needs="Tarpeet")
    assert table_of([person], told).head[-1] == "Tarpeet"
    assert table_of([person], told).rows == ((*_five(AINO), "gluteeniton"),)
    assert table_of([AINO], COLUMNS).rows[0][-2:] == ("", "")


def test_csv_opens_by_a_double_click_where_the_comma_is_decimal():
    content = as_csv(table("Aino; Áŋgil", 'sanoi "hei"\nja lähti'))
    assert content.startswith(b"\xef\xbb\xbfNimi\r\n")
    assert csv_rows(content) == [["Nimi"], ["Aino; Áŋgil"], ['sanoi "hei"\nja lähti']]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_holds_no_formula_and_the_name_is_still_read(text):
    assert csv_rows(as_csv(table(text)))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["Anna-Maija", "a=b", "1+1", "", "'-Anna", "x@example.org"])
def test_what_is_harmless_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_sheet_holds_text_and_never_a_formula(text):
    ((_head,), (cell,)) = cells(as_xlsx(table(text), "Osallistujat"))
    assert cell.data_type == "s"
    assert cell.value.split() == text.split()
    assert cell.quotePrefix


def test_a_sheet_bears_letters_and_signs_of_all_kinds():
    content = as_xlsx(table("Čáhci ǩiõll", "a\x00b\x0bc", "x" * 40_000), "A/B: [x]" * 9)
    values = [row[0].value for row in cells(content)]
    assert values[:3] == ["Nimi", "Čáhci ǩiõll", "abc"]
    assert len(values[3]) == 32_767


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_written_is_read_back(text):
    ((_head,), (read,)) = csv_rows(as_csv(table(text))) if text else (("",), ("",))
    assert read.removeprefix("'") == text.removeprefix("'")
    assert not read.startswith(tuple("=+-@\t\r\n"))


def _five(person: Person) -> tuple[str, ...]:
    return (person.name, person.email, person.language, person.status, person.signed_up)
