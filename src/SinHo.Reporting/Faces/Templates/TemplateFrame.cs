using ClosedXML.Excel;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>A judged template: where on its first sheet things stand. Rows and columns are numbers of the template.</summary>
/// <param name="Sheet">The page.</param>
/// <param name="FirstModel">Row of the model `head`; `main`, `detail` and `note` follow.</param>
/// <param name="FirstColumn">First column of the table.</param>
/// <param name="LastColumn">Last column of the table.</param>
/// <param name="HalfOfColumn">For every column of the table, the half of the table it belongs to, from 0.</param>
/// <param name="FirstFoot">First row of the signatures.</param>
/// <param name="LastFoot">Last row of the signatures, the room for signing included.</param>
internal sealed record TemplateFrame(
    IXLWorksheet Sheet, int FirstModel, int FirstColumn, int LastColumn, IReadOnlyList<int> HalfOfColumn, int FirstFoot, int LastFoot)
{
    public const int Models = 4;

    public int FirstAfterModels => FirstModel + Models;
}
