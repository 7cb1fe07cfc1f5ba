namespace SinHo.Reporting.Register;

/// <summary>
/// A closed list of values that a cell may hold, in official order.
/// <see cref="Name"/> is the PostgreSQL enum that stores it; `sinho check` compares the two.
/// Source: docs/spec/exchange-workbook.md.
/// </summary>
public sealed record Vocabulary(string Name, params IReadOnlyList<string> Values)
{
    public static readonly Vocabulary OrgLevel = new("org_level",
        "Đảng bộ huyện", "Đảng bộ cơ sở", "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ trực thuộc");

    /// <summary>Types of grassroots organisations, in the order of the rows of form 5.</summary>
    public static readonly Vocabulary GrassrootsType = new("grassroots_type",
        "Xã", "Phường", "Thị trấn", "Cơ quan Đảng, đoàn thể", "Cơ quan Nhà nước", "Sự nghiệp công lập", "Sự nghiệp ngoài công lập",
        "Quân đội", "Công an", "Doanh nghiệp Nhà nước", "Doanh nghiệp ngoài Nhà nước", "Hợp tác xã", "Khác");

    public static readonly Vocabulary BranchType = new("branch_type",
        "Bản", "Khu phố", "Trường học", "Quân sự", "Công an", "Cơ quan xã", "Trạm y tế", "Doanh nghiệp", "Khác");

    /// <summary>What the column Loại hình may hold at any level; which of them fits a level is a row rule.</summary>
    public static readonly Vocabulary OrgType = new("org_type", [.. GrassrootsType.Values.Union(BranchType.Values)]);

    public static readonly Vocabulary VillageKind = new("village_kind", "Bản", "Khu phố");
    public static readonly Vocabulary Sex = new("sex", "Nam", "Nữ");

    /// <summary>The 54 peoples and two remaining lines in the order of form 4 (docs/spec/statistics.md 1.6).</summary>
    public static readonly Vocabulary Ethnicity = new("ethnicity",
        "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Mông", "Dao", "Gia Rai", "Ê-đê", "Ngái", "Ba-Na", "Xơ-Đăng",
        "Sán Chay", "Cơ Ho", "Chăm", "Sán Dìu", "HRê", "M.Nông", "Raglai", "XTiêng", "Bru - Vân Kiều", "Thổ", "Giáy", "Cơ Tu",
        "Giẻ Triêng", "Mạ", "Khơ Mú", "Co", "Tà Ôi", "Chơ-Ro", "Kháng", "Xinh Mun", "Hà Nhì", "Chu Ru", "Lào", "La Chí", "La Ha",
        "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo", "BRâu", "Ơ Đu",
        "Rơ-Măm", "Dân tộc khác", "Quốc tịch gốc nước ngoài");

    public static readonly Vocabulary Religion = new("religion",
        "Phật giáo", "Công giáo", "Phật giáo Hòa Hảo", "Cao Đài", "Tin Lành", "Hồi giáo", "Đạo khác");

    public static readonly Vocabulary Schooling = new("schooling",
        "Biết đọc, biết viết", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông");

    public static readonly Vocabulary Qualification = new("qualification",
        "Sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Thạc sỹ", "Tiến sỹ");

    public static readonly Vocabulary AcademicTitle = new("academic_title", "Phó Giáo sư", "Giáo sư");
    public static readonly Vocabulary Theory = new("theory", "Sơ cấp", "Trung cấp", "Cao cấp, cử nhân");

    public static readonly Vocabulary Occupation = new("occupation",
        "Cán bộ, công chức cơ quan Nhà nước", "Cán bộ, công chức cơ quan Đảng, đoàn thể", "Cán bộ, công chức xã",
        "Hoạt động không chuyên trách thôn, bản", "Viên chức công lập", "Lao động ngoài công lập",
        "Lãnh đạo, quản lý doanh nghiệp", "Nhân viên doanh nghiệp", "Công nhân", "Nông, lâm, ngư nghiệp", "Quân đội, công an",
        "Sinh viên", "Học sinh", "Khác", "Nghỉ hưu, nghỉ công tác");

    public static readonly Vocabulary ReasonIn = new("reason_in",
        "Đầu kỳ", "Kết nạp", "Kết nạp lại", "Chuyển đến từ tỉnh khác", "Chuyển đến từ huyện khác", "Phục hồi đảng tịch",
        "Chuyển nội bộ");

    public static readonly Vocabulary ReasonOut = new("reason_out",
        "Từ trần", "Khai trừ", "Xóa tên", "Xin ra khỏi Đảng", "Chuyển đi tỉnh khác", "Chuyển đi huyện khác", "Chuyển nội bộ");

    public static readonly Vocabulary PostName = new("post_name",
        "Bí thư chi bộ", "Phó bí thư chi bộ", "Trưởng bản", "Cán bộ, công chức xã", "Huyện ủy viên", "Đảng ủy viên");

    public static readonly Vocabulary RestructuringForm = new("restructuring_form",
        "Thành lập", "Giải thể", "Sáp nhập", "Chia tách", "Kiện toàn", "Đổi tên", "Chuyển trực thuộc");

    public static readonly Vocabulary RestructuringRole = new("restructuring_role", "Trước", "Sau");

    public static readonly Vocabulary Grade = new("grade",
        "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ");

    public static readonly Vocabulary MeetingKind = new("meeting_kind", "Thường kỳ", "Chuyên đề", "Sinh hoạt mẫu");

    public static readonly Vocabulary AssignmentRole = new("assignment_role", "Huyện ủy viên", "Đảng ủy viên", "Cán bộ xã phụ trách");

    public static readonly Vocabulary InspectionForm = new("inspection_form", "Kiểm tra", "Giám sát");
}
