using System.Globalization;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>Turns report.yaml files into definitions: reports/NAME/report.yaml, or reports/NAME/EDITION/report.yaml.</summary>
internal sealed class ReportReader(DefinitionFiles files)
{
    public List<ReportDefinition> Read(string folder)
    {
        var found = Directory.GetFiles(folder, "report.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (File: file, Place: Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar))).ToList();
        var reports = new List<(ReportDefinition Definition, ReportFile Parsed)>();
        foreach (var (file, place) in found)
        {
            if (place.Length > 2)
                files.Fault(file, "báo cáo chỉ được nằm trong reports/TÊN hoặc reports/TÊN/MẪU.");
            else if (files.Parse<ReportFile>(file) is { } parsed)
                reports.Add((Report(place[0], place.ElementAtOrDefault(1) ?? "", file, parsed), parsed));
        }
        // An identity may speak of rows of any form, so all are read before.
        reports = [.. reports.Select(report => report.Parsed.RowsOf is { } other ? (WithRowsOf(report.Definition, reports.Find(one => one.Definition.Name == other && one.Parsed.Like is null).Definition), report.Parsed) : report)];
        var forms = reports.Select(report => report.Definition).ToLookup(report => report.Name, report => report.Form);
        var whole = reports.Where(report => report.Parsed.Like is null).Select(report => report.Definition with
        {
            Identities = [.. (report.Parsed.RowsOf is { } other ? reports.Where(one => one.Definition.Name == other).SelectMany(one => one.Parsed.Identities).Concat(report.Parsed.Identities) : report.Parsed.Identities).Select(pair => IdentityOf(report.Definition, pair.Key, pair.Value, forms)).OfType<Identity>()],
        }).ToList();
        return [.. reports.Select(report => report.Parsed.Like is not { } code
            ? whole.Find(one => one.File == report.Definition.File)
            : InOtherWords(report.Definition, report.Parsed, whole.Find(one => one.Name == report.Definition.Name && one.Edition.Printed.Code == code))).OfType<ReportDefinition>()];
    }

    /// <summary>The rows of another report in columns of its own.</summary>
    private ReportDefinition WithRowsOf(ReportDefinition own, ReportDefinition? other)
    {
        if (other?.Form is { } form && own.Form is { Rows.Count: 0 } columns)
            return own with { Form = columns with { Figure = form.Figure, Rows = form.Rows, HiddenRows = form.HiddenRows, Halves = form.Halves, Optional = form.Optional } };
        files.Fault(own.File, "rows_of", "rows_of: nêu tên một báo cáo có rows, và báo cáo này chỉ có columns.");
        return own;
    }

    /// <summary>An edition that repeats another: its rows, columns and looks, its own dates, notices and words.</summary>
    private ReportDefinition? InOtherWords(ReportDefinition own, ReportFile parsed, ReportDefinition? other)
    {
        if (parsed.Columns.Count + parsed.Rows.Count + parsed.HiddenRows.Count + parsed.Groups.Count + parsed.Identities.Count > 0)
            files.Fault(own.File, "like", "like: mẫu lặp lại một mẫu khác thì chỉ được nêu title, edition, notices và words.");
        if (other is null)
        {
            files.Fault(own.File, "like", $"like: báo cáo {own.Name} không có mẫu gốc “{parsed.Like}”.");
            return null;
        }
        string Said(string text) => parsed.Words.OrderByDescending(pair => pair.Key.Length).Aggregate(text, (said, pair) => said.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
        return other with
        {
            File = own.File,
            Template = File.Exists(own.Template) ? own.Template : other.Template,
            Letter = File.Exists(own.Letter) ? own.Letter : other.Letter,
            Title = own.Title,
            Edition = own.Edition,
            Like = parsed.Like,
            PartsCaption = Said(other.PartsCaption),
            Breakdown = [.. other.Breakdown.Select(group => new BreakdownGroup(Said(group.Caption), [.. group.Columns.Select(column => column with { Caption = Said(column.Caption) })]))],
            Narrative = [.. other.Narrative.Select(Said)],
            Notices = [.. own.Notices, .. other.Notices.Select(Said)],
            Identities = [.. other.Identities.Select(identity => identity with { Says = Said(identity.Says) })],
            Form = other.Form is not { } form ? null : form with
            {
                Columns = [.. form.Columns.Select(column => column with { Caption = Said(column.Caption) })],
                Rows = [.. form.Rows.Select(row => row with { Caption = Said(row.Caption) })],
                HiddenRows = [.. form.HiddenRows.Select(row => row with { Caption = Said(row.Caption) })],
            },
        };
    }

    private ReportDefinition Report(string name, string edition, string file, ReportFile parsed) =>
        new()
        {
            Name = name,
            File = file,
            Template = Path.Combine(Path.GetDirectoryName(file)!, "template.xlsx"),
            Letter = Path.Combine(Path.GetDirectoryName(file)!, "letter.docx"),
            Title = parsed.Title,
            Edition = Edition(file, edition, parsed.Edition),
            Roles = parsed.Roles,
            InAll = parsed.InAll,
            Periods = parsed.Periods.Count == 0 ? ReportJudge.Kinds : parsed.Periods,
            Groups = [.. parsed.Groups.Select(group => new GroupDefinition(group.Caption, group.Yearly, [.. group.Figures.Select(Line)]) { Rates = [.. group.Rates.Select(pair => Rate(file, pair.Key, pair.Value)).OfType<RateDefinition>()] })],
            PartsCaption = parsed.Parts,
            Breakdown = [.. parsed.Breakdown.Select(group => new BreakdownGroup(group.Caption, [.. group.Columns.Select(pair => new BreakdownEntry(pair.Key, pair.Value))]))],
            Narrative = parsed.Narrative,
            Notices = parsed.Notices,
            Charts = [.. parsed.Charts.Select(Chart)],
            Identities = [],
            Form = parsed.Columns.Count + parsed.Rows.Count == 0 ? null : Form(file, parsed),
        };

    private EditionDefinition Edition(string file, string code, EditionFile? parsed)
    {
        if (parsed is null)
            return EditionDefinition.None with { Printed = new(code, "", "", "") };
        return new(
            new(code, parsed.Number, parsed.Basis, parsed.CountedIn, parsed.Deadline),
            Day(file, "from", parsed.From),
            Day(file, "until", parsed.Until));
    }

    private DateOnly? Day(string file, string key, string? text)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        files.Fault(file, key, $"{key}: “{text}” không phải là ngày dạng yyyy-MM-dd.");
        return null;
    }

    private static ChartDefinition Chart(ChartFile parsed) => new()
    {
        Kind = parsed.Kind,
        Caption = parsed.Caption,
        Category = parsed.Category,
        Columns = parsed is { Row: { } row, Columns: { } columns, Count: null, Rows: null } ? new(row, columns) : null,
        // One of the two: with both, or with neither, the judge refuses the chart.
        Figure = parsed is { Rows: null, Row: null } && parsed.Each is "month" or "year" ? parsed.Count : null,
        Each = parsed.Each == "month" ? Cycle.Monthly : Cycle.Yearly,
        Last = parsed.Last,
        Rows = parsed is { Rows: { } rows, Count: null } ? ChartJudge.Read(rows) : null,
    };

    private RateDefinition? Rate(string file, string code, RateFile parsed)
    {
        if (parsed is { Value: { } value, Ratio: null })
            return new(code, parsed.Caption, parsed.Indent, parsed.Decimals, RateValue.Read(value.Trim()), null);
        if (parsed.Value is null && Ratio(file, code, $"dòng {code}: ratio", parsed.Ratio, '/', "admissions / plan_admissions.number") is { } ratio)
            return new(code, parsed.Caption, parsed.Indent, parsed.Decimals, RateValue.Read(ratio.Over), RateValue.Read(ratio.Under));
        files.Fault(file, code, $"dòng {code}: nêu value hoặc ratio, một trong hai.");
        return null;
    }

    /// <summary>A line is a code; leading dashes indent it: "- commune_committees" stands under the line before.</summary>
    private static LineDefinition Line(string text)
    {
        var code = text.TrimStart('-', ' ');
        return new(code, text.Count(letter => letter == '-'));
    }

    private Identity? IdentityOf(ReportDefinition report, string code, IdentityFile parsed, ILookup<string, FormDefinition?> forms)
    {
        try
        {
            return new Formula(report.Form, forms).Read(code, parsed.Says, parsed.Holds);
        }
        catch (FormatException problem)
        {
            files.Fault(report.File, code, $"đẳng thức {code} không đọc được: “{parsed.Holds}”; {problem.Message}.");
            return null;
        }
    }

    private FormDefinition Form(string file, ReportFile parsed)
    {
        var rows = parsed.Rows.Select(pair => Row(file, pair.Key, pair.Value)).ToList();
        return new()
        {
            Figure = parsed.Count,
            Columns = [.. parsed.Columns.Select(pair => Column(file, pair.Key, pair.Value))],
            Rows = rows,
            HiddenRows = [.. parsed.HiddenRows.Select(pair => Row(file, pair.Key, pair.Value))],
            Halves = parsed.Halves.Count == 0
                ? [[.. rows.Select(row => row.Code)]]
                : [.. parsed.Halves.Select(half => Half(file, half, rows))],
            Optional = [.. parsed.Optional.Select(pair => new OptionalLines(pair.Key, pair.Value.Below, DayOfYear(file, pair.Key, pair.Value.On)))],
            FiguresColumn = parsed.Figures,
            RowsByCommune = RowsByCommune(file, parsed),
        };
    }

    private bool RowsByCommune(string file, ReportFile parsed)
    {
        if (parsed.RowsBy is null)
            return false;
        if (parsed.RowsBy != "communes")
            files.Fault(file, "rows_by", $"rows_by: không có “{parsed.RowsBy}”; chỉ có communes.");
        if (parsed.Rows.Count > 0)
            files.Fault(file, "rows_by", "rows_by: mỗi xã một dòng, nên không nêu thêm rows.");
        return true;
    }

    private Ratio? Ratio(string file, string code, string what, string? written, char sign, string example)
    {
        var ratio = written?.Split(sign, StringSplitOptions.TrimEntries);
        if (ratio is { Length: 2 })
            return new(ratio[0], ratio[1]);
        if (ratio is not null)
            files.Fault(file, code, $"{what} phải có dạng “{example}”.");
        return null;
    }

    private FormColumnDefinition Column(string file, string code, FormColumnFile parsed)
    {
        ColumnPeriod? period = parsed.Period switch
        {
            null => ColumnPeriod.This,
            "last_year" => ColumnPeriod.LastYear,
            "year_to_date" => ColumnPeriod.YearToDate,
            "last_year_to_date" => ColumnPeriod.LastYearToDate,
            "term_start" => ColumnPeriod.TermStart,
            ['y', 'e', 'a', 'r', '_', >= '1' and <= '9'] => ColumnPeriod.YearOfPeriod,
            _ => null,
        };
        if (period is null)
            files.Fault(file, code, $"cột {code}: không có kỳ “{parsed.Period}”; chỉ có last_year, year_to_date, last_year_to_date, term_start và year_1 … year_9 (năm thứ mấy kết thúc trong kỳ).");
        return new(
            code, parsed.Caption, parsed.Number, parsed.Decimals, period ?? ColumnPeriod.This, parsed.Count, Where(file, code, parsed.Where),
            Ratio(file, code, $"cột {code}: ratio", parsed.Ratio, '/', "now / last"), parsed.Share)
        {
            Nth = period == ColumnPeriod.YearOfPeriod ? parsed.Period![^1] - '0' : 0,
            Difference = Ratio(file, code, $"cột {code}: difference", parsed.Difference, '-', "now - last"),
        };
    }

    private FormRowDefinition Row(string file, string code, FormRowFile? parsed) => parsed is null ? new() { Code = code } : new()
    {
        Code = code,
        Mark = parsed.Mark,
        Caption = parsed.Caption,
        Look = parsed.Look,
        Indent = parsed.Indent,
        Figure = parsed.Count,
        Where = Where(file, code, parsed.Where),
        Mean = parsed.Mean,
        Sum = parsed.Sum,
        Decimals = parsed.Decimals,
        Blank = parsed.Blank,
        Whole = parsed.Whole,
        Optional = parsed.Optional,
        Ratio = Ratio(file, code, $"dòng {code}: ratio", parsed.Ratio, '/', "admissions / members"),
        Months = parsed.Months,
        Only = parsed.Only,
        EmptyAtZero = parsed.EmptyAtZero,
    };

    private Condition Where(string file, string key, Dictionary<string, object?> parsed)
    {
        var tests = new List<Test>();
        foreach (var (column, value) in parsed)
        {
            if (WhereReader.Read(column, value) is { } test)
                tests.Add(test);
            else
                files.Fault(file, key, $"{key}: điều kiện của {column} không đọc được; dùng một giá trị, [danh sách], {{ not: [danh sách] }}, từ..đến, null hoặc {{ not: null }}.");
        }
        return new(tests);
    }

    private List<string> Half(string file, string text, List<FormRowDefinition> rows)
    {
        if (Formula.Range(text, rows) is { } codes)
            return codes;
        files.Fault(file, "halves", $"halves: “{text}” phải nêu hai mã dòng của biểu theo thứ tự, ví dụ eth_1..eth_28.");
        return [];
    }

    private (int Month, int Day)? DayOfYear(string file, string key, string? text)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact($"2000-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day.Month, day.Day);
        files.Fault(file, key, $"{key}: “{text}” không phải là ngày dạng MM-dd.");
        return null;
    }
}
