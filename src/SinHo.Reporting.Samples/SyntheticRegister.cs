using System.Globalization;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <summary>
/// An invented register of any size, for trials and benchmarks: districts D001, D002 … of about 350 organisations each, with a
/// history up to 31/12/2020. The same four numbers always give the same rows.
/// </summary>
/// <remarks>Keeps a dozen districts in memory, some 75 MB in all; the others are lived again for every sheet.</remarks>
public sealed class SyntheticRegister : IRegisterSource
{
    /// <summary>A district, a commune and a branch.</summary>
    public const int FewestOrganisations = 3;

    private const string Province = "T";
    private const int OrganisationsPerDistrict = 350;
    private const int DistrictsKept = 12;

    private readonly int organisations;
    private readonly int members;
    private readonly int years;
    private readonly ulong seed;
    private readonly bool throughReform;
    private readonly int provinces;
    private readonly Dictionary<int, RegisterBuilder> kept = [];

    /// <param name="organisations">Organisations of every level that hold on 31/12/2020; at least <see cref="FewestOrganisations"/>.</param>
    /// <param name="members">Members on the roll on 31/12/2020; people who left before come on top.</param>
    /// <param name="years">Calendar years of history, 2020 the last; at least 1.</param>
    /// <param name="throughReform">The districts are those of one province, and live on until 31/10/2026: on 01/07/2025 they end, and new communes stand below the province.</param>
    /// <param name="provinces">Committees of provinces above the districts; 0 for none, or the one that a reform needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number too small to make a register of.</exception>
    public SyntheticRegister(int organisations, int members, int years, int seed, bool throughReform = false, int provinces = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(organisations, FewestOrganisations);
        ArgumentOutOfRangeException.ThrowIfNegative(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        this.organisations = organisations;
        this.members = members;
        this.years = years;
        this.throughReform = throughReform;
        this.provinces = throughReform ? 1 : provinces;
        this.seed = unchecked((ulong)seed);
        Districts = Math.Max(1, (organisations + OrganisationsPerDistrict / 2) / OrganisationsPerDistrict);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(provinces, Districts);
    }

    public int Districts { get; }

    /// <summary>The districts one after another, each lived when it is asked for and kept by nobody.</summary>
    public IEnumerable<IRegisterSource> Parts() => Enumerable.Range(1, Districts).Select(Live);

    /// <inheritdoc/>
    public IEnumerable<SourceSheet> Sheets() => ExchangeWorkbook.Sheets.Select(sheet => RegisterBuilder.Named(sheet, Rows(sheet)));

    private IEnumerable<IReadOnlyList<object?>> Rows(SheetDefinition sheet) =>
        Enumerable.Range(1, Districts).SelectMany(number => District(number).Rows(sheet));

    private RegisterBuilder District(int number)
    {
        if (kept.TryGetValue(number, out var register))
            return register;
        register = Live(number);
        if (kept.Count < DistrictsKept)
            kept.Add(number, register);
        return register;
    }

    private RegisterBuilder Live(int number)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"D{number:000}");
        var (province, isFirst) = ProvinceOf(number);
        var plan = new SyntheticPlan(code, Part(organisations, number), Part(members, number), years, Dice.Of(seed, code));
        var district = plan.District(province);
        var history = new DistrictHistory(district, seed);
        if (number == 1)
            SinHoSample.AddTerms(history.Register, throughReform ? 2025 : 2020);
        if (province is not null && isFirst)
            history.Register.Found(province, province == Province ? "Đảng bộ tỉnh giả lập" : $"Đảng bộ tỉnh giả lập {province}", "Đảng bộ tỉnh", "Khác", null, district.Start);
        plan.PlanEvents(history);
        history.Live();
        if (throughReform)
            history.LiveOn(new(2026, 10, 31), plan.Reform(history, Province), () => { });
        new BoardYear(history.Register, code, 100 + number, throughReform ? new(2026, 10, 31) : new(2020, 12, 31), seed).Write();
        return history.Register;
    }

    /// <summary>The province above a district, and whether it is the first of its districts.</summary>
    private (string? Code, bool IsFirst) ProvinceOf(int number)
    {
        if (provinces == 0)
            return (null, false);
        var at = Of(number);
        return (provinces == 1 ? Province : string.Create(CultureInfo.InvariantCulture, $"{Province}{at + 1:00}"), number == 1 || Of(number - 1) != at);

        int Of(int district) => (int)((long)(district - 1) * provinces / Districts);
    }

    /// <summary>The share of one district; the first ones take what does not divide evenly.</summary>
    private int Part(int whole, int number) => whole / Districts + (number <= whole % Districts ? 1 : 0);
}
