using System.Text.RegularExpressions;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.House;

/// <summary>The worked examples of CONTRIBUTING.md work as they stand there.</summary>
public sealed partial class WorkedExamplesTests(TestCluster cluster) : IDisposable
{
    private readonly TemporaryFolder tree = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => tree.Dispose();

    [Fact]
    public async Task A_figure_and_a_form_are_added_without_a_line_of_code()
    {
        Take();
        var definitions = CatalogReader.Read(tree.Path);
        await using var register = await TestRegister.SoundAsync(cluster);
        Assert.Empty(await DefinitionCheck.RunAsync(register.Database, definitions, Cancel));
        await register.AcceptAsync(new RegisterFile().Add(ExchangeWorkbook.Inspections, "9-KH|SH.B1|05/05/2017|Giám sát||"));

        using var report = await new ReportBuilder(register.Database, definitions).BuildAsync(
            new("inspections", "SH", Period.Year(2017), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true), progress: null, Cancel);

        Assert.Equal([2m, 1m], report.Form!.Rows.Select(row => row.Cells[0].Value));
        Assert.All(report.Checks, check => Assert.True(check.Ok, check.Caption));
    }

    [Fact]
    public async Task An_import_rule_gives_its_faults_at_the_door_of_all_rules()
    {
        Take();
        var rules = tree.File("sql/import");
        // A name needs a line of C#; in the place of another rule it is asked like any other.
        File.Move(Path.Combine(rules, "inspection_before_founding.sql"), Path.Combine(rules, $"{IssueCode.SmallFounding}.sql"), overwrite: true);
        await using var register = await TestRegister.SoundAsync(cluster);
        Assert.Empty(await new ImportCheck(register.Database, rules).RunAsync(Cancel));

        var outcome = await new RegisterImport(register.Database, rules).RunAsync(
            new RegisterFile().Add(ExchangeWorkbook.Inspections, "9-KH|SH.B1|05/05/1999|Giám sát||", "9-KH|SH.B2|05/05/2017|Giám sát||"),
            new("sổ.xlsx", "", "test", DryRun: true), progress: null, Cancel);

        var found = Assert.Single(outcome.Warnings, issue => issue.Code == IssueCode.SmallFounding);
        Assert.Equal(("Kiểm tra", 2, "Ngày", "05/05/1999"), (found.Sheet, found.Row, found.Column, found.Value));
    }

    /// <summary>The program's definitions, and on top the files that the document shows.</summary>
    private void Take()
    {
        foreach (var file in SourceTree.Files().Where(path => path.StartsWith("sql/", StringComparison.Ordinal) || path.StartsWith("reports/", StringComparison.Ordinal)))
            Write(file, () => File.Copy(Path.Combine(SourceTree.Root, file), tree.File(file)));
        var examples = Examples().Matches(SourceTree.Read("CONTRIBUTING.md"));
        Assert.Equal(4, examples.Count);
        foreach (Match example in examples)
            Write(example.Groups["file"].Value, () => File.WriteAllText(tree.File(example.Groups["file"].Value), example.Groups["text"].Value));
    }

    private void Write(string file, Action write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(tree.File(file))!);
        write();
    }

    [GeneratedRegex(@"`(?<file>(sql|reports)/[^`]+)`:\n\n```\w+\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Examples();
}
