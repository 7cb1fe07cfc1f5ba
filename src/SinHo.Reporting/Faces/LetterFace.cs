using SinHo.Reporting.Faces.Papers;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>A report as a letter for Word, to be edited: the layout of 36-HD/VPTW, the words and the tables. The same report gives the same bytes.</summary>
public static class LetterFace
{
    /// <param name="issue">Null for a draft.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Report report, Issue? issue, string path, CancellationToken cancel) =>
        WrittenFile.Save(path, file => LetterPrinter.Print(PaperOf.Make(report, issue), file, cancel));

    /// <inheritdoc cref="ListFace.Write"/>
    public static void WriteList(FigureList list, string? filter, string path, CancellationToken cancel) =>
        WrittenFile.Save(path, file => LetterPrinter.Print(PaperOf.Make(list, filter), file, cancel));
}
