using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>The files that a report is given as.</summary>
public enum FileKind
{
    /// <summary>Tables, with the rows behind them.</summary>
    Workbook,

    /// <summary>For Word: the letter, to be edited.</summary>
    Letter,

    /// <summary>What is signed.</summary>
    Pdf,

    /// <summary>For other programs.</summary>
    Csv,
}

/// <summary>One report, whichever file is asked for.</summary>
public static class FileKinds
{
    /// <summary>".xlsx", ".docx", ".pdf", ".csv".</summary>
    public static string Ending(FileKind kind) => kind switch
    {
        FileKind.Letter => ".docx",
        FileKind.Pdf => ".pdf",
        FileKind.Csv => ".csv",
        _ => ".xlsx",
    };

    /// <param name="format">"xlsx": an ending without its dot.</param>
    /// <returns>Null where reports are given as no such file.</returns>
    public static FileKind? Of(string format) => Enum.GetValues<FileKind>().Cast<FileKind?>().FirstOrDefault(kind => Ending(kind!.Value) == $".{format}");

    /// <summary>What a browser is told of it.</summary>
    public static string MediaType(FileKind kind) => kind switch
    {
        FileKind.Letter => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileKind.Pdf => "application/pdf",
        FileKind.Csv => "text/csv; charset=utf-8",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <param name="issue">Null for a draft.</param>
    /// <inheritdoc cref="WorkbookFace.Write"/>
    public static void Write(FileKind kind, Report report, Issue? issue, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        using var span = Spans.Begin(Spans.Writing);
        switch (kind)
        {
            case FileKind.Letter:
                LetterFace.Write(report, issue, path, cancel);
                break;
            case FileKind.Pdf:
                PdfFace.Write(report, issue, path, cancel);
                break;
            case FileKind.Csv:
                CsvFace.Write(report, path);
                break;
            default:
                WorkbookFace.Write(report, path, progress, cancel, issue);
                break;
        }
    }

    /// <inheritdoc cref="ListFace.Write"/>
    public static void WriteList(FileKind kind, FigureList list, string? filter, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        using var span = Spans.Begin(Spans.Writing);
        switch (kind)
        {
            case FileKind.Letter:
                LetterFace.WriteList(list, filter, path, cancel);
                break;
            case FileKind.Pdf:
                PdfFace.WriteList(list, filter, path, cancel);
                break;
            case FileKind.Csv:
                CsvFace.WriteList(list.Figure, path);
                break;
            default:
                ListFace.Write(list, filter, path, progress, cancel);
                break;
        }
    }
}
