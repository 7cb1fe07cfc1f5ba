using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>Puts the answers into the rows and columns of a form.</summary>
internal sealed class FormAssembly(ReportPlan plan, FormDefinition form, Answers answers, ReportUnit unit, FigureMaker figures)
{
    private readonly Dictionary<(string Row, string Column), FormCell> cells = [];

    public async Task<FormTable> AssembleAsync()
    {
        foreach (var row in form.Rows.Where(row => row.Look != RowLook.Note))
        {
            foreach (var column in form.Columns.Where(column => column.IsCounted))
                cells[(row.Code, column.Code)] = await CountedAsync(row, column);
        }
        foreach (var row in form.Rows.Where(row => row.Ratio is not null))
        {
            foreach (var column in form.Columns.Where(column => column.IsCounted))
                cells[(row.Code, column.Code)] = Ratio(row, column);
        }
        foreach (var row in form.Rows.Where(row => row.Look != RowLook.Note))
        {
            foreach (var column in form.Columns.Where(column => !column.IsCounted))
                cells[(row.Code, column.Code)] = row is { HasValues: true, Ratio: null } ? Percent(row, column) : new(CellKind.Blank, null, null);
        }
        return new(
            [.. form.Columns.Select(column => new FormColumn(column.Code, plan.CaptionOf(column), column.Number, column.Decimals))],
            [.. form.Rows.Select(row => new FormRow(row.Code, row.Mark, row.Caption, row.Look, row.Indent, IsPrinted(row), CellsOf(row)))],
            form.Halves)
        {
            FiguresColumn = form.FiguresColumn,
        };
    }

    /// <summary>Percent that a row is of another, of which both are counted in the same column.</summary>
    private FormCell Ratio(FormRowDefinition row, FormColumnDefinition column)
    {
        if (!row.IsIn(column))
            return new(CellKind.Blank, null, null);
        if (plan.IsEmpty(row, column) || cells[(row.Ratio!.Over, column.Code)].Value is not { } over || cells[(row.Ratio.Under, column.Code)].Value is not { } under || under == 0)
            return new(CellKind.Computed, null, null, row.Decimals);
        return new(CellKind.Computed, Rounded(over * 100 / under, row.Decimals), null, row.Decimals);
    }

    private List<FormCell> CellsOf(FormRowDefinition row) =>
        row.Look == RowLook.Note ? [] : [.. form.Columns.Select(column => cells[(row.Code, column.Code)])];

    private async Task<FormCell> CountedAsync(FormRowDefinition row, FormColumnDefinition column)
    {
        if (row.Ratio is not null || !row.IsIn(column) || plan.IsEmpty(column))
            return new(CellKind.Blank, null, null);
        if (plan.Mean(row, column) is var (sum, count))
        {
            var people = answers[count];
            return answers.IsUnknown(count) ? Unknown
                : new(CellKind.Computed, people == 0 ? null : Rounded((decimal)answers[sum] / people, row.Decimals), null, row.Decimals);
        }
        if (plan.Cell(row, column) is not { } address)
            return new(CellKind.Blank, null, null);
        if (plan.IsEmpty(column, address))
            return new(CellKind.Blank, null, null);
        if (answers.IsUnknown(address))
            return Unknown;
        if (row.EmptyAtZero && answers[address] == 0)
            return new(CellKind.Computed, null, null);
        if (row.Sum is not null)
            return new(CellKind.Computed, answers[address], null);
        var caption = plan.PeriodOf(column) == plan.Period && form.Columns.Count(one => one.IsCounted && one.Figure == column.Figure) == 1
            ? row.Caption
            : $"{row.Caption} - {plan.CaptionOf(column)}";
        var figure = await figures.MakeAsync(address, $"{row.Code}.{column.Code}", caption, row.Indent, plan.PeriodOf(column), row.Caption);
        return new(CellKind.Counted, figure.Value, figure);
    }

    private static FormCell Unknown => new(CellKind.Unknown, null, null);

    /// <summary>Empty where it would be over 0 or over what is not known.</summary>
    private FormCell Percent(FormRowDefinition row, FormColumnDefinition column)
    {
        if (column.Difference is { } difference)
            return new(CellKind.Computed, cells[(row.Code, difference.Over)].Value - cells[(row.Code, difference.Under)].Value, null, column.Decimals);
        var (over, under) = column.Ratio is { } ratio
            ? (cells[(row.Code, ratio.Over)].Value, cells[(row.Code, ratio.Under)].Value)
            : (cells[(row.Code, column.Share!)].Value, row.Whole is { } whole ? cells[(whole, column.Share!)].Value : null);
        return new(CellKind.Computed, over is null || under is null or 0 ? null : Rounded(over.Value * 100 / under.Value, column.Decimals), null, column.Decimals);
    }

    private static decimal Rounded(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    private bool IsPrinted(FormRowDefinition row)
    {
        if (row.Optional is not { } name)
            return true;
        var lines = form.Optional.First(one => one.Name == name);
        if (lines.On is var (month, day))
            return Enumerable.Range(plan.Period.From.Year, plan.Period.To.Year - plan.Period.From.Year + 1)
                .Select(year => new DateOnly(year, month, Math.Min(day, DateTime.DaysInMonth(year, month))))
                .Any(one => one >= plan.Period.From && one <= plan.Period.To);
        return (lines.Below is { } role && unit.Role != role)
            || form.Rows.Where(one => one.Optional == name).SelectMany(CellsOf).Any(cell => cell.Value is not null and not 0);
    }
}
