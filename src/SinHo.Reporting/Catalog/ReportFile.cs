using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

#pragma warning disable CA1812 // Made by YamlDotNet.
/// <summary>A report.yaml as written.</summary>
internal sealed record ReportFile
{
    public required string Title { get; init; }
    public EditionFile? Edition { get; init; }
    /// <summary>The edition that this one is but for its dates, notices and words; it then says nothing else.</summary>
    public string? Like { get; init; }
    /// <summary>With like: words of captions and sentences, and what is printed instead.</summary>
    public Dictionary<string, string> Words { get; init; } = [];
    public List<string> Roles { get; init; } = [];
    /// <summary>Kinds of period that the report is made for; all where it says none.</summary>
    public List<string> Periods { get; init; } = [];
    public List<string> InAll { get; init; } = [];
    public List<GroupFile> Groups { get; init; } = [];
    public string Parts { get; init; } = "Tổ chức cơ sở đảng";
    public List<BreakdownFile> Breakdown { get; init; } = [];
    public List<string> Narrative { get; init; } = [];
    public List<string> Notices { get; init; } = [];
    public List<ChartFile> Charts { get; init; } = [];
    public Dictionary<string, IdentityFile> Identities { get; init; } = [];

    // A form: `columns` and `rows`, and what a cell counts where neither says.
    public string? Count { get; init; }
    public Dictionary<string, FormColumnFile> Columns { get; init; } = [];
    public Dictionary<string, FormRowFile> Rows { get; init; } = [];
    public Dictionary<string, FormRowFile> HiddenRows { get; init; } = [];
    public List<string> Halves { get; init; } = [];
    public Dictionary<string, OptionalFile> Optional { get; init; } = [];

    /// <summary>The column whose cells are figures under the codes of their rows.</summary>
    public string? Figures { get; init; }

    /// <summary>Name of a report whose rows and identities it has, in columns of its own.</summary>
    public string? RowsOf { get; init; }

    /// <summary>communes: one row for each commune committee of the unit, and their sum; the form then has no rows of its own.</summary>
    public string? RowsBy { get; init; }
}

internal sealed record EditionFile
{
    public required string Number { get; init; }
    public required string Basis { get; init; }
    public string CountedIn { get; init; } = "";
    public string Deadline { get; init; } = "";
    public string? From { get; init; }
    public string? Until { get; init; }
}

internal sealed record GroupFile
{
    public required string Caption { get; init; }
    public bool Yearly { get; init; }
    public List<string> Figures { get; init; } = [];

    /// <summary>By code, what stands beneath the figures and has no rows of its own: percents, numbers of plans, what was before.</summary>
    public Dictionary<string, RateFile> Rates { get; init; } = [];
}

internal sealed record RateFile
{
    public required string Caption { get; init; }
    public int Indent { get; init; }

    /// <summary>A figure; with ".COLUMN" the sum of a column over its rows; with "@before" of the days before: plan_admissions.number, members@before.</summary>
    public string? Value { get; init; }

    /// <summary>Percent that one such value is of another.</summary>
    public string? Ratio { get; init; }
    public int Decimals { get; init; }
}

internal sealed record BreakdownFile
{
    public required string Caption { get; init; }
    public required Dictionary<string, string> Columns { get; init; }
}

internal sealed record ChartFile
{
    public required ChartKind Kind { get; init; }
    public required string Caption { get; init; }
    public required string Category { get; init; }
    public string? Count { get; init; }
    public string? Each { get; init; }
    public int? Last { get; init; }
    public string? Rows { get; init; }

    /// <summary>With columns: the row of this report that is drawn.</summary>
    public string? Row { get; init; }

    /// <summary>FIRST..LAST of its columns, a point each.</summary>
    public string? Columns { get; init; }
}

internal sealed record IdentityFile
{
    public required string Says { get; init; }
    public required string Holds { get; init; }
}

internal sealed record FormColumnFile
{
    public required string Caption { get; init; }
    public string Number { get; init; } = "";
    public int Decimals { get; init; }
    public string? Period { get; init; }
    public string? Count { get; init; }
    public Dictionary<string, object?> Where { get; init; } = [];
    public string? Ratio { get; init; }
    public string? Share { get; init; }

    /// <summary>What one column has more than another: c1 - c1_start.</summary>
    public string? Difference { get; init; }
}

internal sealed record FormRowFile
{
    public string Mark { get; init; } = "";
    public string Caption { get; init; } = "";
    public RowLook Look { get; init; } = RowLook.Main;
    public int Indent { get; init; }
    public string? Count { get; init; }
    public Dictionary<string, object?> Where { get; init; } = [];
    public string? Mean { get; init; }
    public string? Sum { get; init; }
    public int Decimals { get; init; }
    public bool Blank { get; init; }
    public string? Whole { get; init; }
    public string? Optional { get; init; }

    /// <summary>Percent that one row is of another: admissions / plan_admissions.</summary>
    public string? Ratio { get; init; }

    /// <summary>Only in a period of so many months.</summary>
    public int? Months { get; init; }

    /// <summary>Columns in which alone it says something; all where it names none.</summary>
    public List<string> Only { get; init; } = [];

    /// <summary>0 says that there is nothing to tell, and is left empty.</summary>
    public bool EmptyAtZero { get; init; }
}

internal sealed record OptionalFile
{
    public string? Below { get; init; }
    public string? On { get; init; }
}
#pragma warning restore CA1812
