"""Lists of participants as files for spreadsheets, in which nothing is ever calculated.

Pure: no models, no Django. CSV is as Excel with Finnish settings opens it by a double click:
semicolons, since the comma is the decimal sign there, UTF-8 with its mark (BOM), CRLF.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMULA: Final = re.compile(
    r"[\s\u200b-\u200f\ufeff]*[=+\-@\N{FULLWIDTH EQUALS SIGN}"
    r"\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
    r"\N{FULLWIDTH COMMERCIAL AT}]|[\t\r\n]"
)
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""
LONGEST: Final = 32_767
"""Characters in a cell of a spreadsheet at most."""
WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as the list tells her; `marks` by session, `answers` by question."""

    name: str
    email: str
    language: str
    status: str
    signed_up: str
    marks: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called, in the reader's language; `needs` only where it was ticked."""

    person: tuple[str, str, str, str, str]
    sessions: Mapping[int, str] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(people: Iterable[Person], columns: Columns) -> Table:
    """One row for each person. What has no column is left out."""
    needs = (columns.needs,) if columns.needs else ()
    head = (*columns.person, *columns.sessions.values(), *columns.questions.values(), *needs)
    return Table(head, tuple(tuple(_cells(person, columns)) for person in people))


def as_csv(table: Table) -> bytes:
    """The table as CSV. What could be taken for a formula has an apostrophe before it."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in (table.head, *table.rows):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table, title: str) -> bytes:
    """The table as a sheet of that title, every cell typed as text, which is never calculated."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(table.head, *table.rows, strict=True), start=1):
        widest = max(len(text) for text in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(widest + 2, WIDEST)
    bold = Font(bold=True)
    for number, row in enumerate((table.head, *table.rows)):
        cells = [_text_cell(sheet, text) for text in row]
        if number == 0:
            for cell in cells:
                cell.font = bold
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def harmless(text: str) -> str:
    """The text as a spreadsheet takes it for text and a person still reads it."""
    return f"'{text}" if FORMULA.match(text) else text


def _cells(person: Person, columns: Columns) -> Iterator[str]:
    yield from (person.name, person.email, person.language, person.status, person.signed_up)
    yield from (person.marks.get(session, "") for session in columns.sessions)
    yield from (person.answers.get(question, "") for question in columns.questions)
    if columns.needs:
        yield person.needs


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST])
    cell.data_type = "s"
    cell.quotePrefix = True  # stays text when somebody edits it
    return cell
