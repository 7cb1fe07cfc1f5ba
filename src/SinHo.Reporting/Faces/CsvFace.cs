using System.Globalization;
using System.Text;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>Figures, or the rows of a list, for other programs and for Excel in Vietnamese: UTF-8 with a byte order mark, ";" between fields, lines end in CR LF.</summary>
public static class CsvFace
{
    private static readonly UTF8Encoding Marked = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>One line per figure or cell of a form: code, caption, value. Numbers are written with a point and without groups; what has no value stays empty.</summary>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Report report, string path) => Save(path, Lines(report));

    /// <summary>The captions of the columns, then the rows. Days are written dd/MM/yyyy.</summary>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void WriteList(Figure figure, string path) => Save(path, figure.Evidence.Rows()
        .Select(row => row.Select(Written)).Prepend(figure.Evidence.Columns.Select(column => column.Caption)));

    private static IEnumerable<IEnumerable<string>> Lines(Report report)
    {
        yield return ["code", "caption", "value"];
        foreach (var group in report.Groups)
        {
            foreach (var figure in group.Figures)
                yield return [figure.Code, figure.Caption, Written(figure.Value)];
            foreach (var rate in group.Rates)
                yield return [rate.Code, rate.Caption, Written(rate.Value)];
        }
        foreach (var row in report.Form?.Rows ?? [])
        {
            foreach (var (column, cell) in report.Form!.Columns.Zip(row.Cells))
                yield return [$"{row.Code}.{column.Code}", $"{row.Caption} - {column.Caption}", Written(cell.Value)];
        }
    }

    internal static string Written(object? value) => value switch
    {
        null => "",
        DateOnly day => Vietnamese.Day(day),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    internal static void WriteLines(IEnumerable<IEnumerable<string>> lines, string path) => Save(path, lines);

    private static void Save(string path, IEnumerable<IEnumerable<string>> lines) => WrittenFile.Save(path, file =>
    {
        using var text = new StreamWriter(file, Marked, leaveOpen: true);
        foreach (var line in lines)
            text.Write(string.Join(';', line.Select(Quoted)) + "\r\n");
    });

    /// <summary>A field as it stands between two ";".</summary>
    internal static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(";\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
