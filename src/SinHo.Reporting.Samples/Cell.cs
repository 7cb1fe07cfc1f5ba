namespace SinHo.Reporting.Samples;

/// <summary>
/// The people of one place, who stay together through every reorganisation: a village, a school, an office. Which branch they
/// belong to changes; the cell does not.
/// </summary>
internal sealed class Cell(string code, string name, CellKind kind, IReadOnlyList<string> peoples, int size)
{
    /// <summary>Code of the place: the village's, or that of the branch it has in the plan.</summary>
    public string Code => code;
    public string Name => name;
    public CellKind Kind => kind;
    public Profile Profile => Profile.For(kind);

    /// <summary>The peoples who live here; one stands as often as it is likely.</summary>
    public IReadOnlyList<string> Peoples => peoples;

    /// <summary>Members on the day of sizing, or on the day of dissolution where that is earlier.</summary>
    public int Size => size;

    public int FewMemberAdmissions { get; init; }
    public bool HeadAdmitted { get; init; }
    public int Helpers { get; init; }

    /// <summary>The grassroots organisation to which the cell belongs.</summary>
    public required Organisation Grassroots { get; set; }

    public Organisation? Branch { get; set; }
    public Village? Village { get; set; }

    /// <summary>Before this day the planned admissions do not happen: the branch is not yet there.</summary>
    public DateOnly? BranchFrom { get; set; }

    /// <summary>The day on which the branch is dissolved and its people go elsewhere.</summary>
    public DateOnly? Dissolved { get; set; }

    public bool IsVillage => kind is CellKind.Village or CellKind.Quarter;

    /// <summary>The post of the village head, where the head is a member or about to become one.</summary>
    public Post? Head { get; set; }
}
