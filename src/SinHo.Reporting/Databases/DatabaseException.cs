namespace SinHo.Reporting.Databases;

/// <summary>A database that cannot be used as it is; the message is a Vietnamese sentence for the user.</summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
