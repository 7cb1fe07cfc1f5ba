namespace SinHo.Reporting.Reports;

/// <summary>A unit, term, report or setting that does not exist; the message names the nearest that do.</summary>
public sealed class UnknownNameException(string message) : Exception(message);
