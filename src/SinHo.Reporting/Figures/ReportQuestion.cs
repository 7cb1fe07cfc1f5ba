using System.Text.Json;
using System.Text.Json.Serialization;

namespace SinHo.Reporting.Figures;

/// <summary>
/// What a report was asked: every file carries it, so that the same can be asked again of the register. Equal questions of an equal register give equal bytes.
/// Source: docs/spec/command-line.md, Signing.
/// </summary>
/// <param name="Report">Folder of reports/.</param>
/// <param name="From">First day of the period as asked.</param>
/// <param name="To">Last day of it.</param>
/// <param name="PeriodName">What the period is called: "nhiệm kỳ 2015-2020".</param>
/// <param name="Edition">Edition of the form that was asked for; null for that of the last day.</param>
/// <param name="OnMap">Counted on today's map.</param>
/// <param name="Names">Whether lists come with the figures.</param>
/// <param name="AllLists">Whether lists come for a unit of any size.</param>
/// <param name="CutOffDay">Last day of a month of the calendar behind the period; null for calendar months.</param>
/// <param name="OwnLook">Printed through another template than the report's own.</param>
/// <param name="Settings">Settings overridden, by name.</param>
public sealed record ReportQuestion(
    string Report, string Unit, DateOnly From, DateOnly To, string PeriodName, string? Edition, bool OnMap, bool Names, bool AllLists, int? CutOffDay, bool OwnLook,
    IReadOnlyDictionary<string, int> Settings)
{
    /// <summary>Name of the property of a file that holds it.</summary>
    public const string Property = "sinho-question";

    [JsonIgnore]
    public Period Period => new(From, To, PeriodName);

    /// <summary>On one line, the same for equal questions.</summary>
    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(
        this with { Settings = new SortedDictionary<string, int>(Settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) }, JsonSerializerOptions.Web);

    /// <returns>Null where the text is no question.</returns>
    public static ReportQuestion? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ReportQuestion>(text, JsonSerializerOptions.Web) is { Report: not null, Unit: not null, Settings: not null } question && question.From <= question.To ? question : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether both speak of the same report of the same unit and period, whatever else was chosen.</summary>
    public bool IsOfTheSame(ReportQuestion other) => Report == other.Report && Unit == other.Unit && From == other.From && To == other.To;
}
