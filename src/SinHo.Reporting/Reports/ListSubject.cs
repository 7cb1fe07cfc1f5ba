using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>What a list lists: the rows that a figure counts, or those behind a cell of a form.</summary>
public sealed record ListSubject
{
    private const char Between = ':';

    private ListSubject()
    {
    }

    /// <summary>"members", or for a cell "form-1:2021:B1.now": report, edition (may be empty), row and column.</summary>
    public required string Code { get; init; }

    public required bool IsCell { get; init; }

    public required string Caption { get; init; }

    /// <summary>The figure that counts the rows.</summary>
    public required Indicator Indicator { get; init; }

    /// <summary>The days asked about: one day for a stock but an opening, the days of its column for a cell.</summary>
    public required Period Period { get; init; }

    public required IndicatorSet Set { get; init; }

    public required Measure Measure { get; init; }

    /// <summary>The code of a number of a report: of a cell where it is a form, else of the figure.</summary>
    /// <param name="number">"B1.now" or "members".</param>
    public static string CodeOf(Report report, string number) =>
        report.Form is not null && number.Contains('.', StringComparison.Ordinal) ? $"{report.Name}{Between}{report.Edition.Code}{Between}{number}" : number;

    /// <param name="period">For a cell the period of its report.</param>
    /// <returns>Null where nothing has the code, or the cell counts nothing.</returns>
    public static ListSubject? Find(Definitions definitions, string code, Period period)
    {
        if (code.Split(Between) is [var report, var edition, var cell])
            return OfCell(definitions, code, definitions.Reports.FirstOrDefault(one => one.Name == report && one.Edition.Printed.Code == edition), cell, period);
        if (!definitions.Has(code))
            return null;
        var (set, indicator) = definitions[code];
        return new()
        {
            Code = code,
            IsCell = false,
            Caption = indicator.Caption,
            Indicator = indicator,
            Period = indicator.DaysOf(period),
            Set = set,
            Measure = Measure.Of(code),
        };
    }

    private static ListSubject? OfCell(Definitions definitions, string code, ReportDefinition? report, string cell, Period period)
    {
        if (report?.Form is not { } form || cell.Split('.') is not [var line, var head] || form.Row(line) is not { } row || form.Column(head) is not { } column)
            return null;
        var plan = new ReportPlan(definitions, report, period, ReportingCalendar.Behind(period));
        // Behind a mean or a sum are the people over whom it is taken, behind a rate those above its line.
        if ((plan.Mean(row, column)?.Count ?? (row.Ratio is { } ratio ? plan.Cell(form.Row(ratio.Over)!, column) : plan.Cell(row, column))) is not { } address)
            return null;
        var (set, indicator) = definitions[address.Measure.Figure];
        var number = report.Edition.Printed.Number;
        return new()
        {
            Code = code,
            IsCell = true,
            Caption = $"{(number.Length > 0 ? $"{number}: " : "")}{row.Caption}{(form.Columns.Count(one => one.IsCounted) > 1 ? $" - {plan.CaptionOf(column)}" : "")}",
            Indicator = indicator,
            Period = address.Period,
            Set = set,
            Measure = address.Measure with { Sum = null },
        };
    }
}
