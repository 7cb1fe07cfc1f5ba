using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>Where the signed figures of a register for a period are.</summary>
public enum SendingState
{
    /// <summary>The register is not waited for.</summary>
    NotExpected,

    /// <summary>Nothing has come, and it is not due yet.</summary>
    Waiting,

    /// <summary>Nothing has come, and its day is over.</summary>
    Overdue,

    Received,

    ReceivedLate,

    /// <summary>Something in it means else than with us: what it counts, a setting.</summary>
    Mismatch,
}

/// <param name="Standing">The report that stands; null where none has come.</param>
/// <param name="Former">Reports that it stands for and that had come too.</param>
/// <param name="Differences">What in it means else than with us.</param>
public sealed record BoardCell(SendingState State, Period Period, DateOnly? Due, ReceivedReport? Standing, IReadOnlyList<ReceivedReport> Former, IReadOnlyList<string> Differences)
{
    public string StateName => State switch
    {
        SendingState.NotExpected => "không chờ",
        SendingState.Waiting => Due is { } due ? $"chưa gửi, hạn {Vietnamese.Day(due)}" : "chưa gửi",
        SendingState.Overdue => $"quá hạn từ {Vietnamese.Day(Due!.Value)}",
        SendingState.Received => "đã nhận",
        SendingState.ReceivedLate => "nhận muộn",
        _ => "không khớp định nghĩa",
    };
}

/// <summary>A register on the board, a cell for each period.</summary>
public sealed record BoardRow(Sender Sender, IReadOnlyList<BoardCell> Cells);

/// <summary>Who has sent what of a report in a year.</summary>
/// <param name="Periods">Those of the year that the report is made for, and any other of which something has come.</param>
public sealed record SenderBoard(string Report, string Title, int Year, IReadOnlyList<Period> Periods, IReadOnlyList<BoardRow> Rows)
{
    /// <param name="root">The folder that holds sql/ and reports/.</param>
    /// <exception cref="UnknownNameException">No such report.</exception>
    public static async Task<SenderBoard> ReadAsync(NpgsqlDataSource database, Definitions definitions, string root, string report, int year, DateOnly today, CancellationToken cancel)
    {
        if (definitions.Editions(report, new(year, 12, 31)) is not [var definition, ..])
            throw new UnknownNameException($"Không có báo cáo “{report}”; các báo cáo: {string.Join(", ", definitions.ReportNames)}.");
        var came = await new ReceivedReports(database).ListAsync(report, new(year, 1, 1), new(year, 12, 31), cancel);
        var senders = await new Senders(database).ListAsync(cancel);
        var periods = Usual(definition, report, year).Where(period => period.From <= today)
            .Concat(came.Select(one => one.Period)).DistinctBy(period => (period.From, period.To)).OrderBy(period => period.To).ThenByDescending(period => period.From).ToList();
        var summing = new Summing(database, definitions, root);
        var reach = await summing.ReachAsync(report, cancel);
        return new(report, definition.Caption, year, periods, [.. senders.Where(sender => periods.Exists(sender.IsExpectedFor) || came.Any(one => one.Register == sender.Code)).Select(sender => new BoardRow(sender, [.. periods.Select(period => Cell(sender, period))]))]);

        BoardCell Cell(Sender sender, Period period)
        {
            var own = came.Where(one => one.Register == sender.Code && one.Period.From == period.From && one.Period.To == period.To).ToList();
            var due = CalendarRule.DueOf(report, period);
            var standing = own.Find(one => one.ReplacedBy is null);
            var differences = standing is null ? [] : summing.Differences(standing.Figures, reach);
            // Late is what had not come in time, whatever came afterwards in its place.
            var state = standing is null
                ? !sender.IsExpectedFor(period) ? SendingState.NotExpected : due < today ? SendingState.Overdue : SendingState.Waiting
                : differences.Count > 0 ? SendingState.Mismatch
                : due is { } day && Vietnamese.Today(own[0].ReceivedAt) > day ? SendingState.ReceivedLate
                : SendingState.Received;
            return new(state, period, due, standing, [.. own.Where(one => one != standing)], differences);
        }
    }

    /// <summary>By the pace at which the calendar asks for it, else by the longest periods that it is made for in a year.</summary>
    private static IEnumerable<Period> Usual(ReportDefinition definition, string report, int year)
    {
        var paces = CalendarRule.All.Where(rule => rule.Reports.Contains(report)).Select(rule => rule.Every).ToList();
        if (paces.Contains(CalendarPace.Month) || (paces.Count == 0 && definition.Periods is ["month"]))
            return Enumerable.Range(1, 12).Select(month => Period.Month(year, month));
        if (paces.Contains(CalendarPace.Half))
            return [Period.Half(year, 1), Period.Half(year, 2)];
        return definition.Periods.Contains("year") ? [Period.Year(year)] : [];
    }
}
