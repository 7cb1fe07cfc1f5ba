namespace SinHo.Reporting;

/// <summary>What kind of no it is; a command line turns it into an exit code, a page into an answer.</summary>
public enum RefusalKind
{
    /// <summary>The question itself is put wrongly.</summary>
    Usage,

    /// <summary>There is no unit, term, report or list of that name.</summary>
    Unknown,

    /// <summary>What was handed in is not taken, and nothing was done with it.</summary>
    Refused,

    /// <summary>No database to work with.</summary>
    NoDatabase,

    /// <summary>It was tried and could not be done.</summary>
    Failed,
}

/// <summary>
/// Something that the program will not or cannot do, and can explain: the message is Vietnamese, says what to do, and is shown as it stands.
/// Whatever else is thrown is a bug or comes from outside.
/// </summary>
public abstract class RefusalException(string message, RefusalKind kind, Exception? cause = null) : Exception(message, cause)
{
    public RefusalKind Kind => kind;

    /// <summary>Several faults, a line each.</summary>
    protected static string Lines(IEnumerable<string> faults) => string.Join(Environment.NewLine, faults);
}
