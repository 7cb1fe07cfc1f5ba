using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

/// <summary>What a person does and has learnt.</summary>
internal sealed record Education(string Occupation, string Schooling, string? Qualification, string? Theory);

/// <summary>The rows of somebody in the sheet Đảng viên, and where the person stands as the history goes on.</summary>
internal sealed class Person(string code, string name, bool woman, string people, PartialDate born, Education education)
{
    public string Code => code;

    /// <summary>As it was when the person came into the register.</summary>
    public Education Education => education;

    public DateOnly Born => born.FirstDay;
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

    private readonly List<Record> records = [];

    /// <summary>The record as it is now. From the first time it is asked for, what changes is a version of its own.</summary>
    public Record Now
    {
        get
        {
            if (records.Count == 0)
                records.Add(new(null, education, Youth, Excused, Home?.Village?.Code, Away: false));
            return records[^1];
        }
    }

    /// <summary>From the day on the record is another; what changes twice on one day is one version.</summary>
    public void Change(DateOnly day, Func<Record, Record> change)
    {
        var next = change(Now) with { From = day };
        if (Now.From == day)
            records[^1] = next;
        else
            records.Add(next);
    }

    /// <summary>The versions of the record in order; what is of the person is the same in all of them.</summary>
    public IEnumerable<object?[]> Versions() => (records.Count == 0 ? [Now] : records).Select(record => (object?[])
    [
        code, record.From, name, woman ? "Nữ" : "Nam", born, people, Religion, record.Village, Joined, Official, FirstJoined, FirstOfficial,
        record.Education.Schooling, record.Education.Qualification, null, record.Education.Theory, record.Education.Occupation, record.Youth, false, ForeignMarriage, record.Excused, record.Away,
    ]);
}

/// <summary>What of a person changes in time, as it is from a day on.</summary>
/// <param name="From">Null: since ever.</param>
/// <param name="Village">Code of the village of residence.</param>
internal sealed record Record(DateOnly? From, Education Education, bool Youth, bool Excused, string? Village, bool Away);
