using static SinHo.Reporting.Register.ColumnKind;

namespace SinHo.Reporting.Register;

/// <summary>
/// The sheets of the exchange workbook in the order in which they are written, each after those it refers to.
/// Source: docs/spec/exchange-workbook.md. Intervals are half-open except in Nhiệm kỳ.
/// </summary>
public static class ExchangeWorkbook
{
    public static readonly SheetDefinition Terms = new("term", "Nhiệm kỳ",
        Key("name", "Nhiệm kỳ", Text) with { Example = "2015-2020" },
        Must("from", "Từ ngày", Date) with { Note = "Ngày đầu tiên của nhiệm kỳ.", Example = "01/07/2015" },
        Must("until", "Đến ngày", Date) with { Note = "Ngày cuối cùng của nhiệm kỳ, tính cả ngày đó.", Example = "30/06/2020" });

    public static readonly SheetDefinition Organisations = new("org_version", "Tổ chức",
        Key("code", "Mã tổ chức", Code) with { OfOrganisation = true, Note = "1 đến 32 ký tự trong A-Z, 0-9, dấu chấm và gạch ngang.", Example = "SH.X03" },
        Must("name", "Tên tổ chức", Text) with { Example = "Đảng bộ xã Ví Dụ" },
        OneOf("level", "Cấp", Vocabulary.OrgLevel) with { Required = true, Example = "Đảng bộ cơ sở" },
        OneOf("type", "Loại hình", Vocabulary.OrgType) with { Required = true, Note = "Theo cấp; tỉnh, huyện và đảng bộ bộ phận: Khác.", Example = "Xã" },
        May("parent", "Trực thuộc", Code) with { OfOrganisation = true, Note = "Mã tổ chức cấp trên; để trống ở tổ chức cao nhất của sổ.", Example = "SH" },
        From(), To(),
        May("reports_to", "Nơi nhận báo cáo", Text) with { Note = "Tên cấp ủy ở trên tổ chức cao nhất của sổ, in ở đầu văn bản." });

    public static readonly SheetDefinition Villages = new("village", "Bản",
        Key("code", "Mã bản", Code) with { Example = "SH.X03.V01" },
        Must("name", "Tên bản", Text) with { Example = "Bản Ví Dụ" },
        OneOf("kind", "Loại", Vocabulary.VillageKind) with { Required = true, Example = "Bản" },
        Must("commune", "Thuộc", Code) with { OfOrganisation = true, Note = "Mã đảng bộ xã, phường, thị trấn hoặc đặc khu.", Example = "SH.X03" },
        From() with { OfLatest = true, Note = "Ngày đầu tiên có hiệu lực; bản chuyển xã, đổi tên: thêm một dòng từ ngày đó. Sổ không có cột này nói về dòng mới nhất của mỗi bản." }, To(),
        May("households", "Số hộ", Number) with { Example = "85" },
        May("people", "Số nhân khẩu", Number) with { Example = "410" });

    public static readonly SheetDefinition Services = new("service", "Chi bộ - bản",
        Key("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        Key("village", "Mã bản", Code) with { Example = "SH.X03.V01" },
        From(), To());

    public static readonly SheetDefinition Members = new("member", "Đảng viên",
        Key("code", "Mã đảng viên", Code) with { Note = "Số thẻ hoặc mã tại đơn vị; số 0 ở đầu được giữ.", Example = "000123" },
        From() with
        {
            Required = false,
            OfLatest = true,
            Example = "",
            Note = "Để trống: dòng đầu tiên của người này. Có thay đổi (nghỉ hưu, đổi nơi cư trú…): thêm một dòng từ ngày thay đổi. Sổ không có cột này nói về dòng mới nhất của mỗi người.",
        },
        Must("name", "Họ và tên", Text) with { Example = "Vàng A Ví Dụ" },
        OneOf("sex", "Giới tính", Vocabulary.Sex) with { Required = true, OfPerson = true, Example = "Nam" },
        Must("born", "Ngày sinh", ColumnKind.PartialDate) with { OfPerson = true, Note = "Ngày/tháng/năm, tháng/năm hoặc năm.", Example = "15/03/1990" },
        OneOf("ethnicity", "Dân tộc", Vocabulary.Ethnicity) with { Required = true, Example = "Mông" },
        OneOf("religion", "Tôn giáo", Vocabulary.Religion) with { Note = "Để trống: không theo tôn giáo." },
        May("residence", "Mã bản cư trú", Code) with { Example = "SH.X03.V01" },
        Must("joined", "Ngày vào Đảng", Date) with { OfPerson = true, Note = "Ngày làm lễ kết nạp (lần cuối).", Example = "19/05/2016" },
        May("official", "Ngày chính thức", Date) with { OfPerson = true, Note = "Để trống khi còn dự bị.", Example = "19/05/2017" },
        May("first_joined", "Ngày vào Đảng lần đầu", Date) with { OfPerson = true, Note = "Chỉ với người được kết nạp hai lần: ngày làm lễ lần đầu." },
        May("first_official", "Ngày chính thức lần đầu", Date) with { OfPerson = true, Note = "Của lần kết nạp đầu; để trống nếu lần đó không được công nhận." },
        OneOf("schooling", "Giáo dục phổ thông", Vocabulary.Schooling) with { Required = true, Example = "Trung học phổ thông" },
        OneOf("qualification", "Chuyên môn nghiệp vụ", Vocabulary.Qualification) with { Note = "Để trống: không có.", Example = "Trung cấp" },
        OneOf("title", "Chức danh khoa học", Vocabulary.AcademicTitle) with { Note = "Để trống: không có." },
        OneOf("theory", "Lý luận chính trị", Vocabulary.Theory) with { Note = "Để trống: không có.", Example = "Sơ cấp" },
        OneOf("occupation", "Nghề nghiệp", Vocabulary.Occupation) with { Required = true, Example = "Nông, lâm, ngư nghiệp" },
        Flag("youth", "Đoàn viên"),
        Flag("owner", "Chủ doanh nghiệp tư nhân"),
        Flag("foreign_marriage", "Hôn nhân với người nước ngoài"),
        Flag("excused", "Miễn sinh hoạt"),
        Flag("away", "Đi làm xa"));

    public static readonly SheetDefinition Admissions = new("admission", "Kết nạp",
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        Key("date", "Ngày kết nạp", Date) with { Note = "Ngày làm lễ kết nạp: quyết định kỳ báo cáo.", Example = "19/05/2016" },
        Must("decision", "Số quyết định", Text) with { Example = "45-QĐ/HU" },
        Must("decided", "Ngày quyết định", Date) with { Note = "Không sau ngày kết nạp.", Example = "05/05/2016" },
        May("official", "Ngày chính thức", Date) with { Note = "Để trống khi còn dự bị hoặc không được công nhận.", Example = "19/05/2017" },
        Must("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        Flag("readmission", "Kết nạp lại"),
        Flag("local", "Tại chỗ") with { Required = true, Note = "Có: người của bản do chi bộ phụ trách.", Example = "Có" },
        OneOf("occupation", "Nghề nghiệp khi kết nạp", Vocabulary.Occupation) with { Required = true, Example = "Nông, lâm, ngư nghiệp" },
        OneOf("schooling", "Giáo dục phổ thông khi kết nạp", Vocabulary.Schooling) with { Required = true, Example = "Trung học phổ thông" },
        OneOf("qualification", "Chuyên môn nghiệp vụ khi kết nạp", Vocabulary.Qualification),
        Flag("youth", "Đoàn viên khi kết nạp"));

    public static readonly SheetDefinition Memberships = new("membership", "Sinh hoạt",
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        Key("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        From(), To(),
        OneOf("reason_in", "Lý do đến", Vocabulary.ReasonIn) with { Required = true, Example = "Kết nạp" },
        OneOf("reason_out", "Lý do thôi", Vocabulary.ReasonOut) with { Note = "Bắt buộc khi có Thôi từ ngày." },
        May("basis", "Căn cứ", Text) with { Note = "Văn bản làm căn cứ chuyển, ví dụ 26-NQ/TW." });

    public static readonly SheetDefinition Posts = new("post", "Chức vụ",
        Key("member", "Mã đảng viên", Code) with { Required = false, Note = "Để trống khi người giữ chức ở ngoài Đảng.", Example = "000123" },
        OneOf("post", "Chức vụ", Vocabulary.PostName) with { Required = true, InKey = true, Example = "Trưởng bản" },
        Key("place", "Nơi giữ chức", Code) with { Note = "Mã bản với Trưởng bản và Người có uy tín, mã tổ chức với chức vụ khác.", Example = "SH.X03.V01" },
        From(), To(),
        Key("outsider", "Người ngoài Đảng", Text) with { Required = false, Note = "Họ và tên trưởng bản, người có uy tín chưa là đảng viên; khi đó để trống Mã đảng viên." });

    public static readonly SheetDefinition Restructurings = new("restructuring", "Sắp xếp",
        Key("decision", "Số quyết định", Text) with { Example = "12-QĐ/ĐU" },
        Must("date", "Ngày hiệu lực", Date) with { Note = "Một quyết định có một ngày hiệu lực.", Example = "01/01/2019" },
        OneOf("form", "Hình thức", Vocabulary.RestructuringForm) with { Required = true, Note = "Mỗi nhóm của một quyết định có một hình thức.", Example = "Thành lập" },
        May("group", "Nhóm", Text) with { InKey = true, Note = "Để trống nếu quyết định chỉ có một việc; nhiều việc thì mỗi việc một nhóm." },
        Key("unit", "Mã chi bộ", Code) with { OtherCaption = "Mã tổ chức", Note = "Chi bộ, cấp ủy ở mọi cấp, hoặc bản.", Example = "SH.X03.B01" },
        OneOf("role", "Vai trò", Vocabulary.RestructuringRole) with { Required = true, InKey = true, Example = "Sau" });

    public static readonly SheetDefinition Ratings = new("rating", "Xếp loại",
        Key("year", "Năm", Number) with { Example = "2019" },
        Key("org", "Mã tổ chức", Code) with { OfOrganisation = true, Example = "SH.X03" },
        OneOf("grade", "Mức", Vocabulary.Grade) with { Required = true, Example = "Hoàn thành tốt nhiệm vụ" });

    public static readonly SheetDefinition Meetings = new("meeting", "Họp chi bộ",
        Key("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        Key("date", "Ngày họp", Date) with { Example = "05/03/2019" },
        OneOf("kind", "Loại", Vocabulary.MeetingKind) with { Required = true, Example = "Thường kỳ" },
        Must("due", "Phải dự", Number) with { Note = "Số người phải dự.", Example = "9" },
        Must("present", "Có mặt", Number) with { Note = "Số người có mặt.", Example = "8" });

    public static readonly SheetDefinition Assignments = new("assignment", "Phân công",
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        Key("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        OneOf("role", "Vai trò", Vocabulary.AssignmentRole) with { Required = true, Example = "Đảng ủy viên" },
        From(), To());

    public static readonly SheetDefinition Inspections = new("inspection", "Kiểm tra",
        Key("document", "Số văn bản", Text) with { Example = "08-KH/HU" },
        Key("org", "Mã tổ chức", Code) with { OfOrganisation = true, Example = "SH.X03" },
        Must("date", "Ngày", Date) with { Example = "12/04/2019" },
        OneOf("form", "Hình thức", Vocabulary.InspectionForm) with { Required = true, Example = "Kiểm tra" },
        May("subject", "Nội dung", Text),
        May("result", "Kết luận", Text));

    public static readonly SheetDefinition FormerCodes = new("former_code", "Mã cũ",
        Key("alias", "Mã cũ", Code) with { Note = "Mã không dùng nữa; ở mọi trang và mọi lần nhập sau, mã này được hiểu là Mã đảng viên bên cạnh.", Example = "000321" },
        Must("member", "Mã đảng viên", Code) with { Example = "000123" },
        May("reason", "Lý do", Text) with { Example = "Trùng hồ sơ" });

    public static readonly SheetDefinition Plans = new("plan", "Chỉ tiêu",
        Key("org", "Mã tổ chức", Code) with { OfOrganisation = true, Example = "SH.X03" },
        Key("period", "Kỳ", Text) with { Note = "Năm, hoặc tên nhiệm kỳ.", Example = "2020" },
        OneOf("item", "Chỉ tiêu", Vocabulary.PlanItem) with { Required = true, InKey = true, Example = "Kết nạp đảng viên" },
        Must("number", "Số", Number) with { Note = "Lớn hơn 0.", Example = "8" },
        May("document", "Văn bản", Text) with { Example = "05-NQ/HU" });

    public static readonly SheetDefinition Badges = new("badge", "Huy hiệu",
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        Key("years", "Loại", Number) with { Note = "30, 40, 45, 50 … 90 năm tuổi Đảng.", Example = "30" },
        Must("date", "Ngày", Date) with { Note = "Ngày trao tặng.", Example = "19/05/2020" },
        Must("decision", "Số quyết định", Text) with { Example = "20-QĐ/TU" },
        Flag("early", "Tặng sớm"),
        Flag("posthumous", "Truy tặng"));

    public static readonly SheetDefinition Cards = new("card", "Thẻ đảng",
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        OneOf("form", "Hình thức", Vocabulary.CardForm) with { Required = true, Example = "Phát mới" },
        Key("date", "Ngày", Date) with { Example = "07/11/2020" },
        May("number", "Số thẻ", Text) with { Example = "12.034567" });

    public static readonly SheetDefinition Rewards = new("reward", "Khen thưởng",
        Key("code", "Mã", Code) with { Note = "Mã đảng viên, hoặc mã tổ chức.", Example = "000123" },
        OneOf("form", "Hình thức", Vocabulary.RewardForm) with { Required = true, InKey = true, Example = "Giấy khen" },
        OneOf("level", "Cấp tặng", Vocabulary.RewardLevel) with { Required = true, Example = "Huyện ủy" },
        Key("date", "Ngày", Date) with { Example = "03/02/2020" },
        May("decision", "Số quyết định", Text) with { Example = "31-QĐ/HU" });

    public static readonly SheetDefinition Stays = new("stay", "Sinh hoạt tạm thời",
        Key("member", "Mã đảng viên", Code) with { Note = "Đến: mã của khách, không cần có ở trang Đảng viên.", Example = "000123" },
        OneOf("direction", "Chiều", Vocabulary.StayDirection) with { Required = true, InKey = true, Example = "Đi" },
        Must("place", "Nơi", Text) with { Note = "Đi: mã chi bộ, hoặc tên nơi ở ngoài; Đến: mã chi bộ tiếp nhận.", Example = "Chi bộ khu công nghiệp, tỉnh Bắc Ninh" },
        From(), To(),
        May("name", "Họ và tên", Text) with { IsKeptName = true, Note = "Của khách." },
        May("origin", "Nơi đi", Text) with { Note = "Của khách." });

    public static readonly SheetDefinition MemberRatings = new("member_rating", "Xếp loại đảng viên",
        Key("year", "Năm", Number) with { Example = "2019" },
        Key("member", "Mã đảng viên", Code) with { Example = "000123" },
        OneOf("grade", "Mức", Vocabulary.Grade) with { Required = true, Example = "Hoàn thành tốt nhiệm vụ" });

    public static readonly SheetDefinition Sources = new("source", "Nguồn kết nạp",
        Key("code", "Mã nguồn", Code) with { Example = "NG001" },
        Must("name", "Họ và tên", Text) with { IsKeptName = true, Example = "Giàng A Ví Dụ" },
        OneOf("sex", "Giới tính", Vocabulary.Sex) with { Required = true, Example = "Nam" },
        Must("born", "Ngày sinh", ColumnKind.PartialDate) with { Note = "Ngày/tháng/năm, tháng/năm hoặc năm.", Example = "20/10/1998" },
        OneOf("ethnicity", "Dân tộc", Vocabulary.Ethnicity) with { Required = true, Example = "Mông" },
        May("residence", "Mã bản cư trú", Code) with { Example = "SH.X03.V01" },
        Must("branch", "Mã chi bộ", Code) with { OfOrganisation = true, Note = "Chi bộ theo dõi, giúp đỡ.", Example = "SH.X03.B01" },
        Must("from", "Từ ngày", Date) with { Note = "Ngày bắt đầu theo dõi.", Example = "01/01/2019" },
        May("class_date", "Học lớp nhận thức", Date) with { Example = "15/06/2019" },
        Flag("youth", "Đoàn viên"),
        To(),
        OneOf("result", "Kết quả", Vocabulary.SourceResult) with { Note = "Khi đã thôi theo dõi." },
        May("member", "Mã đảng viên", Code) with { Note = "Khi đã được kết nạp." });

    public static readonly SheetDefinition Congresses = new("congress", "Đại hội",
        Key("org", "Mã tổ chức", Code) with { OfOrganisation = true, Example = "SH.X03.B01" },
        Key("date", "Ngày", Date) with { Example = "12/03/2020" },
        May("name", "Nhiệm kỳ", Text) with { Example = "2020-2022" },
        Must("until", "Nhiệm kỳ đến ngày", Date) with { Note = "Ngày cuối cùng của nhiệm kỳ của chính tổ chức, tính cả ngày đó.", Example = "11/09/2022" });

    public static readonly IReadOnlyList<SheetDefinition> Sheets =
    [
        Terms, Organisations, Villages, Services, Members, Admissions, Memberships, Posts, Restructurings, Ratings, Meetings,
        Assignments, Inspections, Plans, Badges, Cards, Rewards, Stays, MemberRatings, Sources, Congresses, FormerCodes,
    ];

    /// <summary>Sheets whose rows may belong to a person, by <see cref="SheetDefinition.PersonColumn"/>.</summary>
    public static readonly IReadOnlyList<SheetDefinition> SheetsOfPeople = [.. Sheets.Where(sheet => sheet != FormerCodes && sheet != Members && sheet.PersonColumn is not null)];


    private static ColumnDefinition Key(string key, string caption, ColumnKind kind) =>
        new(key, caption, kind) { Required = true, InKey = true };

    private static ColumnDefinition Must(string key, string caption, ColumnKind kind) => new(key, caption, kind) { Required = true };

    private static ColumnDefinition May(string key, string caption, ColumnKind kind) => new(key, caption, kind);

    private static ColumnDefinition Flag(string key, string caption) => new(key, caption, ColumnKind.Boolean) { Example = "Không" };

    private static ColumnDefinition OneOf(string key, string caption, Vocabulary vocabulary) =>
        new(key, caption, ColumnKind.Vocabulary) { Vocabulary = vocabulary };

    private static ColumnDefinition From() =>
        Key("from", "Từ ngày", Date) with { Note = "Ngày đầu tiên có hiệu lực.", Example = "01/01/2016" };

    private static ColumnDefinition To() =>
        May("to", "Thôi từ ngày", Date) with { Note = "Ngày đầu tiên không còn hiệu lực; để trống nếu vẫn còn." };
}
