using Npgsql;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host.Work;

/// <summary>Ready means: nobody need look. /health/live tells only that the process answers.</summary>
public static class Health
{
    /// <returns>200 "ok", or 503 with a line per alarm.</returns>
    public static async Task<IResult> ReadyAsync(Alarms alarms, HttpContext context, CancellationToken cancel)
    {
        var watch = context.RequestServices.GetService<ServerWatch>();
        if (watch?.Outage is { Until: null })
            return Down(Line(ServerKeeper.Alarm(watch)!));
        try
        {
            var found = await alarms.AskAsync(cancel);
            return found.Count == 0 ? Results.Text("ok") : Down(string.Join('\n', found.Select(Line)));
        }
        catch (NpgsqlException)
        {
            return Down(Line(Alarm.DatabaseAway));
        }
    }

    private static string Line(Alarm alarm) => $"{alarm.Code}: {alarm.Sentence}";

    private static IResult Down(string says) => Results.Text(says, "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
}
