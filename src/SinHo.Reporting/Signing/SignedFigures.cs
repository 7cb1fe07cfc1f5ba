using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>The period of signed figures.</summary>
public sealed record FigurePeriod(DateOnly From, DateOnly To, string Name);

/// <summary>One number of a signed report.</summary>
/// <param name="Code">"closing"; "B1.now" of a form.</param>
/// <param name="Kind">See <see cref="SignedFigures"/>.</param>
/// <param name="Value">Null where there is none to print.</param>
public sealed record SignedFigure(string Code, string Caption, string CountedIn, string Kind, decimal? Value);

/// <summary>
/// The numbers of a signed report for the register above: no name, no row. It is the file NUMBER….json of a set that is sent. Format: docs/spec/command-line.md, Several registers.
/// </summary>
public sealed record SignedFigures
{
    public const string Known = "sinho-signed-figures-1";

    /// <summary>Of a file.</summary>
    public const string Ending = ".json";

    public const string Counted = "counted";
    public const string Computed = "computed";
    public const string Blank = "blank";

    /// <summary>No basis: printed "-".</summary>
    public const string Unknown = "unknown";

    private const int LongestText = 1_000;

    /// <summary>No register has so many of anything; what is larger could not be added up.</summary>
    private const decimal LargestValue = 1_000_000_000_000m;

    private static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Written = new(Shape) { WriteIndented = true };

    public required string Format { get; init; }

    public required CodeAndName Register { get; init; }

    /// <summary>The unit reported on, which is the issuing body.</summary>
    public required CodeAndName Unit { get; init; }

    public required string Report { get; init; }

    public required string Title { get; init; }

    /// <summary>Of the form; empty for a report that has one only.</summary>
    public required string Edition { get; init; }

    public required FigurePeriod Period { get; init; }

    /// <summary>The day by whose units everything was counted; null where each row goes by the units of its own day.</summary>
    public DateOnly? Map { get; init; }

    public required string Number { get; init; }

    public required DateOnly Date { get; init; }

    public required string CheckCode { get; init; }

    /// <summary>Check codes of the reports that it stands for, the latest first.</summary>
    public required IReadOnlyList<string> Replaces { get; init; }

    /// <summary>All settings that it was made with.</summary>
    public required IReadOnlyDictionary<string, int> Settings { get; init; }

    /// <summary>SHA-256 of every definition file, by its path.</summary>
    public required IReadOnlyDictionary<string, string> Definitions { get; init; }

    public required IReadOnlyList<SignedFigure> Figures { get; init; }

    /// <summary>SHA-256 of all above, as it is written.</summary>
    public required string ContentSha256 { get; init; }

    /// <param name="replaces">Check codes of the reports that it stands for, the latest first.</param>
    /// <param name="settings">Those of the register when it was signed; what the report was asked with goes before them.</param>
    public static SignedFigures Of(SignedReport report, IssuedReport issued, CodeAndName register, IReadOnlyList<string> replaces, IReadOnlyDictionary<string, int> settings)
    {
        var figures = new SignedFigures
        {
            Format = Known,
            Register = register,
            Unit = new(report.Unit, report.UnitName),
            Report = report.Report,
            Title = report.Title,
            Edition = issued.Content.Edition?.Code ?? "",
            Period = new(report.PeriodFrom, report.PeriodTo, report.PeriodName),
            Map = issued.Content.MapDay,
            Number = report.Number,
            Date = report.SignedOn,
            CheckCode = report.CheckCode,
            Replaces = replaces,
            Settings = Sorted(settings.Where(setting => issued.Settings.All(own => own.Code != setting.Key)).Concat(issued.Settings.Select(own => KeyValuePair.Create(own.Code, own.Value))).ToDictionary()),
            Definitions = Sorted(issued.Definitions),
            Figures = [.. FiguresOf(issued)],
            ContentSha256 = "",
        };
        return figures with { ContentSha256 = figures.Hash() };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Written);

    /// <returns>Null where it is no such file.</returns>
    public static SignedFigures? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedFigures>(bytes, Shape) is { Format: Known } read && read.IsWhole() ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is written is what was signed, figure by figure.</summary>
    public bool IsUnaltered() => ContentSha256 == Hash();

    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        this with { ContentSha256 = "", Settings = Sorted(Settings), Definitions = Sorted(Definitions) }, Shape)));

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values) => new(values.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Lists may hold nulls whatever their type says.</summary>
    private bool HasNulls() => ((IEnumerable<object?>)Figures).Concat(Replaces).Concat(Definitions.Values).Contains(null);

    private bool IsWhole() => !HasNulls() && Period.From <= Period.To
        && Figures.All(figure => figure.Value is null || Math.Abs(figure.Value.Value) <= LargestValue)
        && OwnRegister.IsCode(Register.Code) && OwnRegister.IsCode(Unit.Code) && Number.Length > 0 && Report.Length > 0
        && Figures.All(figure => figure.Kind is Counted or Computed or Blank or Unknown && (figure.Kind != Counted || figure.Value is not null))
        && Figures.SelectMany(figure => (string[])[figure.Code, figure.Caption, figure.CountedIn]).Concat([Register.Name, Unit.Name, Report, Title, Edition, Period.Name, Number, CheckCode]).All(IsPrintable)
        && Figures.DistinctBy(figure => figure.Code, StringComparer.Ordinal).Count() == Figures.Count;

    /// <summary>It comes from elsewhere, and goes into tables and workbooks.</summary>
    private static bool IsPrintable(string text) => text.Length <= LongestText && text.EnumerateRunes().All(letter => letter != Rune.ReplacementChar && (!Rune.IsControl(letter) || letter.Value == '\n'));

    private static IEnumerable<SignedFigure> FiguresOf(IssuedReport issued)
    {
        if (issued.Content.Form is not { } form)
        {
            return issued.Figures.DistinctBy(figure => figure.Code, StringComparer.Ordinal).Select(figure => new SignedFigure(figure.Code, figure.Caption, figure.CountedIn, Counted, figure.Value))
                .Concat((issued.Content.Rates ?? []).Select(rate => new SignedFigure(rate.Code, rate.Caption, rate.CountedIn, Computed, rate.Value)));
        }
        var counted = issued.Figures.DistinctBy(figure => figure.Code, StringComparer.Ordinal).ToDictionary(figure => figure.Code, figure => figure.CountedIn, StringComparer.Ordinal);
        return form.Rows.SelectMany(row => form.Columns.Zip(row.Cells, (column, cell) => new SignedFigure(
            $"{row.Code}.{column.Code}", form.Columns.Count == 1 ? row.Caption : $"{row.Caption} - {column.Caption}", cell.Figure is { } figure ? counted.GetValueOrDefault(figure, "") : "", KindOf(cell), cell.Value)))
            .DistinctBy(figure => figure.Code, StringComparer.Ordinal);
    }

    private static string KindOf(IssuedCell cell) => cell.Kind switch
    {
        CellKind.Counted => Counted,
        CellKind.Computed => Computed,
        CellKind.Unknown => Unknown,
        _ => Blank,
    };
}
