using SinHo.Reporting.Words;

namespace SinHo.Reporting.Backups;

public enum BackupFault
{
    /// <summary>It was tried and went wrong.</summary>
    Failed,

    /// <summary>The file or the wish itself was refused, before anything was done.</summary>
    Refused,

    /// <summary>Somebody else is at it, or uses the database.</summary>
    Busy,
}

/// <summary>A backup that could not be made or restored; the message is Vietnamese, with its remedy.</summary>
public sealed class BackupException(string message, BackupFault fault = BackupFault.Failed, Exception? cause = null)
    : RefusalException(message, fault == BackupFault.Refused ? RefusalKind.Refused : RefusalKind.Failed, cause)
{
    public BackupFault Fault => fault;
}
