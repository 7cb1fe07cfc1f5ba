using System.CommandLine;
using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host;

/// <summary>The ways to name a period on the command line. Source: docs/spec/command-line.md, PERIOD.</summary>
public sealed class PeriodOptions
{
    private readonly Option<string?> term = new("--term") { Description = "Nhiệm kỳ đã có trong sổ đăng ký, ví dụ 2015-2020", HelpName = "NHIỆM KỲ" };
    private readonly Option<string?> from = new("--from") { Description = "Ngày đầu kỳ (cùng với --to), tính cả ngày đó", HelpName = "yyyy-MM-dd" };
    private readonly Option<string?> to = new("--to") { Description = "Ngày cuối kỳ, tính cả ngày đó", HelpName = "yyyy-MM-dd" };
    private readonly Option<string?> month = new("--month") { Description = "Một tháng", HelpName = "yyyy-MM" };
    private readonly Option<string?> quarter = new("--quarter") { Description = "Một quý", HelpName = "yyyy-Q1..Q4" };
    private readonly Option<string?> half = new("--half") { Description = "Sáu tháng", HelpName = "yyyy-H1, yyyy-H2" };
    private readonly Option<string?> year = new("--year") { Description = "Một năm", HelpName = "yyyy" };

    private readonly Option<string?> calendar = new("--calendar") { Description = $"Lịch chốt số liệu của tháng, quý, sáu tháng, năm (không nêu: {ReportingCalendar.Months.Code})", HelpName = "LỊCH" };

    public IEnumerable<Option> All => [term, from, to, month, quarter, half, year, calendar];

    /// <summary>Which of them names the period: "year", "month", "from"…</summary>
    public string Kind(ParseResult words) => new[] { term, from, month, quarter, half, year }.First(option => words.GetValue(option) is not null).Name.TrimStart('-');

    /// <summary>The period, and the calendar that says where its year begins.</summary>
    public async Task<(Period Period, ReportingCalendar Calendar)> ReadAsync(ParseResult words, NpgsqlDataSource database, CancellationToken cancel)
    {
        var usual = await UsualAsync(words, database, cancel);
        if (words.GetValue(calendar) is not { } code)
            return (usual, ReportingCalendar.Months);
        Cycle? cycle = Kind(words) switch
        {
            "month" => Cycle.Monthly,
            "quarter" => Cycle.Quarterly,
            "half" => Cycle.HalfYearly,
            "year" => Cycle.Yearly,
            _ => null,
        };
        if (cycle is not { } known)
            throw new UsageException("--calendar chỉ đi cùng --month, --quarter, --half hoặc --year.");
        var calendars = await new Calendars(database).ListAsync(cancel);
        var found = calendars.FirstOrDefault(one => one.Code == code)
            ?? throw new UnknownNameException($"Không có lịch “{code}”; các lịch có sẵn: {string.Join(", ", calendars.Select(one => one.Code))}.");
        return (found.PeriodsFrom(known, usual.From).First(), found);
    }

    /// <summary>A period in one word: 2019, 2019-03, 2019-Q1, 2019-H1, two days with ".." between, or the name of a term.</summary>
    public static async Task<Period> InOneWordAsync(string option, string text, NpgsqlDataSource database, CancellationToken cancel)
    {
        var asked = new Option<string?>(option) { HelpName = "yyyy, yyyy-MM, yyyy-Q1..Q4, yyyy-H1, yyyy-H2, yyyy-MM-dd..yyyy-MM-dd hoặc tên nhiệm kỳ" };
        if (text.Split("..") is [var first, var last])
        {
            var (from, to) = (Day(option, first), Day(option, last));
            return to >= from ? new(from, to) : throw new UsageException($"{option}: kỳ kết thúc ({Vietnamese.Day(to)}) trước khi bắt đầu ({Vietnamese.Day(from)}).");
        }
        return text.Split('-') switch
        {
            [{ Length: 4 } year] when year.All(char.IsAsciiDigit) => Period.Year(YearOf(asked, year)),
            [{ Length: 4 }, { Length: 2 } month] when month.All(char.IsAsciiDigit) => Parts(asked, text, '-', 1, 12, Period.Month),
            [{ Length: 4 }, ['Q' or 'q', _]] => Parts(asked, text, 'Q', 1, 4, Period.Quarter),
            [{ Length: 4 }, ['H' or 'h', _]] => Parts(asked, text, 'H', 1, 2, Period.Half),
            _ => await TermAsync(text, database, cancel),
        };
    }

    private async Task<Period> UsualAsync(ParseResult words, NpgsqlDataSource database, CancellationToken cancel)
    {
        var given = new[] { term, from, month, quarter, half, year }.Where(option => words.GetValue(option) is not null).ToList();
        if (given.Count == 0 && words.GetValue(to) is not null)
            throw new UsageException("--to cần đi cùng --from.");
        if (given.Count != 1)
        {
            throw new UsageException(given.Count == 0
                ? "Thiếu kỳ báo cáo: dùng một trong --term, --from và --to, --month, --quarter, --half, --year."
                : $"Chỉ nêu một kỳ báo cáo; đang có {string.Join(", ", given.Select(option => option.Name))}.");
        }
        if (words.GetValue(to) is not null && given[0] != from)
            throw new UsageException($"--to chỉ đi cùng --from, không đi cùng {given[0].Name}.");
        if (words.GetValue(term) is { } name)
            return await TermAsync(name, database, cancel);
        if (words.GetValue(month) is { } monthText)
            return Parts(month, monthText, '-', 1, 12, Period.Month);
        if (words.GetValue(quarter) is { } quarterText)
            return Parts(quarter, quarterText, 'Q', 1, 4, Period.Quarter);
        if (words.GetValue(half) is { } halfText)
            return Parts(half, halfText, 'H', 1, 2, Period.Half);
        if (words.GetValue(year) is { } yearText)
            return Period.Year(YearOf(year, yearText));
        return Days(words);
    }

    private Period Days(ParseResult words)
    {
        var first = Day("--from", words.GetValue(from)!);
        var last = Day("--to", words.GetValue(to) ?? throw new UsageException("--from cần đi cùng --to."));
        return last >= first ? new(first, last) : throw new UsageException(
            $"Kỳ báo cáo kết thúc ({Vietnamese.Day(last)}) trước khi bắt đầu ({Vietnamese.Day(first)}); hãy đổi --from và --to.");
    }

    /// <exception cref="UnknownNameException">The register has no such term.</exception>
    public static async Task<Period> TermAsync(string name, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var terms = (await connection.QueryAsync<(string Name, DateOnly From, DateOnly Until)>(
            new CommandDefinition("select name, valid_from, valid_until from term order by valid_from", cancellationToken: cancel))).ToList();
        var found = terms.FindIndex(term => term.Name == name.Trim());
        if (found >= 0)
            return new(terms[found].From, terms[found].Until, $"nhiệm kỳ {terms[found].Name}");
        throw new UnknownNameException(terms.Count == 0
            ? $"Không có nhiệm kỳ “{name}”: sổ đăng ký chưa có nhiệm kỳ nào (trang Nhiệm kỳ); có thể dùng --from và --to."
            : $"Không có nhiệm kỳ “{name}”; các nhiệm kỳ đã có: {string.Join(", ", terms.Select(term => term.Name))}.");
    }

    /// <summary>Of days to come there is nothing to tell. Source: docs/spec, figures, Units in time.</summary>
    public static void RefuseFuture(DateOnly from)
    {
        var today = Vietnamese.Today(Workplace.Clock.GetUtcNow());
        if (from > today)
            throw new UsageException($"Kỳ bắt đầu ngày {Vietnamese.Day(from)}, sau hôm nay ({Vietnamese.Day(today)}): chưa có gì để báo cáo; hãy nêu kỳ đã bắt đầu.");
    }

    /// <summary>A day as yyyy-MM-dd; one that is not in the calendar names the nearest that is.</summary>
    public static DateOnly Day(string option, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        var parts = text.Split('-');
        if (parts.Length == 3 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            var (inYear, inMonth, number) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
            if (inYear is >= 1 and <= 9999)
            {
                var nearMonth = Math.Clamp(inMonth, 1, 12);
                var near = new DateOnly(inYear, nearMonth, Math.Clamp(number, 1, DateTime.DaysInMonth(inYear, nearMonth)));
                throw new UsageException($"{option}: không có ngày “{text}”; ngày gần nhất là {near.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
            }
        }
        throw new UsageException($"{option}: “{text}” không phải là ngày dạng yyyy-MM-dd, ví dụ 2020-06-30.");
    }

    private static Period Parts(Option option, string text, char mark, int least, int most, Func<int, int, Period> make)
    {
        var parts = text.Split('-');
        var second = parts.Length == 2 ? parts[1].ToUpperInvariant().TrimStart(mark) : "";
        if (parts.Length != 2 || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new UsageException($"{option.Name}: “{text}” không đúng dạng {option.HelpName}.");
        var inYear = YearOf(option, parts[0]);
        if (number < least || number > most)
            throw new UsageException($"{option.Name}: “{text}” nằm ngoài {least}-{most}; gần nhất là {text[..5]}{(mark == '-' ? "" : mark)}{Math.Clamp(number, least, most).ToString(mark == '-' ? "00" : "0", CultureInfo.InvariantCulture)}.");
        return make(inYear, number);
    }

    private static int YearOf(Option option, string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2100
            ? year
            : throw new UsageException($"{option.Name}: “{text}” không phải là năm từ 1900 đến 2100.");
}
