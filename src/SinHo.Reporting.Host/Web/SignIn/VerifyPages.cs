using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using SinHo.Reporting.Signing;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Whether the paper with a check code is a signed report: for everybody, with number, date, unit and state alone.</summary>
public static class VerifyPages
{
    public const string Address = "/kiem-tra";

    /// <summary>Name of the limit of tries per address.</summary>
    public const string Throttle = "verify";

    public static void MapVerify(this WebApplication site)
    {
        site.MapGet(Address, () => Show(null, "", [])).AllowAnonymous();
        site.MapPost(Address, VerifyAsync).AllowAnonymous().RequireRateLimiting(Throttle);
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, NpgsqlDataSource database, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var written = form["ma"].ToString();
        var found = await new Verifier(database).OfCodeAsync(written, cancel);
        return Show(found.Report, written, found.IsOurs ? [] : [CheckCode.IsMeant(written) ? found.Says : "Đây không phải mã kiểm tra: mã có mười ba chữ và số, in nhỏ ở chân trang."]);
    }

    private static RazorComponentResult<VerifyPage> Show(SignedReport? report, string written, IReadOnlyList<string> faults) =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(VerifyPage.Found)] = report, [nameof(VerifyPage.Written)] = written, [nameof(VerifyPage.Faults)] = faults });
}
