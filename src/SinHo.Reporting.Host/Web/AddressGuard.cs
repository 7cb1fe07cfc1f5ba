using System.Globalization;
using System.Text;
using SinHo.Reporting.Host.Web.SignIn;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>What a value in an address must be.</summary>
public enum ValueKind
{
    /// <summary>Any text without control characters: a name, a code, words to look for.</summary>
    Text,

    /// <summary>yyyy-MM-dd, a day that exists, of the years that a register may speak of.</summary>
    Day,

    /// <summary>A whole number from 0 on.</summary>
    Number,

    /// <summary>true or false.</summary>
    YesNo,
}

/// <summary>
/// Looks at every value of an address, and at the fields of every plain form, before any page does: what is not what its name says is told with
/// 400, never taken for something else and never a fault. A page that takes a new value names it here (a test walks all of them).
/// </summary>
public sealed class AddressGuard(RequestDelegate next)
{
    private const int Longest = 2_000;

    /// <summary>First and last day of a question, by whatever name the last goes.</summary>
    private const string From = "tu";

    private static readonly string[] Until = ["den", "ngay"];

    private static readonly Dictionary<string, ValueKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ngay"] = ValueKind.Day,
        [From] = ValueKind.Day,
        ["den"] = ValueKind.Day,
        ["tu-truoc"] = ValueKind.Day,
        ["den-truoc"] = ValueKind.Day,
        ["ngay-ban-do"] = ValueKind.Day,
        ["ban-do"] = ValueKind.YesNo,
        ["giam"] = ValueKind.YesNo,
        ["lan-nhap"] = ValueKind.Number,
        ["bo-qua"] = ValueKind.Number,
        ["nam"] = ValueKind.Number,
        // Of the dashboard.
        ["from"] = ValueKind.Number,
        ["count"] = ValueKind.Number,
        ["period"] = ValueKind.Text,
        ["don-vi"] = ValueKind.Text,
        ["q"] = ValueKind.Text,
        ["so-lieu"] = ValueKind.Text,
        ["loc"] = ValueKind.Text,
        ["dieu-kien"] = ValueKind.Text,
        ["cot"] = ValueKind.Text,
        ["dang"] = ValueKind.Text,
        ["luu"] = ValueKind.Number,
        ["phan"] = ValueKind.Text,
        ["xep"] = ValueKind.Text,
        ["mau"] = ValueKind.Text,
        ["an-ban"] = ValueKind.Text,
        ["xem"] = ValueKind.Text,
        ["ma"] = ValueKind.Text,
        ["chi-bo"] = ValueKind.Text,
        ["viec"] = ValueKind.Text,
        ["so"] = ValueKind.Text,
        ["ve"] = ValueKind.Text,
        ["het-phien"] = ValueKind.Text,
    };

    /// <summary>A name that means two things: a page of a list by its number, or a sheet of the register by its name.</summary>
    private const string Page = "trang";

    private const string Lists = "/danh-sach";

    /// <returns>Null where no page takes a value of that name.</returns>
    public static ValueKind? Kind(PathString path, string name) =>
        name.Equals(Page, StringComparison.OrdinalIgnoreCase)
            ? path.StartsWithSegments(Lists, StringComparison.Ordinal) ? ValueKind.Number : ValueKind.Text
            : Kinds.TryGetValue(name, out var kind) ? kind : null;

    public async Task InvokeAsync(HttpContext context)
    {
        var faults = await FaultsAsync(context.Request, context.RequestAborted);
        if (faults.Count == 0)
            await next(context);
        else
            await AccessPages.Notice("Địa chỉ không dùng được", string.Join(" ", faults), StatusCodes.Status400BadRequest).ExecuteAsync(context);
    }

    private static async Task<List<string>> FaultsAsync(HttpRequest request, CancellationToken cancel)
    {
        var faults = new List<string>();
        if (!IsPlain(request.Path.Value ?? ""))
            faults.Add("Địa chỉ có ký tự không in được; hãy mở lại trang từ danh mục.");
        foreach (var (name, values) in request.Query)
        {
            if (values.Count > 1)
                faults.Add($"Giá trị “{Shown(name)}” được nêu {values.Count} lần; chỉ nêu một lần.");
            faults.AddRange(values.Select(value => Fault(Kind(request.Path, name) ?? ValueKind.Text, name, value ?? "")).OfType<string>());
        }
        if (faults.Count == 0 && Day(request.Query[From]) is { } from
            && Until.Select(name => Day(request.Query[name])).FirstOrDefault(day => day is not null) is { } until && from > until)
            faults.Add($"Ngày đầu {Vietnamese.Day(from)} sau ngày cuối {Vietnamese.Day(until)}; hãy đổi lại.");
        if (request.HasFormContentType && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
            faults.AddRange(await FormFaultsAsync(request, cancel));
        return faults;
    }

    private static async Task<IEnumerable<string>> FormFaultsAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return (await request.ReadFormAsync(cancel)).Where(field => !IsPlain(field.Key) || field.Value.Any(value => !IsPlain(value ?? "", isForm: true)))
                .Select(field => $"Ô “{Shown(field.Key)}” có ký tự không in được; hãy gõ lại.").ToList();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return ["Những gì gửi lên không đọc được hoặc quá dài, nên chưa có gì được ghi; hãy quay lại trang và làm lại."];
        }
    }

    private static string? Fault(ValueKind kind, string name, string value)
    {
        if (!IsPlain(name) || !IsPlain(value))
            return $"Giá trị “{Shown(name)}” có ký tự không in được; hãy mở lại trang từ danh mục.";
        if (value.Length > Longest)
            return $"Giá trị “{Shown(name)}” dài quá {Longest} chữ.";
        // Not given.
        if (value.Length == 0)
            return null;
        return kind switch
        {
            ValueKind.Day when Day(value) is null => $"“{Shown(value)}” ({Shown(name)}) không phải là một ngày có thật từ năm 1901 đến 2199, viết như 2020-06-30.",
            ValueKind.Number when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => $"“{Shown(value)}” ({Shown(name)}) không phải là một số từ 0 đến {int.MaxValue}.",
            ValueKind.YesNo when !bool.TryParse(value, out _) => $"“{Shown(value)}” ({Shown(name)}) chỉ nhận true hoặc false.",
            _ => null,
        };
    }

    private static DateOnly? Day(string? value) => Desk.Day(value);

    /// <summary>PostgreSQL takes no U+0000, and none of the others is part of any name.</summary>
    private static bool IsPlain(string text, bool isForm = false) =>
        text.EnumerateRunes().All(letter => letter != Rune.ReplacementChar && (!Rune.IsControl(letter) || (isForm && letter.Value is '\n' or '\r' or '\t')));

    private static string Shown(string value) => new([.. value.Where(letter => !char.IsControl(letter)).Take(60)]);
}
