"""Writes the cells of workbooks again with XlsxWriter (constant_memory) and prints how many seconds the writing alone took.

Usage: write_xlsxwriter.py FOLDER FILE.xlsx...
Values and number formats of dates are the same; fonts, borders, links and tables are left out, which is in XlsxWriter's favour.
"""
import datetime
import os
import sys
import time

import openpyxl
import xlsxwriter

folder, files = sys.argv[1], sys.argv[2:]
books = []
for name in files:
    book = openpyxl.load_workbook(name, read_only=True)
    books.append([(sheet.title, [row for row in sheet.iter_rows(values_only=True)]) for sheet in book])

cells = 0
begun = time.perf_counter()
for index, sheets in enumerate(books):
    book = xlsxwriter.Workbook(os.path.join(folder, f"{index}.xlsx"), {"constant_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, rows in sheets:
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                cells += 1
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif isinstance(value, datetime.datetime):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                else:
                    sheet.write_number(at, column, value)
    book.close()
print(f"{time.perf_counter() - begun:.3f} {cells}")
