namespace SinHo.Reporting.Samples;

/// <summary>How a district ends: its communes become new ones below a province, its other organisations go to these, to the province, or end.</summary>
/// <param name="Day">The first day of the new order.</param>
/// <param name="Province">Code and name of the committee above the new communes; founded on the day where the register has none.</param>
/// <param name="Renamed">The day from which the new communes are grassroots committees and what stands below them is called Chi bộ; null: never.</param>
internal sealed record Reform(DateOnly Day, (string Code, string Name) Province, IReadOnlyList<NewCommune> Communes, DateOnly? Renamed)
{
    /// <summary>Where organisations that are no communes go, by code: the code of a new commune or of the province. The others end, and their people go to the new communes.</summary>
    public IReadOnlyDictionary<string, string> GoTo { get; init; } = new Dictionary<string, string>();
}

/// <param name="Name">With its kind: xã Pa Tần.</param>
/// <param name="Of">Codes of the communes of which it is made.</param>
internal sealed record NewCommune(string Code, string Name, IReadOnlyList<string> Of);
