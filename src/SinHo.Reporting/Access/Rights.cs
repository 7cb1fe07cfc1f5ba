using SinHo.Reporting.Words;

namespace SinHo.Reporting.Access;

/// <summary>What an account is there for. Vietnamese names in <see cref="Rights.Name"/>, the values of account_role.</summary>
public enum Role
{
    Administrator,
    Preparer,
    Head,
    Reader,
}

/// <summary>Everything that may be allowed or not; pages and endpoints name one each.</summary>
public enum Right
{
    /// <summary>Numbers, names of organisations, definitions.</summary>
    SeeFigures,

    /// <summary>Named lists, evidence, the trail of a person.</summary>
    OpenPeople,

    /// <summary>Making reports and fetching the files of one's unit; a report's workbook names people.</summary>
    MakeReports,

    /// <summary>Entering events and sending workbooks; an account of a unit does so for its subtree alone.</summary>
    Enter,

    /// <summary>Taking back what was written; an account of a unit what was written for its unit.</summary>
    Undo,

    /// <summary>Changing units, the map and what reaches across: it is one for all units.</summary>
    Import,

    /// <summary>Making one person of two codes, and parting them.</summary>
    Merge,

    /// <summary>Changing schedules and calendars, retrying what is due.</summary>
    Schedule,

    /// <summary>Accepting what units ask for that reaches outside them.</summary>
    Accept,

    /// <summary>Approving and signing a report for its unit.</summary>
    Approve,

    /// <summary>Closing days of a unit to entries, and opening them again.</summary>
    Lock,

    /// <summary>Sending signed sets out, and making their public copies.</summary>
    Send,

    /// <summary>Taking in the signed figures of other registers, and summing them.</summary>
    Sum,

    /// <summary>Accounts, settings, the dashboard of jobs.</summary>
    Administer,
}

/// <summary>The one table of rights.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, Right[]> Of = new()
    {
        // Who runs the system does not sign for the board.
        [Role.Administrator] =
        [
            Right.SeeFigures, Right.OpenPeople, Right.MakeReports, Right.Enter, Right.Undo, Right.Import, Right.Merge, Right.Schedule, Right.Send, Right.Sum, Right.Administer,
        ],
        [Role.Preparer] = [Right.SeeFigures, Right.OpenPeople, Right.MakeReports, Right.Enter, Right.Undo, Right.Import, Right.Merge, Right.Schedule, Right.Send, Right.Sum],
        [Role.Head] = [Right.SeeFigures, Right.OpenPeople, Right.MakeReports, Right.Accept, Right.Approve, Right.Lock, Right.Send, Right.Sum],
        [Role.Reader] = [Right.SeeFigures],
    };

    /// <summary>What reaches beyond every unit, so that an account of one unit may not do it whatever its role.</summary>
    private static readonly Right[] WholeRegister = [Right.Import, Right.Merge, Right.Accept, Right.Schedule, Right.Sum, Right.Administer];

    /// <param name="unit">The account's unit; null for the whole register.</param>
    public static bool Allow(Role role, string? unit, Right right) =>
        Of[role].Contains(right) && (unit is null || !WholeRegister.Contains(right));

    public static string Name(Role role) => role switch
    {
        Role.Administrator => "Quản trị",
        Role.Preparer => "Lập biểu",
        Role.Head => "Trưởng ban",
        _ => "Xem",
    };

    /// <returns>Null where no role has the name.</returns>
    public static Role? Named(string name)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (string.Equals(Name(role), name.Trim().Normalize(), StringComparison.OrdinalIgnoreCase))
                return role;
        }
        return null;
    }
}
