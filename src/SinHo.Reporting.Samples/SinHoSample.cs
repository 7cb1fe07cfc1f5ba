using System.Globalization;
using SinHo.Reporting.Exchange;

namespace SinHo.Reporting.Samples;

/// <summary>
/// The sample register of Đảng bộ huyện Sìn Hồ: invented people in a real structure. It always gives the same rows. The term report 2015-2020 counts from them
/// what the newspaper told (docs/spec/statistics.md 0); then the district lives on until 31/10/2026, through the reform of 01/07/2025 and the renaming of levels of 26/07/2026.
/// </summary>
public sealed class SinHoSample : IRegisterSource
{
    private const ulong Seed = 20200630;

    private readonly bool goesOn;

    private SinHoSample(bool goesOn) => this.goesOn = goesOn;

    public SinHoSample()
        : this(goesOn: true)
    {
    }

    /// <summary>The same register as it was on 31/12/2020: half of the rows, for what asks of no later day.</summary>
    public static SinHoSample OfTheArticle() => new(goesOn: false);

    /// <inheritdoc/>
    public IEnumerable<SourceSheet> Sheets()
    {
        var history = new DistrictHistory(SinHoPlan.District, Seed);
        AddTerms(history.Register, goesOn ? 2025 : 2020);
        var story = new SinHoStory(history);
        story.Plan();
        history.Live();
        if (goesOn)
            history.LiveOn(new(2026, 10, 31), SinHoReform.Reform, story.PlanLater);
        new BoardYear(history.Register, "SH", 12, goesOn ? new(2026, 10, 31) : new(2020, 12, 31), Seed).Write();
        return history.Register.Sheets();
    }

    /// <param name="last">The year in which the last term begins.</param>
    internal static void AddTerms(RegisterBuilder register, int last = 2020)
    {
        for (var year = 2010; year <= last; year += 5)
            register.Add(new Term(string.Create(CultureInfo.InvariantCulture, $"{year}-{year + 5}"), new(year, 7, 1), new(year + 5, 6, 30)));
    }
}
