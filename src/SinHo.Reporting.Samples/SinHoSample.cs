using System.Globalization;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Samples;

/// <summary>
/// The sample register of Đảng bộ huyện Sìn Hồ from 2014 to 2020: invented people in a real structure. It always gives the same
/// rows, and the term report 2015-2020 counts from them what the newspaper told (docs/spec/statistics.md 0).
/// </summary>
public sealed class SinHoSample : IRegisterSource
{
    private const ulong Seed = 20200630;

    /// <inheritdoc/>
    public IEnumerable<SourceSheet> Sheets()
    {
        var history = new DistrictHistory(SinHoPlan.District, Seed);
        AddTerms(history.Register);
        new SinHoStory(history).Plan();
        history.Live();
        return history.Register.Sheets();
    }

    internal static void AddTerms(RegisterBuilder register)
    {
        for (var year = 2010; year <= 2020; year += 5)
            register.Add(new Term(string.Create(CultureInfo.InvariantCulture, $"{year}-{year + 5}"), new(year, 7, 1), new(year + 5, 6, 30)));
    }
}
