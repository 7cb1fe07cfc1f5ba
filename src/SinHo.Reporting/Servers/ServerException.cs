namespace SinHo.Reporting.Servers;

/// <summary>The private database server cannot be had. The message is one Vietnamese sentence for the user, remedy included.</summary>
public sealed class ServerException : Exception
{
    public ServerException(string message)
        : base(message)
    {
    }

    public ServerException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    public ServerException()
    {
    }
}
