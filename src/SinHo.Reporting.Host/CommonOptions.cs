using System.CommandLine;
using System.Globalization;

namespace SinHo.Reporting.Host;

/// <summary>Options that every verb takes.</summary>
public static class CommonOptions
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "Chuỗi kết nối Npgsql tới PostgreSQL có sẵn (hoặc biến SINHO_DATABASE)",
        HelpName = "CHUỖI",
        Recursive = true,
    };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Thư mục dữ liệu của PostgreSQL riêng (hoặc biến SINHO_DATA)",
        HelpName = "THƯ MỤC",
        Recursive = true,
    };

    public static readonly Option<bool> Timings = new("--timings")
    {
        Description = "Sau khi xong, in thời gian từng bước ra đầu ra lỗi",
        Recursive = true,
    };

    public static Option<string?> Format() => new("--format")
    {
        Description = "json: in JSON ra đầu ra chuẩn, không in gì khác",
        HelpName = "json",
    };

    public static Option<string?> Reason() => new("--reason")
    {
        Description = "Lý do, giữ cùng lần nhập và nêu trong Nhật ký",
        HelpName = "LÝ DO",
    };

    public static Option<string?> Basis() => new("--basis")
    {
        Description = "then: theo tổ chức và địa bàn của từng ngày (mặc định); today: theo tổ chức và địa bàn ngày cuối kỳ",
        HelpName = "then|today",
    };

    /// <summary>Whether today's map is asked for.</summary>
    public static bool IsOnMap(ParseResult words, Option<string?> basis) => words.GetValue(basis) switch
    {
        null or "then" => false,
        "today" => true,
        var other => throw new UsageException($"--basis là then hoặc today, không phải “{other}”."),
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Dùng giá trị khác của một quy định cho lần chạy này, ví dụ few_member_max=3; nêu được nhiều lần",
        HelpName = "TÊN=SỐ",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Values of settings by name.</summary>
    public static IReadOnlyDictionary<string, int> Settings(ParseResult words, Option<string[]> set)
    {
        var settings = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in words.GetValue(set) ?? [])
        {
            var mark = text.IndexOf('=', StringComparison.Ordinal);
            if (mark <= 0 || !int.TryParse(text[(mark + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                throw new UsageException($"--set: “{text}” không đúng dạng TÊN=SỐ, ví dụ few_member_max=3.");
            if (!settings.TryAdd(text[..mark], value))
                throw new UsageException($"--set: {text[..mark]} được nêu hai lần.");
        }
        return settings;
    }

    public static bool IsJson(ParseResult words, Option<string?> format) => words.GetValue(format) switch
    {
        null => false,
        "json" => true,
        var other => throw new UsageException($"--format chỉ nhận json, không nhận “{other}”."),
    };
}
