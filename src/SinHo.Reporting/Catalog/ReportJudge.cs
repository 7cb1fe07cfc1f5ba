using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Catalog;

/// <summary>Compares what reports name with what there is: figures, rows, columns, words, and between editions.</summary>
internal sealed class ReportJudge(DefinitionFiles files, Definitions definitions)
{
    /// <summary>Kinds of period, as the command line names them.</summary>
    internal static readonly string[] Kinds = ["month", "quarter", "half", "year", "term", "from"];

    public void Judge()
    {
        // What an edition repeats is judged where it stands.
        foreach (var report in definitions.Reports.Where(report => report.Like is null))
        {
            Figures(report);
            Narrative(report);
            if (report.Form is { } form)
                new FormJudge(files, definitions, report, form).Judge();
            Identities(report);
            new ChartJudge(files, definitions).Judge(report);
            foreach (var role in report.Roles.Except([.. Levels.Roles, ReportDefinition.CommuneCommittee]))
                files.Fault(report.File, "roles", $"roles: không có vai trò “{role}”; chỉ có {string.Join(", ", Levels.Roles)}, {ReportDefinition.CommuneCommittee}.");
            foreach (var kind in report.InAll.Concat(report.Periods).Distinct().Except(Kinds))
                files.Fault(report.File, report.InAll.Contains(kind) ? "in_all" : "periods", $"{(report.InAll.Contains(kind) ? "in_all" : "periods")}: không có loại kỳ “{kind}”; chỉ có {string.Join(", ", Kinds)}.");
        }
    }

    private void Figures(ReportDefinition report)
    {
        foreach (var line in report.Groups.SelectMany(group => group.Lines).Where(line => !definitions.Has(line.Figure)))
            files.Fault(report.File, NotDefined(line.Figure));
        foreach (var rate in report.Groups.SelectMany(group => group.Rates))
        {
            foreach (var value in rate.Values)
            {
                if (!definitions.Has(value.Figure))
                    files.Fault(report.File, rate.Code, NotDefined(value.Figure));
                else if (value.Sum is { } column && !(definitions[value.Figure].Set.Columns.TryGetValue(column, out var known) && known.Kind == EvidenceKind.Number))
                    files.Fault(report.File, rate.Code, $"dòng {rate.Code}: sql/indicators/{definitions[value.Figure].Set.Name}.yaml không có cột số {column}.");
            }
        }
        foreach (var twice in report.Groups.SelectMany(group => group.Lines.Select(line => line.Figure).Concat(group.Rates.Select(rate => rate.Code))).GroupBy(code => code).Where(code => code.Count() > 1))
            files.Fault(report.File, twice.Key, $"mã {twice.Key} có nhiều lần.");
        foreach (var entry in report.Breakdown.SelectMany(group => group.Columns).Where(entry => !IsCounted(report, entry.Figure)))
            files.Fault(report.File, entry.Figure, report.Form is null ? NotDefined(entry.Figure) : $"breakdown: biểu không có ô đếm {entry.Figure}.");
    }

    private void Narrative(ReportDefinition report)
    {
        foreach (var problem in report.Narrative.Select(NarrativeText.Problem).OfType<string>())
            files.Fault(report.File, "narrative", $"lời văn: {problem}.");
        var shown = report.Groups.SelectMany(group => group.Lines).Select(line => line.Figure).ToHashSet();
        foreach (var token in report.Narrative.SelectMany(NarrativeToken.In).Select(found => found.Token).OfType<NarrativeToken>())
        {
            foreach (var code in token.Codes.Select(code => code.Split('@')[0]))
            {
                if (report.Form is not null ? !IsCounted(report, code) : !definitions.Has(code))
                    files.Fault(report.File, report.Form is null ? NotDefined(code) : $"lời văn dẫn {code} nhưng biểu không có ô đếm đó.");
                else if (report.Form is null && !shown.Contains(code) && token.Kind != TokenKind.Condition)
                    files.Fault(report.File, $"lời văn dẫn {code} nhưng báo cáo không in chỉ tiêu này.");
                else
                    Rows(report, code, token.Columns);
            }
        }
    }

    /// <summary>The columns in which the narrative lists the rows of a figure.</summary>
    private void Rows(ReportDefinition report, string code, IReadOnlyList<string> columns)
    {
        var set = definitions[Figure(report, code)].Set;
        foreach (var column in columns.Where(column => !set.Columns.ContainsKey(column)))
            files.Fault(report.File, $"lời văn liệt kê {code} theo cột {column} mà sql/indicators/{set.Name}.yaml không có.");
    }

    private bool IsCounted(ReportDefinition report, string code) => Cell(report.Form, code) is { } measure ? definitions.Has(measure.Figure) : report.Form is null && definitions.Has(code);

    private static string Figure(ReportDefinition report, string code) => Cell(report.Form, code)?.Figure ?? code;

    private static Measure? Cell(FormDefinition? form, string code) =>
        code.Split('.') is [var row, var column] && form?.Row(row) is { } line && form.Column(column) is { } head ? form.MeasureOf(line, head) : null;

    private void Identities(ReportDefinition report)
    {
        foreach (var identity in report.Identities)
        {
            foreach (var term in identity.Terms)
            {
                if (Problem(report, term) is { } problem)
                    files.Fault(report.File, identity.Code, $"đẳng thức {identity.Code}: {problem}");
            }
            if (identity.Terms.Any(term => term.Row == Term.EveryRow) && identity.Terms.Any(term => term.Row != Term.EveryRow || term.Report is not null))
                files.Fault(report.File, identity.Code, $"đẳng thức {identity.Code}: * phải đứng ở mọi số hạng.");
        }
    }

    private string? Problem(ReportDefinition report, Term term)
    {
        var editions = term.Report is null ? [report] : definitions.Reports.Where(one => one.Name == term.Report).ToList();
        return editions.Select(edition => Problem(report, edition, term)).FirstOrDefault(problem => problem is not null);
    }

    private string? Problem(ReportDefinition report, ReportDefinition edition, Term term)
    {
        if (edition.Form is not { } form)
            return definitions.Has(term.Row) ? term.Column is null ? null : $"{edition.Name} không phải là biểu, nên không có cột {term.Column}." : NotDefined(term.Row);
        if (term.Column is { } code && form.Column(code) is null)
            return $"biểu {edition.Name} không có cột {code}.";
        if (term.Row == Term.EveryRow)
            return term.Column is null ? "* cần nêu cột, ví dụ *.c2." : null;
        if (form.Row(term.Row) is not { } row)
            return $"biểu {edition.Name} không có dòng {term.Row}.";
        var columns = term.Column is null ? (report.Form ?? form).Columns.Where(column => column.IsCounted).Select(column => form.Column(column.Code)).OfType<FormColumnDefinition>() : [form.Column(term.Column)!];
        var measures = columns.Select(column => form.MeasureOf(row, column)).OfType<Measure>().ToList();
        if (measures.Count == 0)
            return $"{term.Row} của {edition.Name} không đếm gì ở cột nào của đẳng thức.";
        return term.Previous && measures.Exists(measure => definitions.Has(measure.Figure) && !definitions[measure.Figure].Indicator.IsStock)
            ? $"{term.Row}@previous phải là số có đến một ngày."
            : null;
    }

    private static string NotDefined(string code) => $"chỉ tiêu {code} chưa được định nghĩa trong sql/indicators.";
}
