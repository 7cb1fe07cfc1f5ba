#pragma warning disable
namespace SinHo.Reporting.Exchange
{
    public static class RegisterWorkbook { public static void Write(string path, IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> sheets, CancellationToken cancel) => throw new NotSupportedException(); }
    public static class TemplateWriter { public static void Write(string path) => throw new NotSupportedException(); }
}
namespace SinHo.Reporting.Samples
{
    public sealed class SyntheticRegister(int organisations, int members, int years, int seed) : SinHo.Reporting.Exchange.IRegisterSource { public IEnumerable<SinHo.Reporting.Exchange.SourceSheet> Sheets() => throw new NotSupportedException(); }
}
