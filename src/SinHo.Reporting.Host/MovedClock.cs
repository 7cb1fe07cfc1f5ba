using System.Globalization;

namespace SinHo.Reporting.Host;

/// <summary>A clock that was set when the program started and goes on from there: for tests and trials, such as a month that is long past.</summary>
public sealed class MovedClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>The moment, ISO 8601 with its zone, that the program takes for that of its start. What the database dates keeps the database's clock.</summary>
    public const string Variable = "SINHO_CLOCK";

    private readonly TimeSpan moved = start - System.GetUtcNow();

    /// <returns>The machine's clock where the variable says nothing.</returns>
    public static TimeProvider FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } start
        ? new MovedClock(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        : System;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + moved;
}
