using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace SinHo.Reporting.Host.Web;

/// <summary>Reverse proxies in front of the site: whose word on a request's sender and scheme is taken.</summary>
public static class Proxies
{
    /// <summary>A variable that names them where no option does.</summary>
    public const string Variable = "SINHO_PROXIES";

    private const string None = "none";

    /// <param name="named">Addresses and networks, set apart by commas: "10.0.0.5, 172.16.0.0/12"; "none" for nobody.</param>
    /// <exception cref="UsageException">Some are neither; all of them are named.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string named)
    {
        var words = named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [None])
            return [];
        var networks = words.Select(word => (Word: word, Network: Network(word))).ToList();
        var faults = networks.Where(one => one.Network is null).Select(one => $"“{one.Word}”").ToList();
        return faults.Count == 0 && networks.Count > 0
            ? [.. networks.Select(one => one.Network!.Value)]
            : throw new UsageException(
                $"Máy chủ trung gian {string.Join(", ", faults)} không phải là địa chỉ IP hoặc dải địa chỉ; "
                + "hãy nêu như 10.0.0.5 hoặc 172.16.0.0/12, cách nhau bằng dấu phẩy, hoặc none.");
    }

    /// <param name="known">Null for those of this machine only.</param>
    public static void AddProxies(this WebApplicationBuilder builder, IReadOnlyList<IPNetwork>? known) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // With nobody to believe, the framework would believe everybody.
            options.ForwardedHeaders = known is { Count: 0 } ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            if (known is null)
                return;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in known)
                options.KnownIPNetworks.Add(network);
        });

    private static IPNetwork? Network(string word) =>
        IPAddress.TryParse(word, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(word, out var network) ? network
        : null;
}
