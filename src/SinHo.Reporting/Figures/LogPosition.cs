namespace SinHo.Reporting.Figures;

/// <summary>A place in the log of the database.</summary>
/// <param name="Server">Host and port of the server that was read.</param>
/// <param name="Log">As PostgreSQL writes it: "0/5C3A4F8".</param>
public sealed record LogPosition(string Server, string Log);
