namespace SinHo.Reporting.Host;

/// <summary>The command was not understood; the message says what was expected.</summary>
public sealed class UsageException(string message) : RefusalException(message, RefusalKind.Usage);
