using System.Globalization;
using System.Net;
using System.Text;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Host.Work;

namespace SinHo.Reporting.Host.Web;

/// <summary>A plain page on this machine: the reports there are, the files that were made, what each figure means.</summary>
public static class StartPage
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="reports">Folder of the finished workbooks; only .xlsx files directly in it are offered.</param>
    public static WebApplication Build(Workplace place, string reports, string url, Role role)
    {
        var definitions = Workplace.Definitions();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Workplace.Root });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        builder.AddWork(place, role);
        var site = builder.Build();
        site.Use(async (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            await next(context);
        });
        site.MapGet("/", () => Results.Content(Page("Thống kê đảng viên", Start(definitions, reports)), "text/html; charset=utf-8"));
        site.MapGet("/bao-cao/{file}", (string file) => Files(reports).Any(known => known.Name == file)
            ? Results.File(Path.Combine(Path.GetFullPath(reports), file), Workbook, file)
            : Results.Content(Page("Không có tệp này", "<p><a href=\"/\">Về trang đầu</a></p>"), "text/html; charset=utf-8", Encoding.UTF8, StatusCodes.Status404NotFound));
        site.MapGet("/dinh-nghia", () => Results.Content(Page("Định nghĩa các số liệu", Definitions(definitions)), "text/html; charset=utf-8"));
        site.MapWork();
        return site;
    }

    private static IEnumerable<FileInfo> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*.xlsx").Where(file => !file.Name.StartsWith('.')).OrderByDescending(file => file.LastWriteTimeUtc);

    private static string Start(Catalog.Definitions definitions, string reports)
    {
        var html = new StringBuilder("<h2>Báo cáo đã lập</h2>");
        var files = Files(reports).ToList();
        if (files.Count == 0)
            html.Append("<p>Chưa có báo cáo nào. Lập báo cáo bằng lệnh <code>sinho report term --unit SH --term 2015-2020 --out TỆP.xlsx</code>.</p>");
        else
        {
            html.Append("<table><tr><th>Tệp</th><th>Lập lúc</th><th>Cỡ</th></tr>");
            foreach (var file in files)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <tr><td><a href="/bao-cao/{Uri.EscapeDataString(file.Name)}">{Text(file.Name)}</a></td>
                    <td>{Text(Vietnamese.Moment(new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)))}</td><td class="number">{Vietnamese.Number((file.Length + 1023) / 1024)} KB</td></tr>
                    """);
            }
            html.Append("</table>");
        }
        html.Append("<h2>Các loại báo cáo</h2><ul>");
        foreach (var report in definitions.Reports)
            html.Append(CultureInfo.InvariantCulture, $"<li><code>{Text(report.Name)}</code>: {report.Groups.Sum(group => group.Lines.Count)} chỉ tiêu trong {report.Groups.Count} nhóm</li>");
        return html.Append("</ul><p><a href=\"/dinh-nghia\">Định nghĩa từng số liệu</a></p>").ToString();
    }

    private static string Definitions(Catalog.Definitions definitions)
    {
        var html = new StringBuilder("<p><a href=\"/\">Về trang đầu</a></p>");
        foreach (var set in definitions.Sets)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(set.About)}</h2>");
            foreach (var indicator in set.Indicators)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <h3 id="{indicator.Code}">{Text(indicator.Caption)} <code>{indicator.Code}</code></h3>
                    <p>{Text(indicator.Meaning)}</p><p class="small">Nguồn: {Text(set.Source)}. Căn cứ: {Text(indicator.Basis)}.</p>
                    """);
            }
        }
        return html.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Page(string title, string body) => $$"""
        <!doctype html>
        <html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{Text(title)}}</title>
        <style>
        body { font: 17px/1.5 "Times New Roman", "Liberation Serif", serif; color: #111; background: #fff; max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
        h1 { font-size: 1.6rem; border-bottom: 2px solid #a11; padding-bottom: .4rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; margin-bottom: 0; }
        table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #555; padding: .35rem .6rem; text-align: left; } th { background: #f2eeee; }
        .number { text-align: right; white-space: nowrap; } .small { color: #444; font-size: .9em; } a { color: #0b3d91; } code { font-size: .85em; }
        </style></head><body><h1>{{Text(title)}}</h1>{{body}}</body></html>
        """;
}
