using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Samples;

/// <summary>
/// The sample register of Đảng bộ huyện Sìn Hồ from 2014 to 2020: invented people in a real structure. It always gives the same
/// rows, and the term report 2015-2020 counts from them what the newspaper told (domain/statistics.md 0).
/// </summary>
public sealed class SinHoSample : IRegisterSource
{
    private const ulong Seed = 20200630;

    /// <inheritdoc/>
    public IEnumerable<SourceSheet> Sheets()
    {
        var history = new DistrictHistory(SinHoPlan.District, Seed);
        foreach (var term in Terms)
            history.Register.Add(term);
        new SinHoStory(history).Plan();
        history.Live();
        return history.Register.Sheets();
    }

    private static readonly Term[] Terms =
    [
        new("2010-2015", new(2010, 7, 1), new(2015, 6, 30)),
        new("2015-2020", new(2015, 7, 1), new(2020, 6, 30)),
        new("2020-2025", new(2020, 7, 1), new(2025, 6, 30)),
    ];
}
