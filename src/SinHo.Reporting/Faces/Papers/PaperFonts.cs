using System.Reflection;
using System.Security.Cryptography;
using SkiaSharp;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>
/// The fonts of every PDF: Liberation Serif, as wide as Times New Roman letter by letter, shipped with the program and embedded in what it writes. No font of
/// the machine is ever asked for. Licence: Fonts/LICENSE.txt.
/// </summary>
public static class PaperFonts
{
    private static readonly Lazy<SKTypeface> Upright = new(() => Load("LiberationSerif-Regular.ttf"));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load("LiberationSerif-Bold.ttf"));
    private static readonly Lazy<SKTypeface> ItalicFace = new(() => Load("LiberationSerif-Italic.ttf"));

    /// <summary>SHA-256 of each file, by its name: what a signed report keeps.</summary>
    public static IReadOnlyDictionary<string, string> Hashes { get; } = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".ttf", StringComparison.Ordinal))
        .ToDictionary(name => name, name => Convert.ToHexStringLower(SHA256.HashData(Open(name))), StringComparer.Ordinal);

    internal static SKFont Of(double size, bool bold, bool italic) => new((bold ? BoldFace : italic ? ItalicFace : Upright).Value, (float)size)
    {
        // Widths as the font says them, whatever is drawn on.
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
        BaselineSnap = false,
    };

    private static SKTypeface Load(string name)
    {
        using var data = SKData.Create(Open(name));
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is no font.");
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} was not built in.");
}
