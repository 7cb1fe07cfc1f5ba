using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Signing;

/// <summary>The formats that a report is issued in.</summary>
public static class Papers
{
    public static IReadOnlyList<string> Formats { get; } = ["xlsx", "csv"];

    /// <summary>Writes a report in the format that the ending of the path names.</summary>
    /// <exception cref="SigningRefusedException">There is no such format.</exception>
    public static void Write(Report report, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        switch (Path.GetExtension(path))
        {
            case ".xlsx":
                WorkbookFace.Write(report, path, progress, cancel);
                break;
            case ".csv":
                CsvFace.Write(report, path);
                break;
            default:
                throw new SigningRefusedException("not_ours", $"Không ký tệp {Path.GetExtension(path)}; các dạng: {string.Join(", ", Formats)}.");
        }
    }

    public static string MediaType(string format) => format switch
    {
        "xlsx" => StoredFiles.Workbook,
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf" => "application/pdf",
        _ => StoredFiles.Csv,
    };
}
