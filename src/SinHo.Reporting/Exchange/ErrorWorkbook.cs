namespace SinHo.Reporting.Exchange;
public static class ErrorWorkbook { public static void Write(string source, IReadOnlyList<ImportIssue> issues, string path) => throw new NotSupportedException(); }
