using MudBlazor;

namespace SinHo.Reporting.Host.Web.Layout;

/// <summary>Colours and letters. Fonts are those of the reader's machine.</summary>
public static class Look
{
    private static readonly string[] Letters = ["Segoe UI", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#8f1515",
            Secondary = "#0b3d91",
            AppbarBackground = "#8f1515",
            Background = "#f6f5f3",
            TextPrimary = "#1b1b1b",
            TextSecondary = "#4a4a4a",
            DrawerText = "#1b1b1b",
            DrawerIcon = "#4a4a4a",
        },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.95rem" },
            H1 = new H1Typography { FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.3" },
            H2 = new H2Typography { FontSize = "1.15rem", FontWeight = "600", LineHeight = "1.4" },
            Button = new ButtonTypography { TextTransform = "none" },
        },
        LayoutProperties = new() { DrawerWidthLeft = "210px" },
    };
}
