namespace SinHo.Reporting.Host.Work;

/// <summary>What a process of the service does.</summary>
public enum Role
{
    /// <summary>Pages and work.</summary>
    All,

    /// <summary>Pages; jobs that are asked for there are left to others.</summary>
    Web,

    /// <summary>Work; of pages only /health.</summary>
    Worker,
}
