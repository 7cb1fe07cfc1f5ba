using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>An exchange workbook written line by line: cells stand between bars in the order of the sheet's columns, Xóa last.</summary>
internal sealed class RegisterFile : IRegisterSource
{
    private readonly Dictionary<SheetDefinition, List<object?[]>> _rows = [];
    private readonly Dictionary<SheetDefinition, List<string?>> _captions = [];
    private readonly List<SourceSheet> _strangers = [];

    /// <summary>A few rows of every sheet but Mã cũ that break no rule and call for no warning. Row numbers in tests refer to this.</summary>
    public static RegisterFile Sound() => new RegisterFile()
        .Add(ExchangeWorkbook.Terms, "2015-2020|01/07/2015|30/06/2020")
        .Add(ExchangeWorkbook.Organisations,
            "SH|Đảng bộ huyện|Đảng bộ huyện|Khác||01/01/2000|",
            "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|01/01/2000|",
            "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|",
            "SH.B2|Chi bộ bản 2|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|")
        .Add(ExchangeWorkbook.Villages, "V1|Bản Một|Bản|SH.X|01/01/2000|")
        .Add(ExchangeWorkbook.Services, "SH.B1|V1|01/01/2000|")
        .Add(ExchangeWorkbook.Members,
            "1||Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||",
            "2||Vàng B|Nữ|15/03/1990|Mông|||19/05/2016|19/05/2017|||Tiểu học||||Khác||||",
            "3||Sùng C|Nam|03/1975|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác||||")
        .Add(ExchangeWorkbook.Admissions, "2|19/05/2016|45-QĐ|05/05/2016|19/05/2017|SH.B1||Có|Khác|Tiểu học||")
        .Add(ExchangeWorkbook.Memberships,
            "1|SH.B1|01/01/2015||Đầu kỳ||",
            "2|SH.B1|19/05/2016||Kết nạp||",
            "3|SH.B2|01/01/2015|01/01/2018|Đầu kỳ|Chuyển nội bộ|",
            "3|SH.B1|01/01/2018||Chuyển nội bộ||26-NQ/TW")
        .Add(ExchangeWorkbook.Posts, "1|Trưởng bản|V1|01/01/2015|", "1|Bí thư chi bộ|SH.B1|01/01/2015|")
        .Add(ExchangeWorkbook.Restructurings, "12-QĐ|01/01/2018|Sáp nhập||SH.B2|Trước", "12-QĐ|01/01/2018|Sáp nhập||SH.B1|Sau")
        .Add(ExchangeWorkbook.Ratings, "2019|SH.X|Hoàn thành nhiệm vụ")
        .Add(ExchangeWorkbook.Meetings, "SH.B1|05/03/2017|Thường kỳ|3|3")
        .Add(ExchangeWorkbook.Assignments, "1|SH.B2|Đảng ủy viên|01/01/2016|")
        .Add(ExchangeWorkbook.Inspections, "8-KH|SH.X|12/04/2017|Kiểm tra||");

    public RegisterFile Add(SheetDefinition sheet, params string[] lines)
    {
        foreach (var line in lines)
            Row(sheet, [.. line.Split('|').Select(cell => cell.Length == 0 ? null : cell)]);
        return this;
    }

    public RegisterFile Row(SheetDefinition sheet, params object?[] cells)
    {
        if (!_rows.TryGetValue(sheet, out var rows))
        {
            _rows[sheet] = rows = [];
            _captions[sheet] = [.. sheet.Columns.Select(column => column.Caption), SheetDefinition.RemoveCaption];
        }
        var whole = new object?[sheet.Columns.Count + 1];
        cells.CopyTo(whole, 0);
        rows.Add(whole);
        return this;
    }

    /// <summary>Removes the stored row with the key of this line.</summary>
    public RegisterFile Remove(SheetDefinition sheet, string line)
    {
        Add(sheet, line);
        _rows[sheet][^1][^1] = "x";
        return this;
    }

    public RegisterFile Set(SheetDefinition sheet, int row, string key, object? cell)
    {
        _rows[sheet][row - 2][sheet.IndexOf(key)] = cell;
        return this;
    }

    /// <summary>Takes the line out; the ones below move up.</summary>
    public RegisterFile Drop(SheetDefinition sheet, int row)
    {
        _rows[sheet].RemoveAt(row - 2);
        return this;
    }

    public RegisterFile Caption(SheetDefinition sheet, string key, string? caption)
    {
        _captions[sheet][sheet.IndexOf(key)] = caption;
        return this;
    }

    public RegisterFile Stranger(string name, params string[] captions)
    {
        _strangers.Add(new(name, captions, []));
        return this;
    }

    public IEnumerable<SourceSheet> Sheets() =>
    [
        .. _rows.Select(sheet => new SourceSheet(
            sheet.Key.Name, _captions[sheet.Key], sheet.Value.Select((cells, index) => new SourceRow(index + 2, cells)))),
        .. _strangers,
    ];
}
