namespace SinHo.Reporting.Samples;

/// <summary>How people of one kind of branch are made up and come and go.</summary>
/// <param name="BranchType">Loại hình of a Chi bộ trực thuộc of this kind.</param>
/// <param name="Women">Percent of women.</param>
/// <param name="Kinh">Percent of Kinh; the others are people of the place.</param>
/// <param name="Core">So many official members stay from the first day to the day of sizing.</param>
/// <param name="Admitted">Per thousand and year, of those beyond the core: came by admission.</param>
/// <param name="Arrived">The same: came from elsewhere.</param>
/// <param name="Departing">Per thousand and year, of all: leave again.</param>
internal sealed record Profile(string BranchType, int Women, int Kinh, int Core, int Admitted, int Arrived, int Departing)
{
    private static readonly Dictionary<CellKind, Profile> Of = new()
    {
        // Six official members who stay keep a village branch of normal size above the threshold of few members for good.
        [CellKind.Village] = new("Bản", 36, 2, 6, 80, 18, 26),
        [CellKind.Quarter] = new("Khu phố", 46, 60, 6, 40, 35, 32),
        [CellKind.School] = new("Trường học", 64, 36, 3, 50, 45, 40),
        [CellKind.Health] = new("Trạm y tế", 54, 18, 3, 40, 40, 30),
        [CellKind.CommuneOffice] = new("Cơ quan xã", 29, 14, 3, 50, 30, 35),
        [CellKind.CommunePolice] = new("Công an", 6, 35, 3, 30, 50, 15),
        [CellKind.CommuneMilitary] = new("Quân sự", 0, 10, 3, 60, 0, 10),
        [CellKind.PartyOffice] = new("Khác", 38, 40, 3, 20, 50, 35),
        [CellKind.StateOffice] = new("Khác", 36, 45, 3, 35, 50, 40),
        [CellKind.PublicService] = new("Khác", 46, 42, 3, 45, 45, 40),
        [CellKind.Police] = new("Công an", 9, 42, 3, 30, 60, 45),
        [CellKind.Army] = new("Quân sự", 4, 50, 3, 30, 60, 55),
        [CellKind.Enterprise] = new("Doanh nghiệp", 30, 38, 3, 50, 35, 40),
        [CellKind.Cooperative] = new("Khác", 30, 30, 3, 50, 20, 20),
    };

    public static Profile For(CellKind kind) => Of[kind];

    /// <summary>What a person of this kind and age does and has learnt.</summary>
    public static Education Educate(CellKind kind, int age, Dice dice) => kind switch
    {
        CellKind.Village or CellKind.Quarter => Villager(kind, age, dice),
        CellKind.School => new("Viên chức công lập", Upper,
            dice.Weighted<string?>((8, "Trung cấp"), (36, "Cao đẳng"), (55, "Đại học"), (1, "Thạc sỹ")), Theory(dice, 30, 14, 1)),
        CellKind.Health => new("Viên chức công lập", Upper,
            dice.Weighted<string?>((55, "Trung cấp"), (25, "Cao đẳng"), (20, "Đại học")), Theory(dice, 30, 10, 0)),
        CellKind.CommuneOffice or CellKind.CommuneMilitary => dice.Chance(85)
            ? new("Cán bộ, công chức xã", Upper,
                dice.Weighted<string?>((5, "Sơ cấp"), (46, "Trung cấp"), (8, "Cao đẳng"), (41, "Đại học")), Theory(dice, 25, 55, 4))
            : new("Cán bộ, công chức xã", Lower, dice.Weighted<string?>((40, "Sơ cấp"), (60, "Trung cấp")), Theory(dice, 40, 40, 0)),
        CellKind.CommunePolice or CellKind.Police or CellKind.Army => new("Quân đội, công an", Upper,
            dice.Weighted<string?>((10, "Sơ cấp"), (45, "Trung cấp"), (45, "Đại học")), Theory(dice, 30, 30, 12)),
        CellKind.PartyOffice => new("Cán bộ, công chức cơ quan Đảng, đoàn thể", Upper, Degree(dice), Theory(dice, 10, 45, 35)),
        CellKind.StateOffice => new("Cán bộ, công chức cơ quan Nhà nước", Upper, Degree(dice), Theory(dice, 20, 38, 16)),
        CellKind.PublicService => new("Viên chức công lập", Upper, Degree(dice), Theory(dice, 30, 20, 5)),
        CellKind.Enterprise => Worker(
            dice.Weighted((8, "Lãnh đạo, quản lý doanh nghiệp"), (30, "Nhân viên doanh nghiệp"), (62, "Công nhân")), dice),
        _ => Worker("Lao động ngoài công lập", dice),
    };

    private const string Upper = "Trung học phổ thông";
    private const string Lower = "Trung học cơ sở";

    private static Education Worker(string occupation, Dice dice) => dice.Chance(60)
        ? new(occupation, Upper, dice.Weighted<string?>((30, "Sơ cấp"), (35, "Trung cấp"), (35, "Đại học")), Theory(dice, 20, 8, 1))
        : new(occupation, Lower, dice.Weighted<string?>((40, null), (60, "Sơ cấp")), Theory(dice, 15, 3, 0));

    private static Education Villager(CellKind kind, int age, Dice dice)
    {
        var town = kind == CellKind.Quarter;
        var occupation = age >= 60
            ? dice.Weighted((town ? 80 : 25, "Nghỉ hưu, nghỉ công tác"), (town ? 20 : 75, "Nông, lâm, ngư nghiệp"))
            : dice.Weighted((town ? 25 : 76, "Nông, lâm, ngư nghiệp"), (18, "Hoạt động không chuyên trách thôn, bản"),
                (town ? 50 : 4, "Lao động ngoài công lập"), (2, "Khác"));
        var schooling = age >= 60
            ? dice.Weighted((town ? 2 : 30, "Biết đọc, biết viết"), (40, "Tiểu học"), (25, Lower), (town ? 60 : 5, Upper))
            : dice.Weighted((age >= 45 ? 8 : 1, "Biết đọc, biết viết"), (age >= 45 ? 34 : 8, "Tiểu học"), (44, Lower), (age >= 45 ? 14 : 46, Upper));
        var qualification = schooling == Upper
            ? dice.Weighted<string?>((62, null), (8, "Sơ cấp"), (18, "Trung cấp"), (5, "Cao đẳng"), (7, "Đại học"))
            : dice.Weighted<string?>((94, null), (6, "Sơ cấp"));
        return new(occupation, schooling, qualification, Theory(dice, 18, 5, 0));
    }

    private static string? Degree(Dice dice) =>
        dice.Weighted<string?>((2, "Sơ cấp"), (12, "Trung cấp"), (10, "Cao đẳng"), (70, "Đại học"), (6, "Thạc sỹ"));

    private static string? Theory(Dice dice, int basic, int middle, int high) =>
        dice.Weighted<string?>((basic, "Sơ cấp"), (middle, "Trung cấp"), (high, "Cao cấp, cử nhân"), (100 - basic - middle - high, null));
}
