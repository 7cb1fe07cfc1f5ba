namespace SinHo.Reporting.Servers;

/// <summary>A database that cannot be used as it is; the message is a Vietnamese sentence for the user.</summary>
public sealed class DatabaseException(string message, Exception? cause = null) : RefusalException(message, RefusalKind.Failed, cause);
