using System.Globalization;

namespace SinHo.Reporting.Host;

/// <summary>What pages may ask of the database, so that no reader and no number of readers takes all of it.</summary>
/// <param name="Sessions">Sessions of one process for its pages; null: a share of what the server has.</param>
/// <param name="Query">The longest that one query of a page may take.</param>
/// <param name="Wait">How long a request waits for a session before it is told to come back.</param>
public sealed record PageLimits(int? Sessions, TimeSpan Query, TimeSpan Wait)
{
    /// <summary>Variables that name the limits where no option does.</summary>
    public const string QueryVariable = "SINHO_QUERY_LIMIT", SessionsVariable = "SINHO_PAGE_SESSIONS";

    public static PageLimits Usual { get; } = new(null, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));

    /// <param name="query">Whole seconds.</param>
    /// <exception cref="UsageException">One of them is no number in its bounds.</exception>
    public static PageLimits Parse(string? sessions, string? query) => Usual with
    {
        Sessions = sessions is null ? null : Number("--page-sessions", sessions, 1, 500),
        Query = query is null ? Usual.Query : TimeSpan.FromSeconds(Number("--query-limit", query, 1, 3600)),
    };

    private static int Number(string option, string typed, int least, int most) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} cần một số từ {least} đến {most}, không phải “{typed}”.");
}
