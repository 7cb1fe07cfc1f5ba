using System.Globalization;
using SinHo.Reporting.Events;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>What moved one of the counted, or may have.</summary>
/// <param name="Kind">"late", "correction", "definition", "map" or "setting".</param>
/// <param name="Import">Number of the import; null where no entry did it.</param>
/// <param name="Row">Row of its file, or place of its form; null where it is not known.</param>
/// <param name="Sheet">Sheet of the file, or event of the form.</param>
/// <param name="At">Null where nobody knows.</param>
public sealed record Cause(string Kind, long? Import, int? Row, string? Sheet, string? By, DateTimeOffset? At, string? Reason)
{
    /// <summary>For readers.</summary>
    public string KindName => Kind switch
    {
        "late" => "nhập muộn",
        "correction" => "sửa sai",
        "definition" => "đổi định nghĩa",
        "map" => "đổi bản đồ",
        _ => "đổi thiết lập",
    };

    /// <summary>For readers: sheet and row of a workbook; what a form was called, where the entry came by one.</summary>
    public string? PlaceName => Sheet is null ? null
        : EventKind.All.FirstOrDefault(kind => kind.Name == Sheet) is { } kind ? $"“{kind.Caption}”"
        : Row is { } row ? $"{Sheet} hàng {Vietnamese.Number(row)}" : Sheet;
}

/// <summary>One that came into a figure since it was signed, or went out of it.</summary>
/// <param name="Key">Code of the thing counted.</param>
/// <param name="Causes">All entries since that wrote of it, the newest first; never empty.</param>
public sealed record MovedRow(string Key, string? Name, IReadOnlyList<Cause> Causes);

/// <summary>A signed figure that is another one now. For counts Before + In - Out = Now.</summary>
/// <param name="Code">"closing"; "B1.now" of a form.</param>
/// <param name="Now">Null where there is no such figure any more.</param>
public sealed record SinceSigned(string Code, string Caption, decimal? Before, decimal? Now, IReadOnlyList<MovedRow> In, IReadOnlyList<MovedRow> Out)
{
    public static string Text(decimal? value) => value?.ToString("#,##0.##", CultureInfo.GetCultureInfo("vi-VN")) ?? "-";
}

/// <param name="WhyNotAsked">Why the question cannot be asked any more; null where it was.</param>
public sealed record Changes(SignedReport Report, IReadOnlyList<SinceSigned> Figures, string? WhyNotAsked);
