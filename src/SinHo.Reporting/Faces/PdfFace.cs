using SinHo.Reporting.Faces.Papers;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>A report as a PDF: what is signed. Its fonts are embedded, its headings are bookmarks, and the same report gives the same bytes.</summary>
public static class PdfFace
{
    /// <param name="issue">Null for a draft.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Report report, Issue? issue, string path, CancellationToken cancel) =>
        WrittenFile.Save(path, file => PdfPrinter.Print(PaperOf.Make(report, issue), file, cancel));

    /// <inheritdoc cref="ListFace.Write"/>
    public static void WriteList(FigureList list, string? filter, string path, CancellationToken cancel) =>
        WrittenFile.Save(path, file => PdfPrinter.Print(PaperOf.Make(list, filter), file, cancel));
}
