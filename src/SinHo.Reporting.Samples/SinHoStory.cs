namespace SinHo.Reporting.Samples;

/// <summary>
/// What happened in the district beyond the plan: which branches were rearranged when, and which secretaries became village
/// heads. Some of it falls on the days around a term, where counting goes wrong most easily.
/// </summary>
internal sealed class SinHoStory(DistrictHistory history)
{
    public void Plan()
    {
        MergeVillageBranches();
        SplitAndRename();
        StrengthenBranches();
        ChangeParents();
        RearrangeSchools();
        JoinRoles();
        MoveOfficials();
        history.PlanFounding(Of("X03", "Lồng Thàng"), "Chi bộ bản Lồng Thàng", new(2017, 8, 1));
        history.PlanAbsorption([Whole("C21"), Whole("C34")], new(2018, 7, 1));
        history.PlanRenaming(Whole("C21"), "Chi bộ Trung tâm Dịch vụ nông nghiệp", new(2018, 9, 1));
    }

    /// <summary>What happened after the years of the article: villages that merged with those who live there, new secretaries who are village heads.</summary>
    public void PlanLater()
    {
        history.PlanMerger([Of("X06", "Nậm Lúc 1"), Of("X06", "Nậm Lúc 2")], "Chi bộ bản Nậm Lúc", new(2023, 4, 1), "Bản Nậm Lúc");
        history.PlanMerger([Of("X20", "Tủa Sín Chải 1"), Of("X20", "Tủa Sín Chải 2")], "Chi bộ bản Tủa Sín Chải", new(2024, 1, 1), "Bản Tủa Sín Chải");
        history.PlanStrengthening(Of("X12", "Xà Chải"), new(2022, 9, 1));
        history.PlanDualRole(Of("X20", "Tìa Cua Y"), new(2021, 5, 1));
        history.PlanDualRole(Of("X16", "Tà Cù Nhè"), new(2022, 3, 1));
        history.PlanDualRole(Of("X12", "Lùng Sử Phìn"), new(2024, 6, 1));
        MergeSchools("X16", new(2022, 9, 1));
    }

    private void MergeVillageBranches()
    {
        history.PlanMerger([Of("X01", "Khu phố 4"), Of("X01", "Khu phố 5")], "Chi bộ khu phố 4", new(2019, 5, 1), "Khu phố 4");
        history.PlanMerger([Of("X02", "Pá Sập"), Of("X02", "Tà Cải")], "Chi bộ bản Pá Sập - Tà Cải", new(2015, 7, 1));
        history.PlanMerger([Of("X04", "Séo Lèng 1"), Of("X04", "Séo Lèng 2")], "Chi bộ bản Séo Lèng", new(2018, 12, 1), "Bản Séo Lèng");
        history.PlanMerger([Of("X05", "Pa Phang 1"), Of("X05", "Pa Phang 2")], "Chi bộ bản Pa Phang", new(2018, 12, 1), "Bản Pa Phang");
        history.PlanMerger([Of("X07", "Can Hồ 1"), Of("X07", "Can Hồ 2")], "Chi bộ bản Can Hồ", new(2020, 6, 30), "Bản Can Hồ");
        history.PlanAbsorption([Of("X09", "Lao Phú Chải"), Of("X09", "Tìa Khí")], new(2017, 4, 1));
        history.PlanMerger([Of("X12", "Pin Hồ"), Of("X12", "Hồ Sì Pán")], "Chi bộ bản Pin Hồ", new(2019, 3, 15));
        history.PlanMerger(
            [Of("X16", "Páo Khóa"), Of("X16", "Seo Hồ Thầu"), Of("X16", "Nhè Phìn")], "Chi bộ liên bản Nhè Phìn", new(2016, 10, 1));
        history.PlanAbsorption([Of("X17", "Co Cóc"), Of("X17", "Hua Cuổi")], new(2018, 5, 2));
        history.PlanMerger([Of("X22", "Pá Hăn"), Of("X22", "Ta Mít")], "Chi bộ bản Pá Hăn", new(2019, 12, 16), "Bản Pá Hăn");
    }

    private void SplitAndRename()
    {
        history.PlanSplit(Of("X08", "Bản Thẳm"), new(2016, 3, 1));
        history.PlanSplit(Of("X11", "Cuổi Tở 1"), new(2017, 2, 1));
        history.PlanSplit(Of("X19", "Nậm Lốt Mông"), new(2019, 8, 15));
        history.PlanRenaming(Of("X02", "Chiềng Chăn 2"), "Chi bộ bản Chiềng Chăn Lự", new(2016, 9, 1));
        history.PlanRenaming(Of("X06", "Nậm Lúc 2"), "Chi bộ bản Nậm Lúc Dao", new(2017, 1, 1));
        history.PlanRenaming(Of("X08", "Can Tỷ 2"), "Chi bộ bản Can Tỷ Lự", new(2018, 11, 1));
        history.PlanRenaming(Of("X12", "Nậm Khăm"), "Chi bộ bản Nậm Khăm Dao", new(2019, 2, 20));
        history.PlanRenaming(Of("X17", "Noong Hẻo 3"), "Chi bộ bản Noong Hẻo Thái", new(2016, 6, 1));
        history.PlanRenaming(Of("X18", "Nậm Mạ 2"), "Chi bộ bản Nậm Mạ Thái", new(2015, 10, 1));
        history.PlanRenaming(Of("X18", "Nậm Mạ 2"), "Chi bộ bản Nậm Mạ Dưới", new(2019, 10, 1));
        history.PlanRenaming(Of("X20", "Chẻo Chư Nùng"), "Chi bộ bản Chẻo Chử Nùng", new(2018, 4, 1));
        history.PlanRenaming(Of("X21", "Noong Pháy"), "Chi bộ bản Noong Phai", new(2020, 2, 29));
        history.PlanRenaming(Of("X15", "Nậm Mản"), "Chi bộ bản Nậm Mản Dao", new(2014, 8, 1));
        history.PlanRenaming(Of("X13", "Xà Tong"), "Chi bộ bản Xà Tong Mông", new(2020, 7, 1));
    }

    private void StrengthenBranches()
    {
        history.PlanStrengthening(Of("X05", "Làng Suối"), new(2016, 2, 1));
        history.PlanStrengthening(Of("X05", "Làng Suối"), new(2018, 6, 1));
        history.PlanStrengthening(Of("X07", "Phiêng Phát"), new(2017, 9, 1));
        history.PlanStrengthening(Of("X09", "Tả Phìn 3"), new(2018, 3, 1));
        history.PlanStrengthening(Of("X10", "Nậm Ngá"), new(2018, 3, 1));
        history.PlanStrengthening(Of("X11", "Tà Tủ 2"), new(2018, 10, 10));
        history.PlanStrengthening(Of("X12", "Nhiều Sáng"), new(2019, 1, 10));
        history.PlanStrengthening(Of("X14", "Nậm Pẻ 2"), new(2019, 4, 1));
        history.PlanStrengthening(Of("X16", "Lù Suối Tủng"), new(2017, 11, 1));
        history.PlanStrengthening(Of("X17", "Phiêng Chạng"), new(2016, 8, 1));
        history.PlanStrengthening(Of("X19", "Lao Lử Đề"), new(2019, 7, 1));
        history.PlanStrengthening(Of("X20", "Hồng Trang"), new(2020, 3, 1));
        history.PlanStrengthening(Of("X21", "Nậm Coóng"), new(2015, 12, 1));
        history.PlanStrengthening(Of("X22", "Nậm Hăn Thượng"), new(2015, 6, 30));
    }

    private void ChangeParents()
    {
        history.PlanSection([Of("X11", "Nà Tăm 1"), Of("X11", "Nà Tăm 2"), Of("X11", "Phiêng Lót")], "cụm bản Nà Tăm", new(2016, 5, 1));
        history.PlanCession(Of("X07", "Nậm Ma Dạo"), Of("X08", "Tà Tủ").Grassroots, new(2017, 7, 1));
        history.PlanCession(Of("X17", "Noong Om"), Of("X21", "Nậm Cuổi").Grassroots, new(2018, 9, 1));
    }

    private void RearrangeSchools()
    {
        MergeSchools("X02", new(2018, 9, 1));
        MergeSchools("X07", new(2019, 8, 1));
        MergeSchools("X12", new(2017, 9, 1));
        MergeSchools("X22", new(2019, 9, 1));
        history.PlanRenaming(School("X01", "THCS"), "Chi bộ Trường PTDTBT THCS thị trấn Sìn Hồ", new(2016, 9, 5));
        history.PlanRenaming(School("X05", "THCS"), "Chi bộ Trường PTDTBT THCS Hồng Thu Mông", new(2017, 9, 5));
        history.PlanRenaming(School("X16", "Tiểu học"), "Chi bộ Trường PTDTBT Tiểu học số 1 Làng Mô", new(2015, 9, 5));
    }

    private void MergeSchools(string commune, DateOnly day)
    {
        var (primary, secondary) = (School(commune, "Tiểu học"), School(commune, "THCS"));
        history.PlanMerger([secondary, primary], $"Chi bộ {secondary.Name.Replace("THCS", "TH và THCS", StringComparison.Ordinal)}", day);
    }

    /// <summary>Secretaries who are village heads: some have long been when the term begins, one was and is again.</summary>
    private void JoinRoles()
    {
        foreach (var (commune, village, day) in DualRoles)
            history.PlanDualRole(Of(commune, village), day);
        history.PlanDualRole(Of("X16", "Làng Mô"), new(2014, 3, 1));
        history.PlanEndOfHead(Of("X16", "Làng Mô"), new(2016, 5, 1));
    }

    private static readonly (string Commune, string Village, DateOnly Day)[] DualRoles =
    [
        ("X05", "Hồng Thu Dao", new(2014, 2, 1)), ("X12", "Tả Ngảo 1", new(2014, 4, 1)), ("X14", "Nậm Cha", new(2014, 9, 15)),
        ("X19", "Nậm Ngá Thái", new(2015, 1, 5)), ("X18", "Huổi Ca", new(2015, 4, 1)), ("X08", "Lùng Thàng 1", new(2015, 6, 30)),
        ("X05", "Seo Lèng", new(2015, 7, 1)), ("X02", "Phiêng Lằn", new(2016, 3, 15)), ("X11", "Nậm Kinh", new(2016, 4, 1)),
        ("X09", "Hắt Hơ", new(2016, 7, 20)), ("X03", "Pa Tần 2", new(2016, 11, 1)), ("X13", "Nậm Béo 2", new(2017, 1, 15)),
        ("X07", "Lùng Cù", new(2017, 3, 1)), ("X02", "Huổi Nọi", new(2017, 6, 1)), ("X17", "Nà Sái", new(2017, 10, 1)),
        ("X16", "Làng Mô", new(2018, 1, 15)), ("X06", "Tả Phăng", new(2018, 2, 1)), ("X10", "Sà Dề Phìn 2", new(2018, 5, 10)),
        ("X04", "Mào Sao Phìn", new(2018, 8, 1)), ("X12", "Pờ Sa", new(2018, 11, 15)), ("X03", "Nậm Sảo 1", new(2019, 1, 20)),
        ("X15", "Hồng Ngài", new(2019, 4, 15)), ("X07", "Séo Hồ", new(2019, 6, 10)), ("X05", "Hồng Lâu", new(2019, 11, 1)),
        ("X20", "Thành Chử", new(2020, 2, 10)), ("X22", "Pa Pao Én", new(2020, 6, 30)), ("X21", "Co Phát", new(2020, 7, 1)),
    ];

    /// <summary>Moves beside the dissolutions: one person twice, one without the resolution behind it, one a day after the term.</summary>
    private void MoveOfficials()
    {
        history.PlanMove(Of("X17", "Noong Hẻo 2"), Of("X17", "Nậm Há"), new(2019, 9, 1), "26-NQ/TW");
        history.PlanMove(Offices("X19"), Of("X19", "Nậm Phìn"), new(2019, 2, 1), null);
        history.PlanMove(Offices("X21"), Of("X21", "Nậm Cọ"), new(2020, 7, 1), "26-NQ/TW");
    }

    private Cell Of(string commune, string village) => In(commune).Single(c => c.IsVillage && c.Name == village);

    private Cell School(string commune, string name) =>
        In(commune).Single(c => c.Kind == CellKind.School && c.Name.Contains($" {name} ", StringComparison.Ordinal));

    private Cell Offices(string commune) => In(commune).Single(c => c.Kind == CellKind.CommuneOffice);

    private IEnumerable<Cell> In(string commune) => history.Cells.Where(c => c.Grassroots.Code == $"SH.{commune}");

    private Cell Whole(string code) => history.Cells.Single(c => c.Code == $"SH.{code}");
}
