using System.Globalization;

namespace SinHo.Reporting.Benchmarks;

internal static class Table
{
    /// <summary>A table in Markdown; numbers of rows as 1,234 and measured ones with one decimal.</summary>
    public static void Print(string title, IReadOnlyList<string> captions, IEnumerable<IReadOnlyList<object>> rows)
    {
        Console.WriteLine($"### {title}\n");
        Console.WriteLine(Line(captions));
        Console.WriteLine(Line(captions.Select(_ => "---:")));
        foreach (var row in rows)
            Console.WriteLine(Line(row.Select(Text)));
        Console.WriteLine();
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Text(object value) => value switch
    {
        double measured => measured.ToString("#,0.0", CultureInfo.InvariantCulture),
        IFormattable count => count.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
