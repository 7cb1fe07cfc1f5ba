namespace SinHo.Reporting.Faces;

/// <summary>What a report gets when it is signed, as its papers print it. A paper without one is a draft: its number, date and signer are blanks to be filled by hand.</summary>
/// <param name="Number">With its symbol: "12-BC/BTCHU".</param>
/// <param name="Signer">The name under the signature.</param>
/// <param name="Office">Above it, upper case, one line each: "K/T TRƯỞNG BAN" and "PHÓ TRƯỞNG BAN"; null for the heading of the letterhead.</param>
/// <param name="CheckCode">Printed small in the footer.</param>
public sealed record Issue(string? Number, DateOnly? Date, string? Signer, string? Office, string? CheckCode)
{
    /// <summary>Lines under "Nơi nhận", without dashes; empty where nobody is named.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>"Số 12-BC/BTCHU - mã kiểm tra 7K2F-…"; what the foot of every page says of the set it belongs to.</summary>
    internal string Foot => string.Join(" - ", ((string[])[Number is null ? "" : $"Số {Number}", CheckCode is null ? "" : $"mã kiểm tra {CheckCode}"]).Where(part => part.Length > 0));
}
