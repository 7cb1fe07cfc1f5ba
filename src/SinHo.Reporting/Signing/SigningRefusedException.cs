namespace SinHo.Reporting.Signing;

/// <summary>Why a report is not signed, with the code of docs/spec/command-line.md, Signing; nothing was done.</summary>
/// <param name="code">"not_ours", "figures_changed", "number_used", "date_before_period_end", "signer_unknown", "already_signed"…</param>
public sealed class SigningRefusedException(string code, string message) : RefusalException(message, RefusalKind.Refused)
{
    public string Code => code;
}

/// <summary>A number that several bodies or years have.</summary>
public sealed class NumberNotUniqueException(string message) : RefusalException(message, RefusalKind.Usage);

/// <summary>No signed report has that number.</summary>
public sealed class UnknownNumberException(string message) : RefusalException(message, RefusalKind.Unknown);
