using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>What an import did, or would have done. Refused: every count is 0 and the register is as it was.</summary>
/// <param name="Import">Its number, by which it is found in the trail; null where nothing was written.</param>
public sealed record ImportOutcome(
    bool Accepted, IReadOnlyList<SheetOutcome> Sheets, IReadOnlyList<ImportIssue> Errors, IReadOnlyList<ImportIssue> Warnings, long? Import)
{
    /// <summary>Every value that it changes, by sheet and row; null where nobody asked, or it was refused.</summary>
    public IReadOnlyList<ImportChange>? Changes { get; init; }

    /// <summary>
    /// People of whom a file without Từ ngày corrected the latest version, which is not their only one: as it was wrong on all days it holds,
    /// not as it changed in life.
    /// </summary>
    public int CorrectedLatest { get; init; }

    /// <summary><see cref="CorrectedLatest"/> for a reader.</summary>
    public static string CorrectedLatestText(int people) =>
        $"Trang Đảng viên không có cột Từ ngày nên sửa dòng mới nhất của {Vietnamese.Number(people)} người có nhiều dòng: giá trị mới tính cho mọi ngày dòng đó có hiệu lực; muốn ghi thay đổi từ một ngày, hãy thêm cột Từ ngày.";

    /// <summary>All errors, also those that are not listed.</summary>
    public int ErrorCount { get; init; }

    /// <summary>All warnings, also those that are not listed.</summary>
    public int WarningCount { get; init; }
}

/// <summary>Rows of one sheet by what became of them.</summary>
public sealed record SheetOutcome(string Sheet, int Added, int Changed, int Unchanged, int Removed);

/// <param name="FileName">Name of the file, for the trail.</param>
/// <param name="Sha256">Its hash, lower-case hex; empty for generated registers.</param>
/// <param name="Actor">Who imports.</param>
/// <param name="DryRun">Judge everything, keep nothing.</param>
/// <param name="MendNames">Names typed in TCVN3 or VNI are stored as what they say.</param>
public sealed record ImportRequest(string FileName, string Sha256, string Actor, bool DryRun, bool MendNames = false)
{
    /// <summary>Why, where somebody says so; kept with the import.</summary>
    public string? Reason { get; init; }

    /// <summary>The head has accepted what is written on days that he has closed. Source: sql/import/locked_period.sql.</summary>
    public bool Unlocked { get; init; }

    /// <summary>Whether the outcome lists every change.</summary>
    public bool WithChanges { get; init; }

    /// <summary>Units for whose subtrees alone may be written; empty for the whole register. Source: sql/import/outside_scope.sql.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];
}
