using System.Globalization;

namespace SinHo.Reporting.Samples;

/// <summary>What a branch, and so the people in it, is about.</summary>
internal enum CellKind
{
    Village,
    Quarter,
    School,
    Health,
    CommuneOffice,
    CommunePolice,
    CommuneMilitary,
    PartyOffice,
    StateOffice,
    PublicService,
    Police,
    Army,
    Enterprise,
    Cooperative,
}

/// <summary>
/// How a district is made up: which organisations it has and how many people live in each place on <see cref="Sizing"/>.
/// Nothing in it is a figure of a report; those are counted from the rows that come of it.
/// </summary>
/// <param name="Code">Code of the district, first part of every code in it.</param>
/// <param name="Name">Name of the place, without the words Đảng bộ.</param>
/// <param name="Start">First day of the register; members of long standing are taken over on it.</param>
/// <param name="Sizing">The day on which the sizes of the plan hold.</param>
/// <param name="End">Last day on which something happens.</param>
internal sealed record DistrictPlan(string Code, string Name, DateOnly Start, DateOnly Sizing, DateOnly End)
{
    public required IReadOnlyList<CommunePlan> Communes { get; init; }
    public required IReadOnlyList<GrassrootsPlan> Others { get; init; }

    /// <summary>Code of the committee above the district; null where the register begins with the district.</summary>
    public string? Province { get; init; }

    /// <summary>Ratings that an organisation got year after year, by code; the others vary.</summary>
    public IReadOnlyDictionary<string, string> Ratings { get; init; } = new Dictionary<string, string>();

    /// <summary>Days in which the planned admissions to branches with few members take place.</summary>
    public (DateOnly From, DateOnly Until) Campaign { get; init; } = (Start, Sizing);
}

/// <summary>A commune or the town. Sizes are members; where there is none, the commune has no such branch.</summary>
/// <param name="Code">Its part of the codes, such as X03.</param>
/// <param name="Name">With its kind: xã Pa Tần.</param>
/// <param name="Office">Commune cadres and civil servants in the branch of the commune's offices.</param>
internal sealed record CommunePlan(
    string Code, string Name, IReadOnlyList<VillagePlan> Villages, IReadOnlyList<BranchPlan> Schools, int? Office)
{
    /// <summary>People in the branch of the offices who are not civil servants.</summary>
    public int Helpers { get; init; }

    /// <summary>The day on which the branch of the offices is dissolved and its people go to the village branches.</summary>
    public DateOnly? OfficeDissolved { get; init; }

    public int? Health { get; init; }
    public int? Police { get; init; }

    /// <summary>The day on which the police get a branch of their own; until then they belong to the district police.</summary>
    public DateOnly PoliceFounded { get; init; }

    public int? Military { get; init; }

    /// <summary>The day on which the military branch is dissolved and its people go to the branch of the offices.</summary>
    public DateOnly MilitaryDissolved { get; init; }
}

/// <summary>A village or quarter and the members who live there.</summary>
internal sealed record VillagePlan(string Name, string People, int Size)
{
    private static readonly Dictionary<char, string> Peoples = new()
    {
        ['V'] = "Kinh",
        ['T'] = "Thái",
        ['M'] = "Mông",
        ['D'] = "Dao",
        ['L'] = "Lự",
        ['K'] = "Khơ Mú",
        ['A'] = "Mảng",
        ['X'] = "Kháng",
    };

    /// <summary>So many of them are local people admitted in the campaign while the branch had few members.</summary>
    public int FewMemberAdmissions { get; init; }

    /// <summary>One of them is admitted in the campaign as village head.</summary>
    public bool HeadAdmitted { get; init; }

    /// <summary>Served by the branch of the village before.</summary>
    public bool Joint { get; init; }

    /// <summary>Served by no branch.</summary>
    public bool Unserved { get; init; }

    public CellKind Kind => Name.StartsWith("Khu phố", StringComparison.Ordinal) ? CellKind.Quarter : CellKind.Village;

    /// <summary>
    /// Villages apart by semicolons: name, letter of the people who live there, members; then perhaps *n for
    /// <see cref="FewMemberAdmissions"/> and ^ for <see cref="HeadAdmitted"/>. A leading &amp; says <see cref="Joint"/>; a village
    /// of 0 members that is not joint is <see cref="Unserved"/>.
    /// </summary>
    public static IReadOnlyList<VillagePlan> ParseAll(string text) => [.. text.Split(';', StringSplitOptions.TrimEntries).Select(Parse)];

    private static VillagePlan Parse(string text)
    {
        var joint = text[0] == '&';
        var words = text.TrimStart('&', ' ');
        var blank = words.LastIndexOf(' ');
        var mark = words[(blank + 1)..];
        var counts = mark[1..].TrimEnd('^').Split('*').Select(digits => int.Parse(digits, CultureInfo.InvariantCulture)).ToList();
        return new(words[..blank], Peoples[mark[0]], counts[0])
        {
            FewMemberAdmissions = counts.ElementAtOrDefault(1),
            HeadAdmitted = mark.EndsWith('^'),
            Joint = joint,
            Unserved = !joint && counts[0] == 0,
        };
    }
}

/// <summary>A branch by name and members.</summary>
internal sealed record BranchPlan(string Name, int Size)
{
    /// <summary>Branches apart by semicolons, each a name and a number.</summary>
    public static IReadOnlyList<BranchPlan> ParseAll(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries).Select(part => (part, blank: part.LastIndexOf(' ')))
            .Select(p => new BranchPlan(p.part[..p.blank], int.Parse(p.part[(p.blank + 1)..], CultureInfo.InvariantCulture)))];
}

/// <summary>A grassroots organisation that is no commune: a branch of <see cref="Size"/> members, or a committee with branches.</summary>
/// <param name="Code">Its part of the codes, such as C05.</param>
/// <param name="Name">Without the words Chi bộ or Đảng bộ.</param>
/// <param name="Type">Loại hình of the grassroots organisation.</param>
internal sealed record GrassrootsPlan(string Code, string Name, string Type, CellKind Kind)
{
    public int Size { get; init; }

    /// <summary>Its branches; none where the organisation is a branch itself.</summary>
    public IReadOnlyList<BranchPlan> Branches { get; init; } = [];

    /// <summary>Name of a Đảng bộ bộ phận, and how many of the branches, from the first, stand under it.</summary>
    public (string Name, int Branches)? Section { get; init; }
}
