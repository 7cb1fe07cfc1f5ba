"""Reads a workbook with openpyxl and puts every row into a table of texts by COPY, checking nothing; prints the seconds and the rows.

Usage: copy_openpyxl.py FILE.xlsx CONNECTION    (CONNECTION as libpq reads it)
"""
import io
import sys
import time

import openpyxl
import psycopg2

BATCH = 20_000


def text(value):
    return r"\N" if value is None else str(value).replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n")


begun = time.perf_counter()
connection = psycopg2.connect(sys.argv[2])
total = 0
with connection, connection.cursor() as cursor:
    for number, sheet in enumerate(openpyxl.load_workbook(sys.argv[1], read_only=True)):
        rows = sheet.iter_rows(values_only=True)
        captions = next(rows, None)
        if captions is None:
            continue
        table = f"peer_{number}"
        cursor.execute(f"create table {table} ({', '.join(f'c{at} text' for at in range(len(captions)))})")
        lines = []
        for row in rows:
            lines.append("\t".join(text(value) for value in row[:len(captions)]))
            total += 1
            if len(lines) >= BATCH:
                cursor.copy_expert(f"copy {table} from stdin", io.StringIO("\n".join(lines) + "\n"))
                lines.clear()
        if lines:
            cursor.copy_expert(f"copy {table} from stdin", io.StringIO("\n".join(lines) + "\n"))
print(f"{time.perf_counter() - begun:.3f} {total}")
