using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Tests.Support;

/// <summary>An invented term report of a district's usual size, made without a database: every face is tried on it.</summary>
public static class SampleReport
{
    private static readonly Period Term = new(new(2015, 7, 1), new(2020, 6, 30), "nhiệm kỳ 2015-2020");

    public static string Template { get; } = Path.Combine(AppContext.BaseDirectory, "reports", "term", "template.xlsx");

    private static readonly string[] Families = ["Lò", "Vàng", "Giàng", "Tẩn", "Chẻo", "Lý", "Nguyễn", "Sùng", "Hoàng"];
    private static readonly string[] Names = ["Văn Én", "Thị Ương", "A Dơ", "Mí Chứ", "Láo Tả", "Văn Đôi", "Thị Xuân", "Quốc Việt"];

    /// <param name="failing">Whether two checks fail and one column of the parts does not add up.</param>
    /// <param name="parts">How many grassroots organisations; 0 is a unit without parts.</param>
    /// <param name="longest">Value of the largest figure.</param>
    public static Report Create(bool failing = false, int parts = 55, int longest = 3_882)
    {
        var groups = Groups(longest);
        return new Report
        {
            Name = "term",
            Template = Template,
            Subject = "Báo cáo thống kê tổ chức đảng và đảng viên",
            Title = "BÁO CÁO THỐNG KÊ TỔ CHỨC ĐẢNG VÀ ĐẢNG VIÊN",
            Question = new() { Report = "term", Unit = "SH", From = Term.From, To = Term.To, Period = Term.Name },
            Letterhead = new("HUYỆN ỦY SÌN HỒ", "BAN TỔ CHỨC", "Sìn Hồ", "NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"),
            Unit = new("SH", "Huyện ủy Sìn Hồ", "Đảng bộ huyện", "superior"),
            Period = Term,
            Settings = [new("few_member_max", "Chi bộ có ít đảng viên là chi bộ có không quá số đảng viên chính thức này", 5)],
            Groups = groups,
            Breakdown = Parts(groups, parts, failing),
            Narrative = Words(groups),
            Checks = Checks(failing),
            SnapshotAt = new(2020, 7, 2, 1, 5, 9, TimeSpan.Zero),
            ProgramVersion = "0.1.0",
        };
    }

    private static List<FigureGroup> Groups(int longest)
    {
        var years = Enumerable.Range(2015, 5);
        return
        [
            new("Tổ chức đảng",
            [
                Stock("grassroots_orgs", "Tổ chức cơ sở đảng", "tổ chức", 55),
                Stock("commune_committees", "Trong đó: Đảng bộ xã, thị trấn", "đảng bộ", 22, indent: 1),
                Stock("subordinate_branches", "Chi bộ trực thuộc", "chi bộ", 310),
                Stock("branches_under_3", "Chi bộ dưới 3 đảng viên chính thức", "chi bộ", 0),
                Stock("few_member_branches", "Chi bộ có ít đảng viên", "chi bộ", 64),
                Stock("joint_branches", "Chi bộ sinh hoạt ghép", "chi bộ", 9),
                Stock("villages_without_members", "Bản \"trắng\" đảng viên", "bản", 0),
                Stock("villages_without_branch", "Bản chưa có chi bộ", "bản", 9),
            ]),
            new("Đảng viên",
            [
                Stock("members", "Đảng viên", "người", longest),
                Stock("official_members", "Chính thức", "người", longest - 182, indent: 1),
                Stock("probationary_members", "Dự bị", "người", 182, indent: 1),
                Stock("female_members", "Nữ", "người", 1_104, indent: 1),
            ]),
            new("Kết nạp đảng viên",
            [
                Flow("admissions", "Đảng viên mới kết nạp", "lượt", 812),
                Flow("few_member_local_admissions", "Kết nạp người tại chỗ ở chi bộ có ít đảng viên", "lượt", 64, indent: 1),
                Flow("few_member_local_admission_branches", "… tại số chi bộ", "chi bộ", 48, indent: 2),
                Flow("village_head_admissions", "Kết nạp trưởng bản", "lượt", 7, indent: 1),
            ]),
            new("Cán bộ, bí thư chi bộ",
            [
                Stock("dual_role_secretaries", "Bí thư đồng thời là trưởng bản", "người", 31),
                Flow("dual_role_secretaries_started", "Bố trí bí thư chi bộ đồng thời là trưởng bản", "người", 20),
            ]),
            new("Sắp xếp tổ chức",
            [
                Flow("rearranged_village_branches", "Kiện toàn, sắp xếp chi bộ bản, khu phố", "chi bộ", 49),
                Flow("rearranged_school_branches", "Kiện toàn, sắp xếp chi bộ trường học", "chi bộ", 11),
                Flow("dissolved_military_branches", "Giải thể chi bộ quân sự xã", "chi bộ", 2),
                Flow("dissolved_agency_branches", "Giải thể chi bộ cơ quan xã", "chi bộ", 11),
                Flow("founded_village_branches", "Thành lập chi bộ bản, khu phố", "chi bộ", 1),
                Flow("founded_police_branches", "Thành lập chi bộ công an xã", "chi bộ", 11),
            ]),
            new("Chuyển sinh hoạt",
                [Flow("officials_to_village_branches", "Cán bộ, công chức xã về sinh hoạt tại chi bộ bản, khu phố", "người", 184)]),
            new("Sinh hoạt chi bộ, kiểm tra",
            [
                Flow("branch_meetings", "Cuộc họp chi bộ", "cuộc", 4_000),
                Flow("topical_meetings", "Sinh hoạt chuyên đề", "cuộc", 620, indent: 1),
                Flow("model_meetings", "Sinh hoạt mẫu", "cuộc", 75, indent: 1),
                Flow("branches_without_meeting", "Chi bộ không sinh hoạt thường kỳ", "chi bộ", 0),
                Stock("followed_branches", "Chi bộ có cấp ủy viên theo dõi", "chi bộ", 138),
                Flow("inspections", "Cuộc kiểm tra, giám sát", "cuộc", 96),
            ]),
            new("Xếp loại tổ chức cơ sở đảng từng năm",
            [
                .. years.SelectMany(year => new[]
                {
                    Flow($"rated_excellent_{year}", $"Hoàn thành xuất sắc nhiệm vụ năm {year}", "tổ chức", 8, year: year),
                    Flow($"rated_good_{year}", $"Hoàn thành tốt nhiệm vụ năm {year}", "tổ chức", 40, year: year),
                    Flow($"rated_done_{year}", $"Hoàn thành nhiệm vụ năm {year}", "tổ chức", 7, year: year),
                    Flow($"rated_failed_{year}", $"Không hoàn thành nhiệm vụ năm {year}", "tổ chức", 0, year: year),
                }),
            ]),
            new("Biến động đảng viên",
            [
                Stock("opening", "A. Đảng viên đầu kỳ", "người", 3_401),
                Flow("inc_admitted", "B1. Kết nạp", "lượt", 812),
                Flow("inc_other_province", "B2a. Chuyển từ tỉnh khác đến", "lượt", 57),
                Flow("dec_died", "C1. Từ trần", "lượt", 61),
                Flow("dec_expelled", "C2. Khai trừ", "lượt", 9),
                Flow("dec_struck_off", "C3. Xóa tên", "lượt", 42),
                Flow("dec_struck_off_probationary", "Trong đó dự bị", "lượt", 17, indent: 1),
                Flow("dec_other_province", "C5a. Chuyển đi tỉnh khác", "lượt", 276),
                Stock("closing", "D. Đảng viên cuối kỳ", "người", 3_882),
            ]),
        ];
    }

    private static Figure Stock(string code, string caption, string countedIn, int value, int indent = 0) =>
        Make(code, caption, countedIn, value, indent, Term, isStock: true);

    private static Figure Flow(string code, string caption, string countedIn, int value, int indent = 0, int? year = null) =>
        Make(code, caption, countedIn, value, indent, year is { } y ? Period.Year(y) : Term, isStock: false);

    /// <summary>A figure of people, with as many rows as it says.</summary>
    public static Figure Counted(string code, string caption, int value, Period period) => Make(code, caption, "người", value, 0, period, isStock: false);

    private static Figure Make(string code, string caption, string countedIn, int value, int indent, Period period, bool isStock) => new()
    {
        Code = code,
        Caption = caption,
        Indent = indent,
        CountedIn = countedIn,
        IsStock = isStock,
        Period = period,
        Rule = $"Đếm {countedIn} thuộc đơn vị {(isStock ? "vào ngày cuối kỳ" : "trong kỳ, cả hai ngày đầu và cuối")}, mỗi {countedIn} một lần",
        Meaning = $"{caption}: đếm mỗi {countedIn} thuộc đơn vị báo cáo. Ngày đầu và ngày cuối kỳ đều được tính; đơn vị là đơn vị theo tổ chức có hiệu lực "
            + "vào chính ngày đó, không phải theo tổ chức hiện nay. Tham số few_member_max quyết định thế nào là chi bộ có ít đảng viên. "
            + "Căn cứ: Điều lệ Đảng và Hướng dẫn số 03-HD/TU ngày 08/10/2018.",
        Value = value,
        Evidence = countedIn is "người" or "lượt" ? People(value) : Organisations(value),
    };

    private static Evidence People(int count) => new(
        [
            new("member_code", "Mã đảng viên", EvidenceKind.Text, 12),
            new("name", "Họ và tên", EvidenceKind.Text, 24),
            new("birth", "Năm sinh", EvidenceKind.Text, 9),
            new("ethnic", "Dân tộc", EvidenceKind.Text, 10),
            new("branch", "Chi bộ", EvidenceKind.Text, 34),
            new("since", "Ngày vào chi bộ", EvidenceKind.Date, 12),
            new("official_on", "Ngày chính thức", EvidenceKind.Date, 12),
        ],
        EvidenceRows.Collect(Enumerable.Range(1, count).Select(number => new object?[]
        {
            $"DV{number:000000}",
            number == 3 ? "=HYPERLINK(\"http://x\",\"bấm\")" : $"{Families[number % 9]} {Names[number % 8]}",
            (1950 + number % 50).ToString(System.Globalization.CultureInfo.InvariantCulture),
            number % 3 == 0 ? "Mông" : number == 4 ? "@SUM(1)" : "Dao",
            $"Chi bộ bản {(number % 7 == 0 ? "Lồng Thàng thuộc Đảng bộ xã Pa Tần, sinh hoạt ghép với bản Nậm Sảo" : "Nậm Tiến")}",
            new DateOnly(2015, 7, 1).AddDays(number % 1500),
            number % 20 == 0 ? null : new DateOnly(2016, 7, 1).AddDays(number % 1400),
        })));

    private static Evidence Organisations(int count) => new(
        [
            new("code", "Mã chi bộ", EvidenceKind.Text, 12),
            new("name", "Tên chi bộ", EvidenceKind.Text, 40),
            new("official", "Đảng viên chính thức", EvidenceKind.Number, 12),
        ],
        EvidenceRows.Collect(Enumerable.Range(1, count).Select(number => new object?[] { $"SH.{number:000}", "Chi bộ bản Nậm Tiến 2", number % 19 })));

    private static Breakdown Parts(List<FigureGroup> groups, int parts, bool failing)
    {
        var shown = groups.Take(7).SelectMany(group => group.Figures.Select(figure => (group.Caption, figure))).ToList();
        var columns = shown.Select(s => new BreakdownColumn(
            s.figure.Code, s.figure.Caption, s.Caption, Additive: s.figure.CountedIn != "người" || s.figure.IsStock, Term)).ToList();
        var rows = Enumerable.Range(0, parts).Select(part => new BreakdownRow(
            $"SH.{part + 1:00}",
            part < 21 ? $"Đảng bộ xã {(part == 3 ? "Pa Tần" : $"Nậm Cuổi {part}")}" : $"Chi bộ Phòng Nông nghiệp và Phát triển nông thôn {part}",
            [.. shown.Select(s => s.figure.Value / parts + (part < s.figure.Value % parts ? 1 : 0))])).ToList();
        return new("Tổ chức cơ sở đảng", columns, rows, [.. shown.Select((s, index) => s.figure.Value + (failing && index == 8 ? 1 : 0))]);
    }

    private static List<Paragraph> Words(List<FigureGroup> groups)
    {
        var values = groups.SelectMany(group => group.Figures).ToDictionary(figure => figure.Code, figure => figure.Value, StringComparer.Ordinal);
        return
        [
            Paragraph("Đến hết ngày 30/06/2020, Đảng bộ huyện Sìn Hồ có {grassroots_orgs} tổ chức cơ sở đảng, trong đó {commune_committees} đảng bộ xã, thị trấn; {subordinate_branches} chi bộ trực thuộc với {members} đảng viên."),
            Paragraph("Trong nhiệm kỳ 2015-2020, toàn Đảng bộ kết nạp {admissions} đảng viên; riêng người tại chỗ ở chi bộ có ít đảng viên là {few_member_local_admissions} người tại {few_member_local_admission_branches} chi bộ; kết nạp {village_head_admissions} trưởng bản; bố trí {dual_role_secretaries_started} bí thư chi bộ đồng thời là trưởng bản. Kiện toàn, sắp xếp lại {rearranged_village_branches} chi bộ bản, khu phố, {rearranged_school_branches} chi bộ trường học; giải thể {dissolved_military_branches} chi bộ quân sự xã, {dissolved_agency_branches} chi bộ cơ quan xã."),
            Paragraph("Đưa {officials_to_village_branches} đảng viên là cán bộ, công chức xã về sinh hoạt tại các chi bộ bản, khu phố theo Nghị quyết 26-NQ/TW, ngày 19/5/2018; thành lập mới {founded_village_branches} chi bộ bản và {founded_police_branches} chi bộ công an xã. Đến nay còn {villages_without_members} bản chưa có đảng viên."),
        ];

        Paragraph Paragraph(string text) => new([.. text.Split('{', '}').Select((piece, index) =>
            index % 2 == 0 ? new TextPiece(piece, null) : new TextPiece(Vietnamese.Number(values[piece]), piece))]);
    }

    private static List<Check> Checks(bool failing) =>
    [
        new("movement_balance", "Cuối kỳ = đầu kỳ + tăng − giảm", !failing, failing ? "3.401 + 869 − 388 = 3.882, cuối kỳ đếm được 3.881: lệch 1" : "3.401 + 869 − 388 = 3.882"),
        new("members_split", "Đảng viên = chính thức + dự bị", Ok: true, "3.700 + 182 = 3.882"),
        new("parts_sum", "Cộng các tổ chức cơ sở đảng bằng số của toàn đơn vị ở mọi chỉ tiêu cộng được", !failing, failing ? "Đảng viên: cộng 3.882, toàn đơn vị 3.883" : "24 chỉ tiêu đều khớp"),
    ];
}
