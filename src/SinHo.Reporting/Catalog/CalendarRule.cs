using System.Globalization;
using SinHo.Reporting.Access;
using SinHo.Reporting.Figures;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SinHo.Reporting.Catalog;

/// <summary>How often an obligation of the board comes back.</summary>
public enum CalendarPace
{
    Month,
    Half,
    Year,
}

/// <summary>
/// One obligation of the board's year: NAME.yaml in sql/calendar says what it is and when, NAME.sql beside it, where there is one, how far it is done
/// (@unit, @from, @to): done, wanted.
/// </summary>
public sealed class CalendarRule
{
    /// <summary>The name of its files.</summary>
    [YamlIgnore]
    public string Name { get; init; } = "";

    /// <summary>Null where nothing in the register says how far it is done.</summary>
    [YamlIgnore]
    public string? Sql { get; init; }

    /// <summary>Its place among those of one day.</summary>
    public int Place { get; init; }

    /// <summary>With {period}, {year} and {to}.</summary>
    public string Caption { get; init; } = "";

    public string Meaning { get; init; } = "";

    /// <summary>It is about each month, half or year; not where it has dates.</summary>
    public CalendarPace Every { get; init; }

    /// <summary>Days after the last of what it is about, on which it is due.</summary>
    public int After { get; init; }

    /// <summary>MM-dd: days of each year on which it is due; each is about the days since the one before.</summary>
    public IList<string> Dates { get; init; } = [];

    /// <summary>Figures that say how much there is to do, in the days that it is about.</summary>
    public IList<string> Figures { get; init; } = [];

    /// <summary>It is there only where one of the figures is more than 0.</summary>
    public bool IfAny { get; init; }

    /// <summary>What the number done is called.</summary>
    public string Done { get; init; } = "";

    /// <summary>What is to be done; empty where its figures lead there.</summary>
    public string Action { get; init; } = "";

    /// <summary>Where: with {unit}, {year}, {from} and {to}.</summary>
    public string Address { get; init; } = "";

    /// <summary>Reports that it asks for, for what it is about.</summary>
    public IList<string> Reports { get; init; } = [];

    /// <summary>Who may do it; everybody sees that it is due.</summary>
    public Right Right { get; init; } = Right.SeeFigures;

    /// <summary>The kind of what is due (sql/due) under which it waits when its day has come; empty for none.</summary>
    public string Waits { get; init; } = "";

    /// <summary>Those of the running program, in their order.</summary>
    public static IReadOnlyList<CalendarRule> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "sql", "calendar"));

    /// <summary>What it is about and when it is due, of those that are due in the year.</summary>
    public IEnumerable<(Period About, DateOnly Due)> In(int year) => Dates.Count > 0
        ? Dates.Select((_, index) => (new Period((index == 0 ? Day(year - 1, ^1) : Day(year, index - 1)).AddDays(1), Day(year, index)), Day(year, index)))
        : Periods(year - 1).Concat(Periods(year)).Select(about => (about, about.To.AddDays(After))).Where(one => one.Item2.Year == year);

    /// <summary>The day on which a report on the period is due; null where no rule asks for it.</summary>
    public static DateOnly? DueOf(string report, Period period) => All.Where(rule => rule.Reports.Contains(report))
        .SelectMany(rule => rule.In(period.To.Year).Concat(rule.In(period.To.Year + 1)))
        .Where(one => one.About.From == period.From && one.About.To == period.To).Select(one => (DateOnly?)one.Due).Min();

    /// <exception cref="YamlDotNet.Core.YamlException">A key that nobody knows, or no YAML.</exception>
    public static IReadOnlyList<CalendarRule> Read(string folder)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        return
        [
            .. Directory.GetFiles(folder, "*.yaml").Select(file =>
            {
                var said = reader.Deserialize<CalendarRule>(File.ReadAllText(file));
                var sql = Path.ChangeExtension(file, ".sql");
                return new CalendarRule
                {
                    Name = Path.GetFileNameWithoutExtension(file),
                    Sql = File.Exists(sql) ? File.ReadAllText(sql) : null,
                    Place = said.Place,
                    Caption = said.Caption,
                    Meaning = said.Meaning,
                    Every = said.Every,
                    After = said.After,
                    Dates = said.Dates,
                    Figures = said.Figures,
                    IfAny = said.IfAny,
                    Done = said.Done,
                    Action = said.Action,
                    Address = said.Address,
                    Reports = said.Reports,
                    Right = said.Right,
                    Waits = said.Waits,
                };
            }).OrderBy(rule => rule.Place),
        ];
    }

    private IEnumerable<Period> Periods(int year) => Every switch
    {
        CalendarPace.Month => Enumerable.Range(1, 12).Select(month => Period.Month(year, month)),
        CalendarPace.Half => Enumerable.Range(1, 2).Select(half => Period.Half(year, half)),
        _ => [Period.Year(year)],
    };

    private DateOnly Day(int year, Index index) =>
        DateOnly.ParseExact(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{Dates[index.GetOffset(Dates.Count)]}"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
