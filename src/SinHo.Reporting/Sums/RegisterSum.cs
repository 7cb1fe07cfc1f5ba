using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Sums;

/// <summary>A register of a sum: with its signed figures, or as a gap.</summary>
/// <param name="Received">Null where nothing has come for the period.</param>
/// <param name="Due">The day on which it is due; null where none is known.</param>
/// <param name="IsOverdue">It is a gap, and the day is over.</param>
public sealed record SumPart(Sender Sender, ReceivedReport? Received, DateOnly? Due, bool IsOverdue);

/// <summary>A number of a register.</summary>
/// <param name="Value">Null where it has none.</param>
/// <param name="Differences">What it means else than with us: files of definitions, settings.</param>
public sealed record SumValue(SumPart Part, decimal? Value, IReadOnlyList<string> Differences);

/// <summary>A figure of all registers.</summary>
/// <param name="Values">One for each register that has sent, in their order.</param>
/// <param name="Sum">Of those that have sent; a rate is worked out from the sums. Null where there is none.</param>
/// <param name="WhyNone">Why there is none; null where there is nothing to tell.</param>
public sealed record SumLine(string Code, string Caption, string CountedIn, int Decimals, IReadOnlyList<SumValue> Values, decimal? Sum, string? WhyNone)
{
    /// <returns>Null where the register has not sent.</returns>
    public SumValue? Of(SumPart part) => Values.FirstOrDefault(value => value.Part == part);
}

/// <summary>The signed figures of several registers and their sum.</summary>
/// <param name="Checks">Identities of the report that do not hold between the sums, in words; empty where all hold.</param>
/// <param name="Proved">How many identities were looked at.</param>
/// <param name="OverDefinitions">Why figures that are defined in other ways were summed all the same; null where they were not.</param>
public sealed record RegisterSum(
    string Report, string Title, Period Period, IReadOnlyList<SumPart> Parts, IReadOnlyList<SumLine> Lines, IReadOnlyList<string> Checks, int Proved, string? OverDefinitions)
{
    public IEnumerable<SumPart> Gaps => Parts.Where(part => part.Received is null);

    /// <summary>The registers that have sent, in their order.</summary>
    public IEnumerable<SumPart> Present => Parts.Where(part => part.Received is not null);

    public bool IsComplete => !Gaps.Any();

    /// <summary>Heading of the sum: nobody may take the sum of some for that of all.</summary>
    public string SumCaption => IsComplete ? "Cộng" : $"Cộng chưa đủ: thiếu {string.Join(", ", Gaps.Select(part => part.Sender.Name))}";

    /// <summary>What a reader must know to read the numbers rightly.</summary>
    public IReadOnlyList<string> Notices =>
    [
        .. IsComplete ? [] : (string[])[$"CHƯA ĐỦ: mới có {Present.Count()} trong {Parts.Count} sổ. Còn thiếu: {string.Join("; ", Gaps.Select(part => $"{part.Sender.Name} ({GapOf(part)})"))}. Số cộng dưới đây chỉ gồm các sổ đã gửi."],
        .. OverDefinitions is null ? [] : (string[])[$"Cộng cả số liệu có định nghĩa khác nhau, vì: {OverDefinitions}."],
        "Người chuyển từ sổ này sang sổ khác được tính giảm ở nơi đi và tăng ở nơi đến: tổng tăng và tổng giảm gồm cả chuyển giữa các sổ, đầu kỳ + tăng − giảm = cuối kỳ vẫn cân.",
        "Các sổ chỉ gửi con số nên không biết được một người có ở hai sổ hay không: ai chuyển mà nơi đi chưa ghi giảm, nơi đến đã ghi tăng thì được tính hai lần.",
    ];

    /// <summary>Heading of the column of a register.</summary>
    public static string CaptionOf(SumPart part) => part.Received is null ? $"{part.Sender.Name}: {GapOf(part)}" : part.Sender.Name;

    public static string GapOf(SumPart part) => part switch
    {
        { Due: null } => "chưa gửi",
        { IsOverdue: true } => $"quá hạn từ {Vietnamese.Day(part.Due.Value)}",
        _ => $"chưa gửi, hạn {Vietnamese.Day(part.Due.Value)}",
    };
}
