using SinHo.Reporting.Register;

namespace SinHo.Reporting.Samples;

// Rows of the exchange workbook while they are being made; what may still change as the history goes on can be set.
// Cells() gives them in the order of the columns in ExchangeWorkbook.

internal interface IRegisterRow
{
    object?[] Cells();
}

internal sealed record Term(string Name, DateOnly From, DateOnly Until) : IRegisterRow
{
    public object?[] Cells() => [Name, From, Until];
}

internal sealed record OrganisationVersion(string Code, string Name, string Level, string Type, string? Parent, DateOnly From) : IRegisterRow
{
    public DateOnly? To { get; set; }

    public object?[] Cells() => [Code, Name, Level, Type, Parent, From, To, null];
}

internal sealed record Village(string Code, string Name, string Kind, string Commune, DateOnly From) : IRegisterRow
{
    public DateOnly? To { get; set; }

    public object?[] Cells() => [Code, Name, Kind, Commune, From, To, null, null];
}

internal sealed record Service(Organisation Branch, Village Village, DateOnly From) : IRegisterRow
{
    public DateOnly? To { get; set; }

    public object?[] Cells() => [Branch.Code, Village.Code, From, To];
}

internal sealed record Admission(Person Member, DateOnly Date, string Decision, DateOnly Decided, Organisation Branch) : IRegisterRow
{
    public DateOnly? Official { get; set; }
    public bool Readmission { get; init; }
    public bool Local { get; init; }
    public required Education Then { get; init; }

    public object?[] Cells() =>
    [
        Member.Code, Date, Decision, Decided, Official, Branch.Code, Readmission, Local,
        Then.Occupation, Then.Schooling, Then.Qualification, Member.AgeOn(Date) <= 30,
    ];
}

internal sealed record Membership(Person Member, DateOnly From, string ReasonIn, string? Basis) : IRegisterRow
{
    public required Organisation Branch { get; set; }
    public DateOnly? To { get; set; }
    public string? ReasonOut { get; set; }

    public object?[] Cells() => [Member.Code, Branch.Code, From, To, ReasonIn, ReasonOut, Basis];
}

internal sealed record Post(Person Holder, string Name, string Place, DateOnly From) : IRegisterRow
{
    public DateOnly? To { get; set; }

    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day < To);

    public object?[] Cells() => [Holder.Code, Name, Place, From, To, null];
}

internal sealed record Restructuring(string Decision, DateOnly Date, string Form, string? Group, string Unit, string Role) : IRegisterRow
{
    public object?[] Cells() => [Decision, Date, Form, Group, Unit, Role];
}

internal sealed record Rating(int Year, string Organisation, string Grade) : IRegisterRow
{
    public object?[] Cells() => [Year, Organisation, Grade];
}

internal sealed record Meeting(string Branch, DateOnly Date, string Kind, int Due, int Present) : IRegisterRow
{
    public object?[] Cells() => [Branch, Date, Kind, Due, Present];
}

internal sealed record Assignment(Person Member, Organisation Branch, string Role, DateOnly From) : IRegisterRow
{
    public DateOnly? To { get; set; }

    public object?[] Cells() => [Member.Code, Branch.Code, Role, From, To];
}

internal sealed record Inspection(string Document, string Organisation, DateOnly Date, string Form, string Subject, string? Result)
    : IRegisterRow
{
    public object?[] Cells() => [Document, Organisation, Date, Form, Subject, Result];
}
