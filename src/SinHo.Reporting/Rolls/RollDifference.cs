using SinHo.Reporting.Words;

namespace SinHo.Reporting.Rolls;

/// <summary>What a list that came back says otherwise than the register.</summary>
public enum RollDifferenceKind
{
    /// <summary>The list has another value; the register is as it was when the list was written.</summary>
    Corrected,

    /// <summary>Both changed, to different values.</summary>
    Conflict,

    /// <summary>A row that the list did not have.</summary>
    Added,

    /// <summary>A row that is struck or gone: somebody who is said to be there no more.</summary>
    Struck,
}

/// <summary>One difference between the list and the register.</summary>
/// <param name="Id">By which a decision names it: the same while neither file nor register change.</param>
/// <param name="Row">Row number that Excel shows; null where the list has none.</param>
/// <param name="Column">Caption; null of a whole row.</param>
/// <param name="Register">As the exported workbook shows it; null where blank, or where there is none.</param>
/// <param name="List">Likewise.</param>
public sealed record RollDifference(RollDifferenceKind Kind, string Id, string Sheet, int? Row, string Person, string Name, string? Column, string? Register, string? List);

/// <summary>What is to become of somebody who was struck: nothing is removed, he leaves or moves.</summary>
/// <param name="Date">The first day on which he is there no more.</param>
/// <param name="Reason">Lý do thôi of one who leaves; null for a move.</param>
/// <param name="Branch">Where one who moves goes; null for one who leaves.</param>
public sealed record RollDeparture(DateOnly Date, string? Reason, string? Branch);

/// <summary>What a reader decided about differences, by <see cref="RollDifference.Id"/>; a conflict that nobody decided is an error.</summary>
/// <param name="Taken">Conflicts in which the list is right.</param>
/// <param name="Left">Differences in which the register stays as it is.</param>
/// <param name="Departures">Of people who were struck.</param>
public sealed record RollDecisions(IReadOnlyList<string> Taken, IReadOnlyList<string> Left, IReadOnlyDictionary<string, RollDeparture> Departures)
{
    public static readonly RollDecisions None = new([], [], new Dictionary<string, RollDeparture>(StringComparer.Ordinal));
}

/// <summary>How much of a list agreed with the register. Counts are of its rows, of people and of memberships.</summary>
/// <param name="Left">Rows with nothing but differences that were left.</param>
public sealed record RollReport(string Unit, long Number, DateOnly Day, int Agreed, int Corrected, int Added, int Struck, int Left)
{
    /// <summary>In a sentence.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Text =>
        $"Danh sách số {Vietnamese.Number((int)Number)} của {Unit}, ngày {Vietnamese.Day(Day)}: {Vietnamese.Number(Agreed)} dòng khớp, {Vietnamese.Number(Corrected)} dòng sửa, {Vietnamese.Number(Added)} dòng thêm, {Vietnamese.Number(Struck)} dòng bị gạch{(Left > 0 ? $", {Vietnamese.Number(Left)} dòng giữ như sổ đăng ký" : "")}.";
}
