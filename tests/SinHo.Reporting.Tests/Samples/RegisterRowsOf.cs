using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Tests.Samples;

/// <summary>Rows of a register that was made rather than read, for the second calculation.</summary>
internal static class RegisterRowsOf
{
    public static IEnumerable<(SheetDefinition Sheet, object?[] Values)> All(IRegisterSource source) =>
        from sheet in source.Sheets()
        let definition = ExchangeWorkbook.Sheets.Single(s => s.Name == sheet.Name)
        from row in sheet.Rows
        select (definition, row.Cells.ToArray());

    public static RegisterModel Model(IRegisterSource source) => RegisterModel.From(All(source));
}
