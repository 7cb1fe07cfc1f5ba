using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.HostFiltering;

namespace SinHo.Reporting.Host.Web;

/// <summary>By which names the site is called: a request that calls it otherwise is refused, so that no stranger's name points at it unseen.</summary>
public static class HostNames
{
    /// <summary>A variable that names them where no option does.</summary>
    public const string Variable = "SINHO_HOSTS";

    /// <param name="named">Names set apart by commas, "*.example.vn" for all below one, "*" for any.</param>
    public static IReadOnlyList<string> Parse(string named) =>
        named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names
            ? names
            : throw new UsageException("--hosts cần ít nhất một tên máy, ví dụ thongke.example.vn, hoặc * cho mọi tên.");

    /// <summary>Names and addresses of this machine, and the hosts of the addresses it was given.</summary>
    public static IReadOnlyList<string> Usual(string listen, string? open)
    {
        var given = listen.Split(';').Append(open ?? "").Select(url => Uri.TryCreate(url, UriKind.Absolute, out var read) ? read.Host : "");
        var machine = Dns.GetHostName();
        var addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address.IsIPv4MappedToIPv6 ? one.Address.MapToIPv4() : one.Address)
            .Select(one => one.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{new IPAddress(one.GetAddressBytes())}]" : one.ToString());
        // A wildcard to listen on is no name to be called by.
        return [.. given.Concat(addresses).Concat(["localhost", "127.0.0.1", "[::1]", machine, $"{machine}.local"])
            .Where(name => name.Length > 0 && name is not ("*" or "+" or "0.0.0.0" or "[::]")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public static void AddHostNames(this WebApplicationBuilder builder, IReadOnlyList<string> names) =>
        builder.Services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = [.. names];
            options.AllowEmptyHosts = false;
            options.IncludeFailureMessage = false;
        });
}
