"""Reads every row of a workbook with openpyxl and prints the seconds and the rows. Usage: read_openpyxl.py FILE.xlsx"""
import sys
import time

import openpyxl

begun = time.perf_counter()
rows = 0
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):
    for row in sheet.iter_rows(values_only=True):
        rows += 1
print(f"{time.perf_counter() - begun:.3f} {rows}")
