namespace SinHo.Reporting.Reports;

/// <summary>A unit, term, report or setting that does not exist; the message names the nearest that do.</summary>
public class UnknownNameException(string message) : RefusalException(message, RefusalKind.Unknown);

/// <summary>A unit that the viewer may know of, and that did not exist on the days asked about; the message says when it did.</summary>
public sealed class AbsentUnitException(string message) : UnknownNameException(message);
