namespace SinHo.Reporting.Samples;

/// <summary>What became of Sìn Hồ on 1 July 2025: nine communes with their real names and codes. Source: Resolution 1670/NQ-UBTVQH15 (docs/spec, reform-2025). Every person is invented.</summary>
internal static class SinHoReform
{
    private const string Province = "LC";

    public static readonly Reform Reform = new(new(2025, 7, 1), (Province, "Đảng bộ tỉnh Lai Châu"),
    [
        Commune("03478", "xã Sìn Hồ", "X01", "X10", "X06", "X09"),
        Commune("03508", "xã Hồng Thu", "X05", "X04", "X07"),
        Commune("03517", "xã Nậm Tăm", "X11", "X08", "X14"),
        Commune("03529", "xã Tủa Sín Chải", "X20", "X16", "X12"),
        Commune("03532", "xã Pu Sam Cáp", "X13", "X15", "X17"),
        Commune("03538", "xã Nậm Mạ", "X18", "X19"),
        Commune("03544", "xã Nậm Cuổi", "X21", "X22"),
        // With communes of the old district Nậm Nhùn, which this register does not hold.
        Commune("03487", "xã Lê Lợi", "X02"),
        Commune("03503", "xã Pa Tần", "X03"),
    ],
    new(2026, 7, 26))
    {
        GoTo = new Dictionary<string, string[]>
        {
            [Province] = ["C01", "C03", "C04", "C07", "C16", "C17", "C18", "C19", "C20", "C22", "C23", "C24", "C25", "C26", "C27", "C28"],
            [$"{Province}.03478"] = ["C08", "C09", "C32", "C33"],
            [$"{Province}.03517"] = ["C10"],
        }.SelectMany(above => above.Value.Select(code => (Code: $"SH.{code}", Above: above.Key))).ToDictionary(pair => pair.Code, pair => pair.Above),
    };

    private static NewCommune Commune(string code, string name, params string[] of) => new($"{Province}.{code}", name, [.. of.Select(old => $"SH.{old}")]);
}
