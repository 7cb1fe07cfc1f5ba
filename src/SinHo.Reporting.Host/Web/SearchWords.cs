using SinHo.Reporting.Reports;

namespace SinHo.Reporting.Host.Web;

/// <summary>How hits of the search are told to a reader.</summary>
public static class SearchWords
{
    public static string Kind(FoundKind kind) => kind switch
    {
        FoundKind.Person => "Đảng viên",
        FoundKind.Unit => "Tổ chức",
        FoundKind.Village => "Bản, khu phố",
        FoundKind.Decision => "Quyết định",
        FoundKind.Import => "Lần nhập",
        _ => "Báo cáo đã lập",
    };

    /// <summary>The code by which people know it; empty where the name says it, or only machines do.</summary>
    public static string Code(Found hit) => hit.Kind is FoundKind.Decision or FoundKind.Report ? "" : hit.Code;

    /// <summary>What stands behind the name in one line.</summary>
    public static string Beside(Found hit) => string.Join(" · ", ((string?[])
    [
        Code(hit), hit.Former is null ? null : $"tên khác: {hit.Former}", hit.Detail, hit.Rank == FoundRank.SoundsLike ? "đọc gần giống" : null,
    ]).Where(part => !string.IsNullOrEmpty(part)));
}
