using System.Net;

namespace SinHo.Reporting.Host.Web;

/// <summary>Where the site listens, and how its users come to it.</summary>
/// <param name="Listen">URLs; null for the usual one, or a free port where that is taken.</param>
public sealed record SiteAddress(string? Listen)
{
    /// <summary>A variable that names <see cref="Public"/> where no option does.</summary>
    public const string PublicVariable = "SINHO_URL";

    /// <summary>The URL that users open; null where they come straight to where the site listens.</summary>
    public string? Public { get; init; }

    /// <summary>Names by which the site is called; null for those of this machine and of the addresses given.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>What pages may ask of the database.</summary>
    public PageLimits Limits { get; init; } = PageLimits.Usual;

    /// <summary>Proxies whose word is taken; null for those of this machine.</summary>
    public IReadOnlyList<IPNetwork>? Proxies { get; init; }
}
