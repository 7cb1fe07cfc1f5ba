using System.Globalization;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Tests.Support;

using FormRow = SinHo.Reporting.Figures.FormRow;

/// <summary>Invented forms of the two shapes, made without a database: lines compared with last year, and two tables side by side.</summary>
public static class SampleForm
{
    private static readonly Period Year = Period.Year(2019);

    public static IReadOnlyList<Chart> Charts { get; } =
    [
        new(ChartKind.Line, "Số đảng viên cuối tháng, 07/2015 - 06/2020", "Tháng", "đảng viên",
            [.. Enumerable.Range(0, 60).Select(month => new ChartPoint(new DateOnly(2015, 7, 1).AddMonths(month).ToString("MM/yyyy", CultureInfo.InvariantCulture), 3514 + month * 6 + month % 5))]),
        new(ChartKind.Column, "Kết nạp đảng viên từng năm", "Năm", "người", [.. Enumerable.Range(2015, 6).Select(year => new ChartPoint($"{year}", 100 + year % 7 * 15))]),
        new(ChartKind.Bar, "Đảng viên theo dân tộc, có đến 30/06/2020", "Dân tộc", "người", [new("Kinh", 710), new("Thái", 905), new("Mông", 1203), new("Dao", 640), new("Khơ Mú", 44), new("Lự", 96)]),
        new(ChartKind.Column, "Đảng viên theo tuổi, có đến 30/06/2020", "Tuổi", "người", [new("18-30", 911), new("31-35", 702), new("36-40", 640), new("Trên 60", 402)]),
    ];

    public static Report Compared()
    {
        List<FormRow> rows =
        [
            Row("A", "A", "Tổng số đảng viên cuối kỳ trước chuyển sang", RowLook.Head, 0, 120, null),
            Row("B", "B", "Đảng viên tăng trong kỳ", RowLook.Head, 0, 4, 0),
            Row("B1", "1", "Kết nạp", RowLook.Main, 1, 4, 0),
            Row("B2", "2", "Chuyển đến", RowLook.Main, 1, 0, 0),
            Row("B2a", "a", "Tỉnh khác chuyển đến", RowLook.Detail, 2, 0, 0),
            Row("B_internal", "", "Nội bộ huyện", RowLook.Main, 1, 0, 0) with { Printed = false },
            new("C_of", "", "Trong đó:", RowLook.Note, 1, Printed: true, []),
            Row("C3p", "-", "Đảng viên dự bị", RowLook.Detail, 2, 3, 2),
            new("age_mean", "", "Tuổi bình quân", RowLook.Main, 1, Printed: true,
                [new(CellKind.Computed, 41.5m, null, 1), new(CellKind.Computed, null, null, 1), new(CellKind.Blank, null, null)]),
        ];
        return Form("form-1", "Biểu số 1-BTCTW", "THỐNG KÊ TĂNG, GIẢM ĐẢNG VIÊN", new(
            [new("now", "Kỳ này", "2", 0), new("last", "Cùng kỳ năm trước", "3", 0), new("pct", "(%)", "4(=2*100/3)", 1)], rows, [[.. rows.Select(row => row.Code)]]));
    }

    public static Report Halves()
    {
        List<FormRow> rows =
        [
            .. Enumerable.Range(1, 5).Select(number => new FormRow($"eth_{number}", $"{number}", $"Dân tộc {number}", RowLook.Main, 0, Printed: true,
                [Counted($"eth_{number}.total", number), Counted($"eth_{number}.female", 0), new(CellKind.Computed, 95.78m, null, 2)])),
        ];
        return Form("form-4", "Biểu số 4-BTCTW", "THỐNG KÊ ĐẢNG VIÊN CHIA THEO DÂN TỘC", new(
            [new("total", "Tổng số", "3", 0), new("female", "Trong đó: nữ", "4", 0), new("share", "Tỷ lệ (%)", "5", 2)], rows, [["eth_1", "eth_2", "eth_3"], ["eth_4", "eth_5"]]));
    }

    private static Report Form(string name, string number, string title, FormTable table) => SampleReport.Create(parts: 0) with
    {
        Name = name,
        Template = Path.Combine(AppContext.BaseDirectory, "reports", name, "2021", "template.xlsx"),
        Title = title,
        Edition = new("2021", number, "Hướng dẫn 11-HD/BTCTW", "Người", ""),
        Period = Year,
        Groups = [],
        Breakdown = new("", [], [], []),
        Narrative = [],
        Form = table,
    };

    private static FormRow Row(string code, string mark, string caption, RowLook look, int indent, int now, int? last) => new(code, mark, caption, look, indent, Printed: true,
    [
        Counted($"{code}.now", now),
        last is { } value ? Counted($"{code}.last", value) : new(CellKind.Unknown, null, null),
        new(CellKind.Computed, last is null or 0 ? null : decimal.Round(now * 100m / last.Value, 1), null, 1),
    ]);

    private static FormCell Counted(string code, int value) => new(CellKind.Counted, value, SampleReport.Counted(code, $"Số liệu {code}", value, Year));
}
