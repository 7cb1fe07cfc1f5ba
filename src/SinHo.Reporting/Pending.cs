#pragma warning disable
namespace SinHo.Reporting.Exchange
{
    public static class RegisterWorkbook { public static void Write(string path, IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> sheets, CancellationToken cancel) => throw new NotSupportedException(); }
    public static class TemplateWriter { public static void Write(string path) => throw new NotSupportedException(); }
}
