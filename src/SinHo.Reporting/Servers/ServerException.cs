namespace SinHo.Reporting.Servers;

/// <summary>The private database server cannot be had. The message is one Vietnamese sentence for the user, remedy included.</summary>
public sealed class ServerException(string message, Exception? cause = null) : RefusalException(message, RefusalKind.NoDatabase, cause);
