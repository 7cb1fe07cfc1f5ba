using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <summary>What a person does and has learnt.</summary>
internal sealed record Education(string Occupation, string Schooling, string? Qualification, string? Theory);

/// <summary>A row of the sheet Đảng viên, and where the person stands as the history goes on.</summary>
internal sealed class Person(string code, string name, bool woman, string people, PartialDate born, Education education) : IRegisterRow
{
    public string Code => code;
    public Education Education => education;
    public string? Religion { get; init; }
    public bool Excused { get; init; }
    public bool ForeignMarriage { get; init; }
    public bool Youth { get; init; }

    /// <summary>The people with whom the person moves when branches are reorganised.</summary>
    public required Cell Cell { get; set; }

    /// <summary>Home of the person; the village is asked for when the row is written, after villages have merged.</summary>
    public Cell? Home { get; set; }

    public DateOnly Joined { get; set; }
    public DateOnly? Official { get; set; }

    /// <summary>Of who was admitted twice: the first time.</summary>
    public DateOnly? FirstJoined { get; set; }

    public DateOnly? FirstOfficial { get; set; }

    /// <summary>The membership that holds now; null outside the Party and between two branches.</summary>
    public Membership? Membership { get; set; }

    public Organisation? Branch => Membership?.Branch;
    public List<Post> Posts { get; } = [];
    public List<Assignment> Assignments { get; } = [];

    /// <summary>Full years lived on that day, from the first day that the birth date can mean.</summary>
    public int AgeOn(DateOnly day) => day.Year - born.FirstDay.Year - (day < born.FirstDay.AddYears(day.Year - born.FirstDay.Year) ? 1 : 0);

    public bool IsOfficialOn(DateOnly day) => Official <= day;

    public Post? Holds(string post) => Posts.Find(p => p.Name == post && p.To is null);

    public object?[] Cells() =>
    [
        code, null, name, woman ? "Nữ" : "Nam", born, people, Religion, Home?.Village?.Code, Joined, Official, FirstJoined, FirstOfficial,
        education.Schooling, education.Qualification, null, education.Theory, education.Occupation, Youth, false, ForeignMarriage, Excused,
    ];
}
