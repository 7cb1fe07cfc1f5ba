using System.Globalization;
using System.Text.Json;
using Xunit;

namespace SinHo.Reporting.Tests;

/// <summary>The second calculation must itself agree with the cases that an independent program worked out.</summary>
public sealed class OracleAgreesWithCases
{
    private static readonly Dictionary<string, Lazy<RegisterModel>> _registers = new[] { "small", "district", "busy" }
        .ToDictionary(name => name, name => new Lazy<RegisterModel>(() => CaseWorkbook.Read(SharedCases.WorkbookOf(name))));

    [Theory]
    [InlineData("small")]
    [InlineData("district")]
    [InlineData("busy")]
    public void Figures_and_their_evidence(string name)
    {
        var differences = new List<string>();
        using var answers = SharedCases.Answers(name, "expected");
        foreach (var ask in answers.RootElement.EnumerateArray())
        {
            var question = Question.Of(ask);
            var figures = Oracle.Figures(
                _registers[name].Value, question.Unit, question.From, question.To, ask.GetProperty("few_member_max").GetInt32());
            foreach (var figure in ask.GetProperty("figures").EnumerateObject())
            {
                var value = figures.GetValueOrDefault(figure.Name)?.Value;
                if (value != figure.Value.GetInt32())
                    differences.Add($"{question}: {figure.Name} is {value}, expected {figure.Value}");
            }

            if (!ask.TryGetProperty("evidence", out var evidence))
                continue;
            foreach (var rows in evidence.EnumerateObject())
            {
                var expected = rows.Value.EnumerateArray().Select(row => row.GetString()!);
                if (!figures[rows.Name].Evidence.SequenceEqual(expected))
                    differences.Add($"{question}: evidence of {rows.Name} differs");
            }
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("district")]
    public void Official_forms(string name)
    {
        var differences = new List<string>();
        using var answers = SharedCases.Answers(name, "forms");
        foreach (var ask in answers.RootElement.EnumerateArray())
        {
            var question = Question.Of(ask);
            var form = ask.GetProperty("report").GetString()!;
            var rows = Oracle.Form(form, _registers[name].Value, question.Unit, question.From, question.To)
                .ToDictionary(row => row.Code, row => row.Values);
            foreach (var row in ask.GetProperty("rows").EnumerateObject())
            {
                foreach (var cell in row.Value.EnumerateObject())
                {
                    decimal? expected = cell.Value.ValueKind == JsonValueKind.Null ? null : cell.Value.GetDecimal();
                    var value = rows[row.Name][cell.Name];
                    if (!IsNear(value, expected))
                        differences.Add($"{question} {form}: {row.Name}.{cell.Name} is {value}, expected {expected}");
                }
            }
        }

        Assert.Empty(differences);
    }

    /// <summary>Counts agree exactly; the last decimal of a quotient may be rounded the other way.</summary>
    private static bool IsNear(decimal? value, decimal? expected) =>
        value == expected || (value is { } have && expected is { } want && want % 1 != 0 && Math.Abs(have - want) <= 0.01m);

    private sealed record Question(string Unit, DateOnly From, DateOnly To)
    {
        public static Question Of(JsonElement ask) => new(ask.GetProperty("unit").GetString()!, Day(ask, "from"), Day(ask, "to"));

        private static DateOnly Day(JsonElement ask, string name) =>
            DateOnly.ParseExact(ask.GetProperty(name).GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
