using SinHo.Reporting.Words;

namespace SinHo.Reporting.Figures;

/// <summary>
/// A finished report: every number with the rows behind it, read in one snapshot. Faces show it and ask nothing more.
/// Dispose it to drop long evidence that was spooled to disk.
/// </summary>
public sealed record Report : IDisposable
{
    /// <summary>Folder of reports/ that defines it, e.g. "term".</summary>
    public required string Name { get; init; }

    /// <summary>Title as printed, upper case, without the period: "BÁO CÁO THỐNG KÊ NHIỆM KỲ …".</summary>
    public required string Title { get; init; }

    /// <summary>The same as it is read in a sentence: "Báo cáo thống kê …".</summary>
    public required string Subject { get; init; }

    /// <summary>File with the look of its front page; see Templates/ReportTemplate.</summary>
    public required string Template { get; init; }

    /// <summary>File with the board's own letter for Word; null where it has none. See Templates/LetterTemplate.</summary>
    public string? Letter { get; init; }

    /// <summary>What it answers.</summary>
    public required FileQuestion Question { get; init; }

    public required Letterhead Letterhead { get; init; }
    public required ReportUnit Unit { get; init; }
    public required Period Period { get; init; }

    /// <summary>Settings that decided a figure, e.g. few_member_max = 5.</summary>
    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>All figures in the order of the report, in the groups under which they are printed.</summary>
    public required IReadOnlyList<FigureGroup> Groups { get; init; }

    /// <summary>Groups of which a line is printed.</summary>
    public IEnumerable<FigureGroup> PrintedGroups => Groups.Where(group => group.Figures.Count > 0 || group.Printed.Any());

    public Edition Edition { get; init; } = new("", "", "", "");

    /// <summary>The table of an official form; null for a report of groups.</summary>
    public FormTable? Form { get; init; }

    /// <summary>Sentences for the first page: what the reader must know to read the numbers rightly.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The last day that the register speaks of; null while it is empty. Source: docs/spec, figures, Units in time.</summary>
    public DateOnly? DataUntil { get; init; }

    /// <summary>A sentence in red: the period goes on after the register has ended; null where it does not.</summary>
    public string? BeyondData => DataUntil is { } until && Period.To > until
        ? $"CHÚ Ý: sổ đăng ký mới ghi đến hết ngày {Vietnamese.Day(until)}; số liệu của kỳ này chưa gồm những gì xảy ra sau ngày đó."
        : null;

    /// <summary>The day by whose units everything is counted; null where each row goes by the units of its own day.</summary>
    public DateOnly? MapDay { get; init; }

    /// <summary>On a map: what each organisation of that time gave. Empty without one.</summary>
    public IReadOnlyList<BridgeRow> Bridge { get; init; } = [];

    /// <summary>On a map: branches that were split, of which the unit has something. Empty without one.</summary>
    public IReadOnlyList<SplitBranch> Splits { get; init; } = [];

    /// <summary>False: the rows behind the figures were not asked for, and every list is empty whatever its figure says.</summary>
    public bool HasEvidence { get; init; } = true;

    public required Breakdown Breakdown { get; init; }

    /// <summary>The villages of each commune, for a report that has a row for each; empty for all others.</summary>
    public IReadOnlyList<VillageSquares> Squares { get; init; } = [];

    /// <summary>The same villages one by one, with what they were on the first day of the term, those that are gone too.</summary>
    public IReadOnlyList<VillageChange> Villages { get; init; } = [];

    /// <summary>The first day of the term; null where none is known.</summary>
    public DateOnly? VillagesSince { get; init; }

    /// <summary>Drawn on a sheet of their own; empty for most reports.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    public required IReadOnlyList<Paragraph> Narrative { get; init; }
    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>Its identities, over the codes of its own figures.</summary>
    public IReadOnlyList<Linear> Statements { get; init; } = [];

    /// <summary>The last import that the snapshot held; no part of a file.</summary>
    public long LastImport { get; init; }

    /// <summary>When the snapshot was taken; no part of a file.</summary>
    public required DateTimeOffset SnapshotAt { get; init; }

    /// <summary>Which server showed the snapshot, and how far its log went; no part of a file.</summary>
    public LogPosition? SnapshotPosition { get; init; }

    public required string ProgramVersion { get; init; }

    /// <summary>Those of the groups, then those of the form.</summary>
    public IEnumerable<Figure> Figures => Groups.SelectMany(group => group.Figures)
        .Concat(Form is null ? [] : Form.Rows.SelectMany(row => row.Cells).Select(cell => cell.Figure).OfType<Figure>());

    public void Dispose()
    {
        foreach (var figure in Figures)
            figure.Evidence.Dispose();
    }
}

/// <summary>The lines at the head and foot of a document (docs/spec/statistics.md 4.2). Empty strings are not printed.</summary>
/// <param name="Superior">Left, above the issuer: who stands above, and the committee whose office issues; lines apart by a line break, the highest first.</param>
/// <param name="Issuer">Left, beneath, bold: the committee or the office that issues.</param>
/// <param name="Place">Place of the place-and-date line, e.g. "Sìn Hồ"; empty where nobody at or above the unit is a place.</param>
/// <param name="Compiler">Heading of the left signature block.</param>
/// <param name="Signer">Heading of the right signature block.</param>
public sealed record Letterhead(string Superior, string Issuer, string Place, string Compiler, string Signer);

/// <summary>What the grassroots organisation that stood nearest above, on the day counted, gave to a figure on today's map.</summary>
/// <param name="Unit">Its code; empty where none stood.</param>
public sealed record BridgeRow(string Unit, string Name, string Figure, string Caption, int Value);

/// <summary>A branch that was split before the map day: all that it had is counted in one of its successors.</summary>
/// <param name="Day">The first day on which it was no more.</param>
/// <param name="Successors">What it was split into, apart by "; ".</param>
/// <param name="Becomes">Where it is counted; empty where that is outside today's map.</param>
public sealed record SplitBranch(string Code, string Name, DateOnly Day, string Successors, string Becomes);

/// <summary>The unit reported on, as it was called on the last day of the period (or on the last day it held within it).</summary>
public sealed record ReportUnit(string Code, string Name, string Level, string Role)
{
    /// <summary>A committee of a commune, ward, township or special zone: villages belong to these.</summary>
    public bool IsCommune { get; init; }
}

/// <param name="Code">Name of the setting in definitions, e.g. "few_member_max".</param>
/// <param name="Caption">What it decides, in words for the reader.</param>
/// <param name="Value">The value this report was made with.</param>
public sealed record Setting(string Code, string Caption, int Value);

public sealed record FigureGroup(string Caption, IReadOnlyList<Figure> Figures)
{
    /// <summary>Lines beneath the figures that have no rows of their own.</summary>
    public IReadOnlyList<Rate> Rates { get; init; } = [];

    /// <summary>Lines that have a basis: the others are not printed.</summary>
    public IEnumerable<Rate> Printed => Rates.Where(rate => rate.Value is not null);
}

/// <summary>A number worked out from figures: a percent, the number of a plan, what was before.</summary>
/// <param name="CountedIn">"%", or what its figure is counted in.</param>
/// <param name="When">The days that it is about, as they are printed.</param>
/// <param name="Rule">What is divided by what; empty for a number that is no percent.</param>
/// <param name="Value">Null where there is no basis.</param>
public sealed record Rate(string Code, string Caption, int Indent, string CountedIn, string When, string Rule, decimal? Value, int Decimals);

/// <summary>One number and the rows it counts.</summary>
public sealed record Figure
{
    /// <summary>Code of docs/spec/figures.md; a yearly figure carries its year: "rated_good_2016".</summary>
    public required string Code { get; init; }

    public required string Caption { get; init; }

    /// <summary>A caption for narrow places, of whole words; the usual one where it has none.</summary>
    public string ShortCaption { get; init; } = "";

    /// <summary>Steps of indentation under the group: 0 for a main line, 1 for a "trong đó" line.</summary>
    public int Indent { get; init; }

    /// <summary>What one row is: "tổ chức", "chi bộ", "người", "lượt", "cuộc"…</summary>
    public required string CountedIn { get; init; }

    /// <summary>True: as of a day, see <see cref="AsOf"/>; false: within <see cref="Period"/>.</summary>
    public required bool IsStock { get; init; }

    /// <summary>True: the day is the one before <see cref="Period"/>.</summary>
    public bool IsOpening { get; init; }

    /// <summary>The day at whose end a stock was counted; null for what happened within the period.</summary>
    public DateOnly? AsOf => !IsStock ? null : IsOpening ? Period.From.AddDays(-1) : Period.To;

    /// <summary>The period the figure was counted for: that of the report, or one year of it.</summary>
    public required Period Period { get; init; }

    /// <summary>The rule in a few words.</summary>
    public required string Rule { get; init; }

    /// <summary>The full definition: what counts, which dates, which setting, the rule behind it.</summary>
    public required string Meaning { get; init; }

    public required int Value { get; init; }

    /// <summary>As many rows as <see cref="Value"/> says.</summary>
    public required Evidence Evidence { get; init; }
}

/// <summary>A figure that was asked for by itself, for its rows.</summary>
/// <param name="MapDay">As <see cref="Report.MapDay"/>.</param>
public sealed record FigureList(ReportUnit Unit, Letterhead Letterhead, DateOnly? MapDay, Figure Figure, FileQuestion Question)
{
    /// <summary>As <see cref="Report.SnapshotPosition"/>.</summary>
    public LogPosition? SnapshotPosition { get; init; }
}

public enum EvidenceKind
{
    Text,
    Date,
    Number,

    /// <summary>A day of birth as it is known: DateOnly, or a text where only its month or year is: "7/1964", "1964".</summary>
    Birth,
}

/// <summary>What the code in a column names, so that a page can open it.</summary>
public enum Named
{
    /// <summary>Nothing that has a page.</summary>
    None,
    Person,
    Village,
    Unit,
}

/// <summary>One column of a table of evidence; values are string, DateOnly, int or null.</summary>
/// <param name="Width">Width in characters that fits usual values.</param>
public sealed record EvidenceColumn(string Key, string Caption, EvidenceKind Kind, int Width)
{
    public Named Names { get; init; }

    /// <summary>Of every list: the code of the grassroots organisation in which the row stood on the day counted.</summary>
    public static EvidenceColumn GrassrootsCode { get; } = new("grassroots_code", "Mã TCCSĐ", EvidenceKind.Text, 12);

    /// <summary>Of the lists of a unit whose parts are branches: the code of the part in which the row stood.</summary>
    public static EvidenceColumn PartCode { get; } = new("part_code", "Mã đơn vị", EvidenceKind.Text, 14);
}

/// <summary>The rows behind a figure. The first column is the code of the thing counted. Names sort as Vietnamese sorts.</summary>
public sealed class Evidence(IReadOnlyList<EvidenceColumn> columns, IEvidenceRows rows) : IDisposable
{
    public IReadOnlyList<EvidenceColumn> Columns => columns;

    public int Count => rows.Count;

    /// <summary>The rows, streamed; may be asked for more than once.</summary>
    public IEnumerable<object?[]> Rows() => rows.Read();

    public void Dispose() => rows.Dispose();
}

/// <summary>Rows of evidence, kept in memory when few and in a temporary file when many.</summary>
public interface IEvidenceRows : IDisposable
{
    int Count { get; }

    IEnumerable<object?[]> Read();
}

/// <summary>
/// The figures of the unit by its parts: a stock by the part that stood nearest above on the last day, a flow by the part that stood nearest above on the
/// day counted. The unit's own value is the total.
/// </summary>
/// <param name="PartsCaption">What a part is: "Tổ chức cơ sở đảng", "Chi bộ".</param>
/// <param name="Columns">Figures shown, in groups by <see cref="BreakdownColumn.Group"/>.</param>
/// <param name="Rows">One per part, in the order of codes; empty where the unit has no parts.</param>
/// <param name="Total">The unit's own value per column.</param>
/// <param name="Outside">What stood in no part, per column; null where nothing did.</param>
public sealed record Breakdown(
    string PartsCaption, IReadOnlyList<BreakdownColumn> Columns, IReadOnlyList<BreakdownRow> Rows, IReadOnlyList<int> Total, IReadOnlyList<int>? Outside = null)
{
    /// <summary>The name of the row of <see cref="Outside"/>.</summary>
    public const string OutsideCaption = "ngoài các đơn vị";
}

/// <param name="FigureCode">Code of the figure counted in the column; "B1.month" for a cell of a form.</param>
/// <param name="Caption">Short head of the column.</param>
/// <param name="Group">Head over a run of columns.</param>
/// <param name="Additive">True: the parts and what stood in none add up to the total. False: a thing may be counted in several, and they are not compared.</param>
/// <param name="Period">The period the column is counted for: that of the report, or the year up to its end.</param>
public sealed record BreakdownColumn(string FigureCode, string Caption, string Group, bool Additive, Period Period);

public sealed record BreakdownRow(string Code, string Name, IReadOnlyList<int> Values);

/// <summary>One paragraph of the narrative; numbers are citations of figures, never typed.</summary>
public sealed record Paragraph(IReadOnlyList<TextPiece> Pieces)
{
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <param name="Text">The words, or the number as a Vietnamese reader writes it ("3.882").</param>
/// <param name="FigureCode">The figure cited; null where the piece is plain words.</param>
public sealed record TextPiece(string Text, string? FigureCode);

/// <summary>A statement that must hold, and whether it does.</summary>
/// <param name="Code">Machine name, e.g. "movement_balance".</param>
/// <param name="Caption">The statement in words.</param>
/// <param name="Ok">Whether it held.</param>
/// <param name="Detail">The numbers compared; where it failed, where and by how much.</param>
/// <param name="Times">How often it was proved: once per unit and column to which it applies; 0 where it applied nowhere.</param>
/// <param name="List">The rows that it is about, to be opened; null where there are none.</param>
public sealed record Check(string Code, string Caption, bool Ok, string Detail, int Times = 1, CheckList? List = null)
{
    /// <summary>Of a check that names people: what a paper without people says. Null where nobody is named.</summary>
    public string? WithoutPeople { get; init; }

    /// <summary>It is about the lists that come with the figures, not about the figures.</summary>
    public bool IsOfLists { get; init; }
}

/// <summary>A list of the unit: rows of a figure from one day to another, both included.</summary>
public sealed record CheckList(string Figure, DateOnly From, DateOnly To);
