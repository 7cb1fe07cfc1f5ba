#pragma warning disable
namespace SinHo.Reporting.Exchange
{
    public static class RegisterWorkbook { public static void Write(string path, IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> sheets, CancellationToken cancel) => throw new NotSupportedException(); }
    public static class TemplateWriter { public static void Write(string path) => throw new NotSupportedException(); }
}
namespace SinHo.Reporting.Samples
{
    using SinHo.Reporting.Exchange;
    public sealed class SinHoSample : IRegisterSource { public IEnumerable<SourceSheet> Sheets() => throw new NotSupportedException(); }
    public sealed class SyntheticRegister(int organisations, int members, int years, int seed) : IRegisterSource { public IEnumerable<SourceSheet> Sheets() => throw new NotSupportedException(); }
}
