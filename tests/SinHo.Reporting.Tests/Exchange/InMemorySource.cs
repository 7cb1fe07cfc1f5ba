using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>A source written in a test: the first row of each sheet holds the captions.</summary>
internal sealed class InMemorySource : IRegisterSource
{
    private readonly List<SourceSheet> sheets = [];

    public InMemorySource With(string name, params object?[][] rows)
    {
        var captions = rows.Length == 0 ? [] : rows[0].Select(cell => cell as string).ToList();
        sheets.Add(new(name, captions, [.. rows.Skip(1).Select((cells, index) => new SourceRow(index + 2, cells))]));
        return this;
    }

    public IEnumerable<SourceSheet> Sheets() => sheets;
}
