namespace SinHo.Reporting.Samples;

/// <summary>
/// The plan of the Sìn Hồ sample: real communes, invented villages and people. Source: docs/spec/statistics.md 8.5.
/// Sizes are those of single villages, schools and offices on 30 June 2020; every figure of a report is counted from the rows.
/// </summary>
internal static class SinHoPlan
{
    public static readonly DistrictPlan District = new("SH", "huyện Sìn Hồ", new(2014, 1, 1), new(2020, 6, 30), new(2020, 12, 31))
    {
        Communes = Communes,
        Others = Others,
        Campaign = (new(2015, 7, 1), new(2020, 6, 30)),
        Ratings = new Dictionary<string, string> { ["SH.X03"] = "Hoàn thành tốt nhiệm vụ" },
    };

    private static IReadOnlyList<CommunePlan> Communes =>
    [
        Commune("X01", "thị trấn Sìn Hồ",
            "Khu phố 1 V28; Khu phố 2 V24; Khu phố 3 V28; Khu phố 4 V13; Khu phố 5 V13; Sìn Hồ Dao D5*2; Sìn Hồ Vây M5*1; "
            + "Phiêng Ốt T4*1",
            "Mầm non 10; Tiểu học 13; THCS 16", 21)
        with
        {
            Police = 5, PoliceFounded = new(2019, 3, 1),
        },
        Commune("X02", "xã Chăn Nưa",
            "Chiềng Lồng T9; Phiêng Lằn T12; Chiềng Chăn 1 L12; Chiềng Chăn 2 L6*2; Nậm Béo K13; Pá Sập T5; Tà Cải T8; "
            + "Huổi Nọi M8; Đề Sách L11",
            "Mầm non 12; PTDTBT Tiểu học 14; PTDTBT THCS 14", 16)
        with
        {
            Helpers = 1, OfficeDissolved = new(2019, 1, 1), Health = 6,
        },
        Commune("X03", "xã Pa Tần",
            "Pa Tần 1 T10; Pa Tần 2 T7; Pa Tần 3 T9; Nậm Tần Mông 1 M7; Nậm Tần Mông 2 M7; & Lồng Thàng M5*1; Nậm Tần Xá A4*1; "
            + "Nậm Sảo 1 D18; Nậm Sảo 2 D5*2; Nậm Tiến 1 M7; Nậm Tiến 2 M5*1; An Tần T7; Liều Chải M4*1^",
            "Mầm non 12; PTDTBT Tiểu học 16; PTDTBT THCS 17", 17)
        with
        {
            Helpers = 1, OfficeDissolved = new(2018, 12, 1), Health = 7, Police = 5, PoliceFounded = new(2019, 8, 1),
        },
        Commune("X04", "xã Phìn Hồ",
            "Phìn Hồ 1 M14; Phìn Hồ 2 M13; Thà Giàng Chải M9; Séo Lèng 1 M8; Séo Lèng 2 M6; Chinh Chu Phìn M12^; "
            + "Mào Sao Phìn D20; Nậm Lò D10; & Sù Tùng M3",
            "Mầm non 11; PTDTBT TH và THCS 15", 18)
        with
        {
            Police = 4, PoliceFounded = new(2020, 1, 15),
        },
        Commune("X05", "xã Hồng Thu",
            "Hồng Thu Mông M5*2; Hồng Thu Dao D8; Tả Thàng D9; Tà Sa Phìn M9; Nà Kế T5*2; Pa Phang 1 M6; Pa Phang 2 M5; "
            + "Làng Suối M9; Seo Lèng M14; Hồng Lâu D25; Chang Hoàng Thèn D9; Nậm Pẻ T5*2",
            "Mầm non 10; PTDTBT Tiểu học 15; PTDTBT THCS 18", 17)
        with
        {
            Helpers = 2, OfficeDissolved = new(2019, 1, 1), Health = 6, Police = 5, PoliceFounded = new(2019, 9, 1),
        },
        Commune("X06", "xã Phăng Sô Lin",
            "Phăng Sô Lin 1 D10; Phăng Sô Lin 2 D4*1; Nậm Lúc 1 D5; Nậm Lúc 2 D4*1; Tả Phăng D13; Nậm Hái M10; Suối Sù M5*1; "
            + "& Pa Sang D0",
            "Mầm non 10; PTDTBT TH và THCS 15", 17),
        Commune("X07", "xã Ma Quai",
            "Ma Quai Thàng D5*2; Ma Quai Mông M10; Can Hồ 1 T7; Can Hồ 2 T7; Co Sản L6*2; Lùng Cù D21; Nậm Ma Dạo T9; "
            + "Phiêng Phát T12; Séo Hồ M19; Ca Nhày M8",
            "Mầm non 11; PTDTBT Tiểu học 16; PTDTBT THCS 17", 16)
        with
        {
            Helpers = 1, OfficeDissolved = new(2019, 3, 1), Health = 5, Police = 4, PoliceFounded = new(2020, 9, 1),
        },
        Commune("X08", "xã Lùng Thàng",
            "Lùng Thàng 1 L14; Lùng Thàng 2 L4; Nậm Bành D11; Can Tỷ 1 L7; Can Tỷ 2 L8; Tà Tủ T3; Phiêng Chá T8; "
            + "& Bản Thẳm T9; Pho Lao Chải D13",
            "Mầm non 12; PTDTBT TH và THCS 11", 17)
        with
        {
            Helpers = 1, OfficeDissolved = new(2018, 10, 1), Health = 6, Police = 4, PoliceFounded = new(2020, 2, 1),
        },
        Commune("X09", "xã Tả Phìn",
            "Tả Phìn 1 D4*1; Tả Phìn 2 D4*1; Tả Phìn 3 D5*2; Ngải Chồ M4*1; Ngải Thầu M6*2; Gà Phìn D10; Hắt Hơ D22; "
            + "Sà Phìn D5*1; Lao Phú Chải D6; Tìa Khí D8",
            "Mầm non 10; PTDTBT TH và THCS 18", 19)
        with
        {
            Military = 4, MilitaryDissolved = new(2016, 11, 1),
        },
        Commune("X10", "xã Sà Dề Phìn",
            "Sà Dề Phìn 1 M12; Sà Dề Phìn 2 M11; Mao Sao Phìn M11; Nậm Ngá M14; Tìa Chí Lư M4*1; Sảng Phìn M10; Háng Lìa M0",
            "Mầm non 10; PTDTBT TH và THCS 13", 17),
        Commune("X11", "xã Nậm Tăm",
            "Nà Tăm 1 L9; Nà Tăm 2 L10; Phiêng Lót T9; Nậm Kinh T15; Nậm Ngập T15; Pậu K4*1; Nậm Lò Dao D11; Tà Tủ 2 L4; "
            + "Phiêng Chá 2 T11; Nậm Ty M10; Cuổi Nưa T11; & Cuổi Tở 1 T8",
            "Mầm non 10; PTDTBT Tiểu học 15; PTDTBT THCS 15", 17)
        with
        {
            Helpers = 2, OfficeDissolved = new(2019, 4, 1), Health = 7, Police = 5, PoliceFounded = new(2019, 10, 1),
        },
        Commune("X12", "xã Tả Ngảo",
            "Tả Ngảo 1 D11; Tả Ngảo 2 D13^; Diền Thàng D9; Nhiều Sáng D10; Lùng Sử Phìn D9; Nậm Khăm D11; Pin Hồ M5; "
            + "Hồ Sì Pán M8; Hồng Quảng Chải D7; Pờ Sa D14; Xà Chải D9",
            "Mầm non 9; PTDTBT Tiểu học 15; PTDTBT THCS 15", 17)
        with
        {
            Helpers = 1, OfficeDissolved = new(2019, 6, 1), Health = 6,
        },
        Commune("X13", "xã Pu Sam Cáp",
            "Nà Phân M7; Hồ Sì M5; Xà Tong M10; Nậm Béo 2 M15; & Tìa Tê M3",
            "Mầm non 11; PTDTBT TH và THCS 16", 15),
        Commune("X14", "xã Nậm Cha",
            "Nậm Cha T10; Ngài San D4*1; Nậm Pẻ 2 T6*2; Riềng Thàng D11; Lùng Khoái D10; & Seng Lảng D4; Thà Tổng M6*1",
            "Mầm non 10; PTDTBT TH và THCS 16", 17)
        with
        {
            Police = 4, PoliceFounded = new(2020, 3, 2),
        },
        Commune("X15", "xã Pa Khóa",
            "Hồng Ngài D17; Phiêng Én M6*2^; Nậm Mản D8; Pa Khóa M11; Nậm Đích M10",
            "Mầm non 9; PTDTBT TH và THCS 13", 15),
        Commune("X16", "xã Làng Mô",
            "Làng Mô M15; Tù Cù Phìn M6*1; Nậm Bó M5*1; Tà Cù Nhè M11; Ngài Chồ M4*1; Lù Suối Tủng M6*2; Nhiều Sáng Mông M4*1; "
            + "Páo Khóa M8; Seo Hồ Thầu M8; Nhè Phìn M8; Lìa Chô M8; Sư Tính Chải M6*2; Chế Phìn M0",
            "Mầm non 9; PTDTBT Tiểu học 13; PTDTBT THCS 14", 17)
        with
        {
            Helpers = 2, OfficeDissolved = new(2019, 7, 1), Health = 7, Police = 5, PoliceFounded = new(2019, 11, 1),
        },
        Commune("X17", "xã Noong Hẻo",
            "Noong Hẻo 1 T4*1; Noong Hẻo 2 T7; Noong Hẻo 3 T2; Ta Đanh T4*1; Nậm Há M7; Nà Sái T10; Ta Pưn T4*1; Co Cóc T6; "
            + "Hua Cuổi T7; Phiêng Chạng T5*2; Nậm Lốt M9; Noong Om T10; Pá Khôm K2",
            "Mầm non 9; PTDTBT Tiểu học 14; PTDTBT THCS 14", 17)
        with
        {
            Helpers = 1, OfficeDissolved = new(2018, 8, 1), Health = 8, Police = 5, PoliceFounded = new(2019, 8, 1),
        },
        Commune("X18", "xã Nậm Mạ",
            "Nậm Mạ 1 T10; Nậm Mạ 2 T12; Co Lẹ T5*1^; Huổi Ca T10; Nậm Lẹ X12",
            "Mầm non 10; PTDTBT TH và THCS 14", 16),
        Commune("X19", "xã Căn Co",
            "Căn Co T5*1; Nậm Ngá Thái T12; Căn Ma T5*1; Nậm Kinh Dao D9; Ngài Thầu M10; Nậm Phìn M8; Lao Lử Đề M3; "
            + "Hoàng Trù Sào M8; & Nậm Lốt Mông M9",
            "Mầm non 10; PTDTBT TH và THCS 12", 18),
        Commune("X20", "xã Tủa Sín Chải",
            "Tủa Sín Chải 1 M5*2; Tủa Sín Chải 2 M6*1; Háng Lìa 2 M5*1; Thành Chử M12; Tìa Cua Y M16; Nậm Sả M10; "
            + "Chẻo Chư Nùng M8; Hồng Trang M15; Lùng Mô M10; Tìa Sủng Cái M12^; Nà Cạn T18; & Tầng Sẵng M3; Seo Phìn M0",
            "Mầm non 12; PTDTBT Tiểu học 15; PTDTBT THCS 16", 16)
        with
        {
            Helpers = 1, OfficeDissolved = new(2020, 1, 1), Health = 6, Police = 5, PoliceFounded = new(2020, 5, 4),
        },
        Commune("X21", "xã Nậm Cuổi",
            "Nậm Cuổi T17; Cuổi Nưa 1 T10; Cuổi Tở T4*1; Hua Cuổi 2 T13; Nậm Cọ K16; Nậm Coóng T3; Phiêng Pục T4*1; "
            + "Noong Pháy T8; Co Phát T18; Huổi Van M3; & Lùng Phìn M5",
            "Mầm non 10; PTDTBT TH và THCS 16", 19)
        with
        {
            Police = 4, PoliceFounded = new(2020, 6, 1), Military = 3, MilitaryDissolved = new(2018, 1, 1),
        },
        Commune("X22", "xã Nậm Hăn",
            "Nậm Hăn 1 T5*1; Nậm Hăn 2 T7; Nậm Hăn Thượng T17; Co Sản 2 T20^; Pá Hăn T6; Ta Mít T8; Huổi Pha 1 T14; "
            + "Huổi Pha 2 T8; Nậm Kinh 2 D8; Huổi Lá M9; Pa Pao Én T16; & Chống Chù M3",
            "Mầm non 11; PTDTBT Tiểu học 13; PTDTBT THCS 13", 17)
        with
        {
            Helpers = 2, OfficeDissolved = new(2020, 6, 30),
        },
    ];

    private static IReadOnlyList<GrassrootsPlan> Others =>
    [
        new("C01", "Quân sự huyện", "Quân đội", CellKind.Army)
        {
            Branches = BranchPlan.ParseAll(
                "Cơ quan Tham mưu 12; Cơ quan Chính trị 9; "
                + "Cơ quan Hậu cần - Kỹ thuật 10"),
        },
        new("C02", "Công an huyện", "Công an", CellKind.Police)
        {
            Branches = BranchPlan.ParseAll(
                "Đội Tham mưu - Hậu cần 12; Đội An ninh 14; Đội Cảnh sát điều tra 13; "
                + "Đội Cảnh sát quản lý hành chính 11; Đội Cảnh sát giao thông 10; Nhà tạm giữ 12"),
        },
        new("C03", "Trung tâm Y tế huyện", "Sự nghiệp công lập", CellKind.PublicService)
        {
            Branches = BranchPlan.ParseAll(
                "Phòng Hành chính - Kế hoạch 14; Khoa Nội - Nhi 17; Khoa Ngoại - Sản 12; "
                + "Khoa Dược - Cận lâm sàng 13; Y tế dự phòng 11"),
        },
        new("C04", "Công ty Cổ phần Cao su Lai Châu II", "Doanh nghiệp Nhà nước", CellKind.Enterprise)
        {
            Branches = BranchPlan.ParseAll(
                "Đội sản xuất 1 Lùng Thàng 11; Đội sản xuất 2 Lùng Thàng 12; Cơ quan Công ty 14; Đội sản xuất Chăn Nưa 10; "
                + "Đội sản xuất Nậm Tăm 9; Đội sản xuất Noong Hẻo 11; Đội sản xuất Nậm Cuổi 8; Xưởng chế biến 10"),
            Section = ("Nông trường Lùng Thàng", 2),
        },
        new("C05", "Cơ quan Huyện ủy", "Cơ quan Đảng, đoàn thể", CellKind.PartyOffice)
        {
            Branches = BranchPlan.ParseAll(
                "Văn phòng Huyện ủy 13; Ban Tổ chức 9; Ban Tuyên giáo 10; "
                + "Ủy ban Kiểm tra 8; Mặt trận Tổ quốc và đoàn thể 12"),
        },
        new("C06", "Ủy ban nhân dân huyện", "Cơ quan Nhà nước", CellKind.StateOffice)
        {
            Branches = BranchPlan.ParseAll(
                "Văn phòng HĐND - UBND 15; Phòng Tài chính - Kế hoạch 11; Phòng Nông nghiệp và PTNT 12; "
                + "Phòng Kinh tế và Hạ tầng 10; Phòng Tài nguyên và Môi trường 12; Phòng Lao động - Thương binh và Xã hội 11; Phòng Văn hóa và Thông tin 10"),
        },
        new("C07", "Đồn Biên phòng Pa Tần", "Quân đội", CellKind.Army)
        {
            Branches = BranchPlan.ParseAll(
                "Đội Vũ trang 13; Đội Vận động quần chúng 14; "
                + "Đội Trinh sát 12"),
        },
        new("C08", "Trường PTDTNT THPT huyện", "Sự nghiệp công lập", CellKind.School) { Size = 31 },
        new("C09", "Trường THPT Sìn Hồ", "Sự nghiệp công lập", CellKind.School) { Size = 29 },
        new("C10", "Trường THPT Nậm Tăm", "Sự nghiệp công lập", CellKind.School) { Size = 26 },
        new("C11", "Phòng Giáo dục và Đào tạo", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 16 },
        new("C12", "Phòng Nội vụ", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 10 },
        new("C13", "Thanh tra huyện", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 7 },
        new("C14", "Phòng Tư pháp", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 8 },
        new("C15", "Phòng Dân tộc", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 8 },
        new("C16", "Tòa án nhân dân huyện", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 10 },
        new("C17", "Viện kiểm sát nhân dân huyện", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 9 },
        new("C18", "Chi cục Thi hành án dân sự", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 8 },
        new("C19", "Chi cục Thuế", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 15 },
        new("C20", "Kho bạc Nhà nước", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 9 },
        new("C21", "Trạm Khuyến nông", "Sự nghiệp công lập", CellKind.PublicService) { Size = 9 },
        new("C22", "Bảo hiểm xã hội huyện", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 10 },
        new("C23", "Ngân hàng Nông nghiệp và PTNT", "Doanh nghiệp Nhà nước", CellKind.Enterprise) { Size = 22 },
        new("C24", "Ngân hàng Chính sách xã hội", "Doanh nghiệp Nhà nước", CellKind.Enterprise) { Size = 13 },
        new("C25", "Bưu điện - Viễn thông", "Doanh nghiệp Nhà nước", CellKind.Enterprise) { Size = 14 },
        new("C26", "Điện lực Sìn Hồ", "Doanh nghiệp Nhà nước", CellKind.Enterprise) { Size = 16 },
        new("C27", "Hạt Kiểm lâm", "Cơ quan Nhà nước", CellKind.StateOffice) { Size = 18 },
        new("C28", "Ban Quản lý rừng phòng hộ", "Sự nghiệp công lập", CellKind.PublicService) { Size = 15 },
        new("C29", "Trung tâm Văn hóa, Thể thao và Truyền thông", "Sự nghiệp công lập", CellKind.PublicService) { Size = 13 },
        new("C30", "Trung tâm GDNN - GDTX", "Sự nghiệp công lập", CellKind.PublicService) { Size = 15 },
        new("C31", "Trung tâm Bồi dưỡng chính trị", "Cơ quan Đảng, đoàn thể", CellKind.PartyOffice) { Size = 8 },
        new("C32", "Hợp tác xã Nông nghiệp Sìn Hồ", "Hợp tác xã", CellKind.Cooperative) { Size = 6 },
        new("C33", "Công ty TNHH Thương mại Cao Nguyên", "Doanh nghiệp ngoài Nhà nước", CellKind.Enterprise) { Size = 7 },
        new("C34", "Trạm Thú y và Bảo vệ thực vật", "Sự nghiệp công lập", CellKind.PublicService) { Size = 8 },
    ];

    private static CommunePlan Commune(string code, string name, string villages, string schools, int office) =>
        new(code, name, VillagePlan.ParseAll(villages), BranchPlan.ParseAll(schools), office);
}
