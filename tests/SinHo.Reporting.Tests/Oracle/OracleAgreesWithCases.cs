using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests;

/// <summary>The second calculation must itself agree with the cases that an independent program worked out.</summary>
public sealed class OracleAgreesWithCases
{
    public static TheoryData<string> Cases => [.. KnownCases.Names, .. KnownCases.NamesInTime];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Figures_their_evidence_and_the_official_forms(string name)
    {
        var register = CaseWorkbook.Read(KnownCases.WorkbookOf(name));
        var differences = new List<string>();
        foreach (var answer in KnownCases.Answers(name, "expected").Where(answer => !answer.IsRefused))
        {
            var map = MapOf(register, answer);
            var figures = Oracle.Figures(register, answer.Unit, answer.From, answer.To, answer.FewMemberMax, map);
            differences.AddRange(answer.Figures.Where(figure => figures.GetValueOrDefault(figure.Code)?.Value != figure.Value)
                .Select(figure => $"{answer}: {figure.Code} is {figures.GetValueOrDefault(figure.Code)?.Value}, expected {figure.Value}"));
            differences.AddRange(answer.Evidence.Where(rows => !figures[rows.Code].Evidence.SequenceEqual(rows.Keys)).Select(rows => $"{answer}: evidence of {rows.Code} differs"));
            if (answer.Bridge is { } bridge && !Oracle.Bridge(register, answer.Unit, answer.From, answer.To, map!).SequenceEqual(bridge))
                differences.Add($"{answer}: bridge is [{string.Join(", ", Oracle.Bridge(register, answer.Unit, answer.From, answer.To, map!))}], expected [{string.Join(", ", bridge)}]");
        }
        foreach (var answer in KnownCases.Answers(name, "forms"))
        {
            var rows = Oracle.Form(answer.Report, register, answer.Unit, answer.From, answer.To, MapOf(register, answer)).ToDictionary(row => row.Code, row => row.Values);
            var wasThere = answer.OnMap || Enumerable.Range(0, answer.To.DayNumber - answer.From.DayNumber + 1).All(day => register.OrgOn(answer.Unit, answer.From.AddYears(-1).AddDays(day)) is not null);
            differences.AddRange(answer.Cells.Where(cell => (wasThere || cell.Column == "now") && !KnownAnswer.AreNear(rows[cell.Row][cell.Column], cell.Value))
                .Select(cell => $"{answer}: {cell.Row}.{cell.Column} is {rows[cell.Row][cell.Column]}, expected {cell.Value}"));
        }

        Assert.Empty(differences);
    }

    private static TodaysMap? MapOf(RegisterModel register, KnownAnswer answer) => answer.OnMap ? TodaysMap.For(register, answer.Unit, answer.To) : null;
}
