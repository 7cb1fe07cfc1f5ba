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
    public bool IsGrassrootsCommittee => Level == "Đảng bộ cơ sở";
    public bool IsGrassrootsBranch => Level == "Chi bộ cơ sở";
    public bool IsGrassroots => IsGrassrootsCommittee || IsGrassrootsBranch;
    public bool IsSubCommittee => Level is "Đảng bộ bộ phận" or "Đảng bộ trực thuộc";
    public bool IsSubordinateBranch => Level is "Chi bộ trực thuộc" or "Chi bộ";
    public bool IsBranch => IsSubordinateBranch || IsGrassrootsBranch;
    public bool IsResidential => Type is "Bản" or "Khu phố";
    public bool IsLocalBranch => IsSubordinateBranch || (IsGrassrootsBranch && IsResidential);
    public bool IsCommuneCommittee => (IsSuperior || IsGrassrootsCommittee) && Type is "Xã" or "Phường" or "Thị trấn" or "Đặc khu";
}

public sealed record Village(string Code, string Commune, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record Service(string Branch, string Village, DateOnly From, DateOnly? To) : Lasting(From, To);

/// <summary>A version of a person's record; it holds until the next one of that person.</summary>
/// <param name="Since">The day that is written; null where none is.</param>
/// <param name="Born">First day that the birth date given can mean.</param>
public sealed record Member(
    string Code, DateOnly? Since, string Sex, DateOnly Born, string Ethnicity, string? Religion, string? Residence, DateOnly Joined, DateOnly? Official,
    DateOnly? FirstJoined, DateOnly? FirstOfficial,
    string Schooling, string? Qualification, string? Title, string? Theory, string Occupation,
    bool Youth, bool Owner, bool ForeignMarriage, bool Excused, bool Away)
{
    public bool IsFemale => Sex == "Nữ";
    public bool IsMinority => Ethnicity is not ("Kinh" or "Quốc tịch gốc nước ngoài");
}

public sealed record Admission(
    string Member, DateOnly Date, DateOnly Decided, DateOnly? Official, string Branch, bool Readmission, bool Local,
    string Occupation, string Schooling, string? Qualification, bool Youth);

public sealed record Membership(
    string Member, string Branch, DateOnly From, DateOnly? To, string ReasonIn, string? ReasonOut, string? Basis) : Lasting(From, To);

/// <param name="Member">Empty where the holder is no member.</param>
public sealed record Post(string Member, string Name, string Place, DateOnly From, DateOnly? To) : Lasting(From, To);

/// <param name="Unit">A branch, a committee of any level, or a village.</param>
public sealed record Restructuring(string Decision, DateOnly Date, string Form, string? Group, string Unit, string Role);

public sealed record Rating(int Year, string Org, string Grade);

public sealed record Meeting(string Branch, DateOnly Date, string Kind, int Due, int Present);

public sealed record Assignment(string Member, string Branch, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record Inspection(string Org, DateOnly Date);

public sealed record PlanRow(string Org, string Period, string Item, int Number);

public sealed record Badge(string Member, int Years, DateOnly Date, bool Posthumous);

public sealed record Card(string Member, DateOnly Date);

public sealed record Reward(string Code, DateOnly Date);

public sealed record Stay(string Member, string Direction, string Place, DateOnly From, DateOnly? To) : Lasting(From, To);

public sealed record MemberRating(int Year, string Member, string Grade);

public sealed record Source(string Code, string Branch, DateOnly From, DateOnly? To) : Lasting(From, To);

/// <param name="Until">Last day of the term, included.</param>
public sealed record Congress(string Org, DateOnly Date, DateOnly Until);
