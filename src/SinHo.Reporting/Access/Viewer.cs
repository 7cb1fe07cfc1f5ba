namespace SinHo.Reporting.Access;

/// <summary>Who asks: what is counted and listed for him is what the database shows to an account of his unit.</summary>
/// <param name="Account">Key of his account.</param>
/// <param name="Unit">Code of the organisation whose subtree he sees; null for the whole register.</param>
public sealed record Viewer(long Account, Role Role, string? Unit)
{
    public bool May(Right right) => Rights.Allow(Role, Unit, right);
}
