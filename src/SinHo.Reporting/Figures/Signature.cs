namespace SinHo.Reporting.Figures;

/// <summary>Under what a report was signed; it stands on every page of the issued set.</summary>
/// <param name="Number">As it is printed: "12-BC/HU".</param>
/// <param name="Day">The day on which it was signed.</param>
/// <param name="Signer">Name of who signed.</param>
/// <param name="Recipients">Lines of "Nơi nhận"; empty where none were given.</param>
/// <param name="CheckCode">In groups: "7K3M-…"; see Signing/CheckCode.</param>
public sealed record Signature(string Number, DateOnly Day, string Signer, IReadOnlyList<string> Recipients, string CheckCode);
