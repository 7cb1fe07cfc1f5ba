namespace SinHo.Reporting.Tests;

/// <summary>Something that holds from <see cref="From"/> on, until the day before <see cref="To"/>; null: it still holds.</summary>
public abstract record Lasting(DateOnly From, DateOnly? To)
{
    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day < To);
}

public sealed record Term(string Name, DateOnly From, DateOnly Until);

public sealed record OrgVersion(string Code, string Name, string Level, string Type, string? Parent, DateOnly From, DateOnly? To)
    : Lasting(From, To)
{
    public bool IsSuperior => Level is "Đảng bộ tỉnh" or "Đảng bộ huyện" or "Đảng bộ cấp xã";
    public bool IsSubordinateBranch => Level == "Chi bộ trực thuộc";
    public bool IsBranch => IsSubordinateBranch || Level == "Chi bộ cơ sở";
    public bool IsGrassroots => Level is "Đảng bộ cơ sở" or "Chi bộ cơ sở";
    public bool IsResidential => Type is "Bản" or "Khu phố";
}

public sealed record Village(string Code, string Commune, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record Service(string Branch, string Village, DateOnly From, DateOnly? To) : Lasting(From, To);

/// <param name="Born">First day that the birth date given can mean.</param>
public sealed record Member(
    string Code, string Sex, DateOnly Born, string Ethnicity, string? Religion, string? Residence, DateOnly Joined, DateOnly? Official,
    DateOnly? FirstJoined, DateOnly? FirstOfficial,
    string Schooling, string? Qualification, string? Title, string? Theory, string Occupation,
    bool Youth, bool Owner, bool ForeignMarriage, bool Excused)
{
    public bool IsFemale => Sex == "Nữ";
    public bool IsMinority => Ethnicity is not ("Kinh" or "Quốc tịch gốc nước ngoài");
}

public sealed record Admission(
    string Member, DateOnly Date, DateOnly Decided, DateOnly? Official, string Branch, bool Readmission, bool Local,
    string Occupation, string Schooling, string? Qualification, bool Youth);

public sealed record Membership(
    string Member, string Branch, DateOnly From, DateOnly? To, string ReasonIn, string? ReasonOut, string? Basis) : Lasting(From, To);

public sealed record Post(string Member, string Name, string Place, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record Restructuring(string Decision, DateOnly Date, string Form, string Branch, string Role);

public sealed record Rating(int Year, string Org, string Grade);

public sealed record Meeting(string Branch, DateOnly Date, string Kind, int Due, int Present);

public sealed record Assignment(string Member, string Branch, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record Inspection(string Org, DateOnly Date);
