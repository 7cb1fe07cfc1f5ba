using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Events;

/// <summary>What a field of an event holds.</summary>
public enum FieldShape
{
    /// <summary>One value, read like a cell of its column.</summary>
    Value,

    /// <summary>Member codes.</summary>
    Codes,

    /// <summary>Values of a sheet by caption.</summary>
    Record,

    /// <summary>The natural key of a row of a sheet.</summary>
    Key,

    /// <summary>Rows of sheets, each by sheet and key.</summary>
    Rows,
}

/// <summary>One field of an event.</summary>
/// <param name="Name">In EVENTS.json.</param>
/// <param name="Caption">On a form.</param>
/// <param name="Column">How a value is read; null for other shapes.</param>
public sealed record EventField(string Name, string Caption, ColumnDefinition? Column, bool IsRequired, FieldShape Shape = FieldShape.Value)
{
    /// <summary>Name of the field that may stand instead of it; null where none may.</summary>
    public string? OrElse { get; init; }

    /// <summary>No form has it: for files of events alone.</summary>
    public bool IsOfFiles { get; init; }
}

/// <summary>The events that can be recorded, with their fields: one definition behind the command and the forms. Source: docs/spec/command-line.md, EVENTS.json.</summary>
/// <param name="Name">In EVENTS.json.</param>
/// <param name="Caption">What papers call it.</param>
/// <param name="Does">What it will do, for a reader; {field} stands for what the field says.</param>
public sealed record EventKind(string Name, string Caption, string Does, params IReadOnlyList<EventField> Fields)
{
    private static readonly ColumnDefinition Yes = new("flag", "", ColumnKind.Boolean);
    private static readonly ColumnDefinition Words = new("words", "", ColumnKind.Text);
    private static readonly ColumnDefinition Day = new("day", "", ColumnKind.Date);

    public static readonly IReadOnlyList<EventKind> All =
    [
        new("admit", "Kết nạp", "Kết nạp {member} vào {branch} ngày {date}: ghi hồ sơ, quyết định kết nạp và tên trong danh sách chi bộ từ ngày đó.",
            Member, Must("date", "Ngày kết nạp", Day), Must("decision", "Số quyết định", Admissions.Column("decision")), Must("decided", "Ngày quyết định", Day), Branch("Chi bộ kết nạp"),
            Must("local", "Tại chỗ (người của bản do chi bộ phụ trách)", Yes), May("readmission", "Kết nạp lại", Yes), May("official", "Ngày chính thức (nếu đã có)", Day),
            May("record", "Hồ sơ khi kết nạp", FieldShape.Record), May("outsider_place", "Bản mà người này giữ chức khi chưa là đảng viên", Posts.Column("place")),
            May("source", "Nguồn kết nạp (nếu đã theo dõi)", Sources.Column("code"))),
        new("recognise", "Công nhận chính thức", "{member} là đảng viên chính thức từ ngày {date}.", Member, Must("date", "Ngày chính thức", Day)),
        new("refuse", "Không công nhận", "{member} không được công nhận chính thức: xóa tên khỏi danh sách từ ngày {date}, cùng các chức vụ và phân công đang giữ.",
            Member, Must("date", "Ngày thôi sinh hoạt", Day)),
        new("arrive", "Chuyển đến", "{member} sinh hoạt tại {branch} từ ngày {date}, lý do: {reason}.",
            Member, Branch("Chi bộ tiếp nhận"), Must("date", "Ngày chuyển đến", Day), Must("reason", "Lý do đến", Memberships.Column("reason_in")),
            May("joined", "Ngày vào Đảng (người chưa có trong sổ)", Day), May("official", "Ngày chính thức (người chưa có trong sổ)", Day), May("record", "Hồ sơ", FieldShape.Record)),
        new("leave", "Thôi sinh hoạt", "{member} thôi sinh hoạt từ ngày {date}, lý do: {reason}; các chức vụ và phân công đang giữ thôi cùng ngày.",
            Member, Must("date", "Ngày đầu tiên không còn trong danh sách", Day), Must("reason", "Lý do thôi", Memberships.Column("reason_out")), May("keep_posts", "Giữ nguyên chức vụ và phân công", Yes)),
        new("move", "Chuyển nội bộ", "{members} chuyển về {branch} từ ngày {date}.",
            new("members", "Đảng viên", null, IsRequired: true, FieldShape.Codes), Branch("Chi bộ nhận"), Must("date", "Ngày chuyển", Day), May("basis", "Căn cứ", Memberships.Column("basis"))),
        new("change", "Thay đổi trong đời sống", "Hồ sơ của {member} có thêm một dòng từ ngày {date}; những ngày trước đó giữ nguyên.",
            Member, Must("date", "Thay đổi từ ngày", Day), new("set", "Nội dung thay đổi", null, IsRequired: true, FieldShape.Record), May("later", "Các dòng hồ sơ sau ngày đó cũng đổi theo", Yes)),
        new("correct", "Ghi sai, đính chính", "Sửa hồ sơ của {member} cho đúng với mọi ngày mà dòng ấy có hiệu lực, cả những kỳ báo cáo đã qua.",
            Member, May("version", "Dòng hồ sơ từ ngày (để trống: dòng đầu tiên)", Day), new("set", "Giá trị đúng", null, IsRequired: true, FieldShape.Record), Must("reason", "Vì sao đính chính", Words),
            May("later", "Sửa cả các dòng hồ sơ sau có cùng giá trị sai", Yes)),
        new("appoint", "Giữ chức vụ", "{member}{outsider} giữ chức {post} tại {place} từ ngày {date}.",
            Member with { OrElse = "outsider" }, Outsider, Must("post", "Chức vụ", Posts.Column("post")), Must("place", "Nơi giữ chức", Posts.Column("place")), Must("date", "Từ ngày", Day)),
        new("dismiss", "Thôi chức vụ", "{member}{outsider} thôi chức {post} tại {place} từ ngày {date}.",
            Member with { OrElse = "outsider" }, Outsider, Must("post", "Chức vụ", Posts.Column("post")), Must("place", "Nơi giữ chức", Posts.Column("place")), Must("date", "Thôi từ ngày", Day)),
        new("assign", "Phân công theo dõi", "{member} được phân công theo dõi {branch} với vai trò {role} từ ngày {date}.",
            Member, Branch("Chi bộ được theo dõi"), Must("role", "Vai trò", Assignments.Column("role")), Must("date", "Từ ngày", Day)),
        new("release", "Thôi phân công", "{member} thôi theo dõi {branch} ({role}) từ ngày {date}.",
            Member, Branch("Chi bộ được theo dõi"), Must("role", "Vai trò", Assignments.Column("role")), Must("date", "Thôi từ ngày", Day)),
        new("meet", "Họp chi bộ", "{branch} họp {kind} ngày {date}: {present} trên {due} đảng viên có mặt.",
            Branch("Chi bộ"), Must("date", "Ngày họp", Day), Must("kind", "Loại", Meetings.Column("kind")), Must("due", "Phải dự", Meetings.Column("due")), Must("present", "Có mặt", Meetings.Column("present"))),
        new("inspect", "Kiểm tra, giám sát", "{form} đối với {unit} ngày {date}, văn bản {document}.",
            Must("document", "Số văn bản", Inspections.Column("document")), Must("unit", "Đơn vị được kiểm tra", Inspections.Column("org")), Must("date", "Ngày", Day),
            Must("form", "Hình thức", Inspections.Column("form")), May("subject", "Nội dung", Inspections.Column("subject")), May("result", "Kết luận", Inspections.Column("result"))),
        new("serve", "Chi bộ phụ trách bản", "{branch} phụ trách {village} từ ngày {date}.", Branch("Chi bộ"), Must("village", "Bản", Services.Column("village")), Must("date", "Từ ngày", Day)),
        new("unserve", "Chi bộ thôi phụ trách bản", "{branch} thôi phụ trách {village} từ ngày {date}.", Branch("Chi bộ"), Must("village", "Bản", Services.Column("village")), Must("date", "Thôi từ ngày", Day)),
        new("amend", "Sửa hoặc xóa một dòng", "Sửa một dòng của trang {sheet} cho đúng.",
            Must("sheet", "Trang", Words), new("key", "Khóa của dòng", null, IsRequired: true, FieldShape.Key), May("set", "Giá trị đúng", FieldShape.Record), May("remove", "Xóa dòng này", Yes),
            Must("reason", "Vì sao", Words)),
        new("rate", "Xếp loại", "{unit}{member} năm {year}: {grade}.", Must("year", "Năm", Ratings.Column("year")), May("unit", "Đơn vị", Ratings.Column("org")), May("member", "Đảng viên", MemberRatings.Column("member")), Must("grade", "Mức", Ratings.Column("grade"))),
        new("badge", "Tặng Huy hiệu Đảng", "{member} được tặng Huy hiệu {years} năm tuổi Đảng ngày {date}, quyết định {decision}.",
            Member, Must("years", "Loại (năm tuổi Đảng)", Badges.Column("years")), Must("date", "Ngày trao tặng", Day), Must("decision", "Số quyết định", Badges.Column("decision")),
            May("early", "Tặng sớm", Yes), May("posthumous", "Truy tặng", Yes)),
        new("card", "Thẻ đảng viên", "Thẻ đảng viên của {member} ngày {date}: {form}.",
            Member, Must("form", "Hình thức", Cards.Column("form")), Must("date", "Ngày", Day), May("number", "Số thẻ", Cards.Column("number"))),
        new("reward", "Khen thưởng", "{member}{unit} được tặng {form} ({level}) ngày {date}.",
            Member with { OrElse = "unit" }, May("unit", "Hoặc tổ chức", Ratings.Column("org")), Must("form", "Hình thức", Rewards.Column("form")), Must("level", "Cấp tặng", Rewards.Column("level")),
            Must("date", "Ngày", Day), May("decision", "Số quyết định", Rewards.Column("decision"))),
        new("stay", "Đi sinh hoạt tạm thời", "{member} sinh hoạt tạm thời tại {place} từ ngày {date}; vẫn có tên trong danh sách của chi bộ mình.",
            Member, Must("place", "Nơi đến", Stays.Column("place")), Must("date", "Từ ngày", Day), May("until", "Thôi từ ngày (nếu đã biết)", Day)),
        new("return", "Trở về sau sinh hoạt tạm thời", "{member} thôi sinh hoạt tạm thời ở nơi khác từ ngày {date}.", Member, Must("date", "Ngày đầu tiên không còn ở đó", Day)),
        new("host", "Khách đến sinh hoạt tạm thời", "{branch} nhận {guest} sinh hoạt tạm thời từ ngày {date}; không tính vào danh sách của chi bộ.",
            Must("guest", "Mã của khách", Stays.Column("member")), Must("name", "Họ và tên", Sources.Column("name")), May("origin", "Nơi đi", Stays.Column("origin")), Branch("Chi bộ tiếp nhận"),
            Must("date", "Từ ngày", Day), May("until", "Thôi từ ngày (nếu đã biết)", Day)),
        new("depart", "Khách thôi sinh hoạt tạm thời", "{guest} thôi sinh hoạt tạm thời từ ngày {date}.", Must("guest", "Khách", Stays.Column("member")), Must("date", "Ngày đầu tiên không còn ở đó", Day)),
        new("foster", "Nguồn kết nạp mới", "{branch} theo dõi, giúp đỡ nguồn kết nạp {source} từ ngày {date}.",
            Must("source", "Mã nguồn", Sources.Column("code")), Branch("Chi bộ theo dõi"), Must("date", "Theo dõi từ ngày", Day), Must("name", "Họ và tên", Sources.Column("name")),
            Must("sex", "Giới tính", Sources.Column("sex")), Must("born", "Ngày sinh", Sources.Column("born")), Must("ethnicity", "Dân tộc", Sources.Column("ethnicity")),
            May("village", "Bản cư trú", Sources.Column("residence")), May("class_date", "Học lớp nhận thức ngày", Day), May("youth", "Đoàn viên", Yes)),
        new("attend", "Học lớp nhận thức về Đảng", "Nguồn kết nạp {source} học lớp nhận thức về Đảng ngày {date}.", Must("source", "Nguồn kết nạp", Sources.Column("code")), Must("date", "Ngày học", Day)),
        new("unfoster", "Thôi theo dõi nguồn kết nạp", "Thôi theo dõi nguồn kết nạp {source} từ ngày {date}: {result}.",
            Must("source", "Nguồn kết nạp", Sources.Column("code")), Must("date", "Thôi từ ngày", Day), Must("result", "Kết quả", Sources.Column("result")), Member with { Caption = "Đảng viên (khi đã kết nạp)", IsRequired = false }),
        new("congress", "Đại hội", "{unit} đại hội ngày {date}, nhiệm kỳ đến hết ngày {until}.",
            Must("unit", "Tổ chức", Congresses.Column("org")), Must("date", "Ngày đại hội", Day), May("term", "Nhiệm kỳ", Congresses.Column("name")), Must("until", "Nhiệm kỳ đến hết ngày", Day)),
        new("plan", "Chỉ tiêu", "Chỉ tiêu {item} của {unit}, {period}: {number}.",
            Must("unit", "Đơn vị", Plans.Column("org")), Must("period", "Năm hoặc nhiệm kỳ", Plans.Column("period")), Must("item", "Chỉ tiêu", Plans.Column("item")),
            May("number", "Số (0 hoặc để trống: bỏ chỉ tiêu)", Plans.Column("number")), May("document", "Văn bản", Plans.Column("document"))),
        new("merge", "Gộp người trùng", "{alias} và {keep} là một người: hồ sơ của {keep} đứng, mọi dòng của {alias} về đó; mã {alias} vẫn tìm thấy người ấy và có thể tách lại.",
            Must("keep", "Mã giữ lại", Members.Column("code")), Must("alias", "Mã thành mã cũ", FormerCodes.Column("alias")), May("drop", "Dòng trùng bỏ đi", FieldShape.Rows), Must("reason", "Vì sao", Words)),
        new("part", "Tách lại người đã gộp", "Mã {alias} lại là một người riêng, với những dòng đã có khi gộp.", Must("alias", "Mã cũ", FormerCodes.Column("alias")), Must("reason", "Vì sao", Words)),
    ];

    private static EventField Outsider => May("outsider", "Hoặc người ngoài Đảng (họ và tên; chỉ Trưởng bản, Người có uy tín)", Posts.Column("outsider"));

    private static EventField Member => Must("member", "Đảng viên", Members.Column("code"));

    public EventField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <exception cref="InvalidOperationException">No event is called so.</exception>
    public static EventKind Of(string name) => All.First(kind => kind.Name == name);

    private static EventField Branch(string caption) => Must("branch", caption, Memberships.Column("branch"));

    private static EventField Must(string name, string caption, ColumnDefinition column) => new(name, caption, column, IsRequired: true);

    private static EventField May(string name, string caption, ColumnDefinition column) => new(name, caption, column, IsRequired: false);

    private static EventField May(string name, string caption, FieldShape shape) => new(name, caption, null, IsRequired: false, shape);
}
