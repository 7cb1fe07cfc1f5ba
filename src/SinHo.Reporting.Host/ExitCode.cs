namespace SinHo.Reporting.Host;

/// <summary>What the program tells its caller. Source: docs/spec/command-line.md.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Refused = 3;
    public const int Unknown = 4;
    public const int NoDatabase = 5;

    /// <summary>sinho status has something to tell.</summary>
    public const int Alarm = 6;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;

    /// <summary>What a refusal is to the caller.</summary>
    public static int Of(RefusalKind kind) => kind switch
    {
        RefusalKind.Usage => Usage,
        RefusalKind.Unknown => Unknown,
        RefusalKind.Refused => Refused,
        RefusalKind.NoDatabase => NoDatabase,
        _ => Failure,
    };
}
