using System.Diagnostics;

namespace SinHo.Reporting;

/// <summary>
/// Where the time of a verb, a job or a page goes: spans of one source that any listener of System.Diagnostics can collect, OpenTelemetry among them.
/// Nothing is measured, and nothing costs, while nobody listens. Spans name stages, rules and indicators, never people.
/// </summary>
public static class Spans
{
    /// <summary>The name that listeners ask for.</summary>
    public const string SourceName = "SinHo.Reporting";

    /// <summary>The tag that says which of several of a stage it is.</summary>
    public const string WhichTag = "sinho.which";

    public const string Starting = "starting";
    public const string Reading = "reading";
    public const string Comparing = "comparing";
    public const string Rules = "rules";
    public const string Figures = "figures";
    public const string Evidence = "evidence";
    public const string Writing = "writing";
    public const string Saving = "saving";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span, to be ended by its disposal.</summary>
    /// <param name="which">Which of several: the name of a rule or an indicator.</param>
    /// <returns>Null while nobody listens.</returns>
    public static Activity? Begin(string stage, string? which = null)
    {
        var span = Source.StartActivity(stage);
        if (which is not null)
            span?.SetTag(WhichTag, which);
        return span;
    }
}
