using SinHo.Reporting.Words;

namespace SinHo.Reporting.Access;

/// <param name="Unit">Code of the organisation whose subtree it sees; null for the whole register.</param>
/// <param name="LockoutEnd">Until when no password is looked at from some address; past or null where none of it.</param>
public sealed record Account(
    long Id, string UserName, string DisplayName, Role Role, string? Unit, bool Active, bool HasPassword,
    DateTimeOffset? LockoutEnd, DateTimeOffset CreatedAt)
{
    public Viewer Viewer => new(Id, Role, Unit);
}

/// <summary>What an administrator decides about an account.</summary>
/// <param name="Unit">Null for the whole register.</param>
public sealed record AccountWish(string UserName, string DisplayName, Role Role, string? Unit);

/// <summary>Wishes that cannot be granted: Vietnamese sentences, all at once.</summary>
public sealed class AccountException(IReadOnlyList<string> faults) : RefusalException(Lines(faults), RefusalKind.Refused)
{
    public AccountException(string fault)
        : this([fault])
    {
    }

    public IReadOnlyList<string> Faults { get; } = faults;
}
