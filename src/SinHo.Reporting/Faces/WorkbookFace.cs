namespace SinHo.Reporting.Faces;
public static class WorkbookFace { public static void Write(Figures.Report report, string path, IProgress<string>? progress, CancellationToken cancel) => throw new NotSupportedException(); }
