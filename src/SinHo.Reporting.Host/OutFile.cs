namespace SinHo.Reporting.Host;

/// <summary>What --out asks for, by the ending of the file. Source: docs/spec, command line.</summary>
public static class OutFile
{
    /// <returns>Whether it is a CSV file; else it is an Excel workbook.</returns>
    /// <exception cref="UsageException">The program writes no such files.</exception>
    public static bool IsCsv(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xlsx" => false,
        ".csv" => true,
        ".docx" or ".pdf" => throw new UsageException($"--out {path}: chưa ghi được tệp {Path.GetExtension(path)}; hãy nêu tệp .xlsx hoặc .csv."),
        "" => throw new UsageException($"--out {path}: tên tệp phải có đuôi .xlsx hoặc .csv."),
        var ending => throw new UsageException($"--out {path}: không ghi loại tệp “{ending}”; hãy nêu tệp .xlsx hoặc .csv."),
    };
}
