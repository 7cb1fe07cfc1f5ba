"""Makes the figures and lists of a term report of one unit from the same database with pandas and writes them with openpyxl; prints the seconds and the rows.

Usage: report_pandas.py FOLDER CONNECTION UNIT FROM TO    (CONNECTION as libpq reads it, days as YYYY-MM-DD)
The usual way of an office script: read the tables, filter and join in memory, one sheet a list. It proves nothing, checks nothing, styles nothing but days, and
leaves out parts, narrative and charts, which is in its favour. Imports of Python itself are not counted.
"""
import os
import sys
import time
import warnings

import openpyxl
import pandas as pd
import psycopg2

warnings.filterwarnings("ignore")
folder, unit, first, last = sys.argv[1], sys.argv[3], *(pd.Timestamp(day).date() for day in sys.argv[4:6])
FAR = pd.Timestamp("2200-01-01").date()

begun = time.perf_counter()
connection = psycopg2.connect(sys.argv[2])


def table(sql):
    return pd.read_sql(sql, connection)


def days(frame, *columns):
    for column in columns:
        frame[column] = frame[column].fillna(FAR)
    return frame


closure = table("select descendant as branch, valid_from as tie_from, least(valid_to, date '2200-01-01') as tie_to from org_closure where ancestor = '%s'" % unit)
orgs = days(table("select code, name, level, type, parent, valid_from, valid_to from org_version"), "valid_to")
people = table("""
    select distinct on (code) code as member, name, sex::text as sex, born, ethnicity::text as ethnicity, religion::text as religion, schooling::text as schooling,
        qualification::text as qualification, occupation::text as occupation, joined, youth
    from member order by code, valid_from desc""")
memberships = days(table("select member, branch, valid_from, valid_to, reason_in::text as reason_in, reason_out::text as reason_out from membership"), "valid_to")
admissions = table("select member, branch, date, readmission, local from admission")
officials = table("select member, valid_from as official_from, least(valid_to, date '2200-01-01') as official_to from official_span where valid_from > '1900-01-01'")
meetings = table("select branch, date, kind::text as kind, due, present from meeting")
ratings = table("select org as branch, year, grade::text as grade from rating")
villages = days(table("select code, name, commune, valid_from, valid_to from village"), "valid_to")
services = days(table("select branch, village, valid_from, valid_to from service"), "valid_to")
posts = days(table("select member, post::text as post, place, valid_from, valid_to from post"), "valid_to")
inspections = table("select org as branch, date from inspection")
decisions = table("select decision, date, unit as branch, role::text as role, form::text as form from restructuring")


def under(frame, day):
    """Rows whose branch stood under the unit on the day; a column or a day."""
    joined = frame.merge(closure, on="branch")
    at = joined[day] if isinstance(day, str) else day
    return joined[(joined.tie_from <= at) & (joined.tie_to > at)]


def on(day):
    held = memberships[(memberships.valid_from <= day) & (memberships.valid_to > day)]
    listed = under(held, day).merge(people, on="member", how="left")
    return listed.sort_values(["branch", "name"])


eve = (pd.Timestamp(first) - pd.Timedelta(days=1)).date()
members, opening = on(last), on(eve)
named = officials[(officials.official_from <= last) & (officials.official_to > last)].member
flows_in = under(memberships[(memberships.valid_from >= first) & (memberships.valid_from <= last)], "valid_from").merge(people, on="member")
flows_out = under(memberships[(memberships.valid_to >= first) & (memberships.valid_to <= last)].assign(eve=lambda one: one.valid_to), "valid_from").merge(people, on="member")
admitted = under(admissions[(admissions.date >= first) & (admissions.date <= last)], "date").merge(people, on="member")
standing = orgs[(orgs.valid_from <= last) & (orgs.valid_to > last)].rename(columns={"code": "branch"}).merge(closure, on="branch")
met = under(meetings[(meetings.date >= first) & (meetings.date <= last)], "date").merge(standing[["branch", "name"]].drop_duplicates("branch"), on="branch", how="left")
held = villages[(villages.valid_from <= last) & (villages.valid_to > last)]
linked = services[(services.valid_from <= last) & (services.valid_to > last)].merge(standing[["branch", "name"]].drop_duplicates("branch"), on="branch")
heads = posts[(posts.valid_from <= last) & (posts.valid_to > last)]

lists = {
    "Tổ chức cơ sở đảng": standing[standing.parent == unit],
    "Chi bộ": standing[standing.level.str.startswith("Chi bộ")],
    "Đảng viên": members,
    "Chính thức": members[members.member.isin(named)],
    "Dự bị": members[~members.member.isin(named)],
    "Nữ": members[members.sex == "Nữ"],
    "Dân tộc": members[members.ethnicity != "Kinh"],
    "Tôn giáo": members[members.religion.notna()],
    "Đoàn viên": members[members.youth],
    "Kết nạp": admitted,
    "Kết nạp nữ": admitted[admitted.sex == "Nữ"],
    "Kết nạp dân tộc": admitted[admitted.ethnicity != "Kinh"],
    "Kết nạp tại chỗ": admitted[admitted.local],
    "Kết nạp lại": admitted[admitted.readmission],
    "Đầu kỳ": opening,
    "Cuối kỳ": members,
    "Bản": held,
    "Bản có chi bộ": held[held.code.isin(linked.village)],
    "Chi bộ - bản": linked,
    "Chức vụ": heads,
    "Họp": met[met.kind == "Thường kỳ"],
    "Chuyên đề": met[met.kind == "Chuyên đề"],
    "Kiểm tra": under(inspections[(inspections.date >= first) & (inspections.date <= last)], "date"),
    "Sắp xếp": under(decisions[(decisions.date >= first) & (decisions.date <= last)], "date"),
}
for reason, rows in flows_in.groupby("reason_in"):
    lists[f"Vào {reason}"] = rows
for reason, rows in flows_out.groupby("reason_out"):
    lists[f"Ra {reason}"] = rows
for (year, grade), rows in ratings[(ratings.year >= first.year) & (ratings.year <= last.year)].groupby(["year", "grade"]):
    lists[f"{year} {grade}"] = rows

total = 0
with pd.ExcelWriter(os.path.join(folder, "pandas.xlsx"), engine="openpyxl", date_format="dd/mm/yyyy") as book:
    pd.DataFrame({"Chỉ tiêu": list(lists), "Số": [len(rows) for rows in lists.values()]}).to_excel(book, sheet_name="Tổng hợp", index=False)
    for name, rows in lists.items():
        rows.drop(columns=["tie_from", "tie_to"], errors="ignore").to_excel(book, sheet_name="".join(letter for letter in name if letter not in "[]:*?/\\")[:31], index=False)
        total += len(rows)
print(f"{time.perf_counter() - begun:.3f} {total}")
