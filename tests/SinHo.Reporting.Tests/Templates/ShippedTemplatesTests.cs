using System.Runtime.CompilerServices;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Templates;

public sealed class ShippedTemplatesTests
{
    public static TheoryData<string> Folders { get; } = [.. ShippedTemplates.All.Keys];

    /// <summary>Binary files of the repository with a source: SINHO_ACCEPT_GOLDEN=1 draws them anew.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void A_shipped_template_is_what_its_drawing_says(string folder)
    {
        using var temporary = new TemporaryFolder();
        using var drawn = ShippedTemplates.All[folder]();
        drawn.Save(temporary.File("drawn.xlsx"));
        var shipped = Path.Combine(Reports(), folder, "template.xlsx");
        if (Environment.GetEnvironmentVariable("SINHO_ACCEPT_GOLDEN") == "1"
            && !(File.Exists(shipped) && WorkbookDump.Text(shipped) == WorkbookDump.Text(temporary.File("drawn.xlsx"))))
        {
            File.Copy(temporary.File("drawn.xlsx"), shipped, overwrite: true);
        }

        Assert.Equal(WorkbookDump.Text(temporary.File("drawn.xlsx")), WorkbookDump.Text(shipped));
    }

    private static string Reports([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../reports"));
}
