using SinHo.Reporting.Access;
using SinHo.Reporting.Events;

namespace SinHo.Reporting.Host.Web;

/// <summary>One screen on which an event is entered; where there are several, which of them it is is asked first.</summary>
/// <param name="Address">The last part of its address.</param>
/// <param name="Hint">When it is the right one, in one sentence.</param>
/// <param name="Question">What decides between several events; null for one.</param>
/// <param name="Choices">The events, each with the answer that leads to it.</param>
public sealed record EventForm(string Address, string Caption, string Group, string Hint, string? Question, params IReadOnlyList<(EventKind Kind, string Answer)> Choices)
{
    private const string People = "Con người";
    private const string Honours = "Huy hiệu, thẻ, khen thưởng";
    private const string Duties = "Chức vụ và phân công";
    private const string Units = "Chi bộ và đơn vị";

    /// <summary>In the order in which a clerk looks for them.</summary>
    public static readonly IReadOnlyList<EventForm> All =
    [
        One("ket-nap", People, "Người mới vào Đảng, hoặc được kết nạp lại.", "admit"),
        One("cong-nhan-chinh-thuc", People, "Hết thời gian dự bị và được công nhận.", "recognise"),
        One("khong-cong-nhan", People, "Hết thời gian dự bị mà không được công nhận.", "refuse"),
        One("chuyen-den", People, "Từ đảng bộ khác về, có hoặc chưa có trong sổ.", "arrive"),
        One("chuyen-noi-bo", People, "Một hay nhiều người sang chi bộ khác trong đảng bộ.", "move"),
        One("thoi-sinh-hoat", People, "Chuyển đi, từ trần, xóa tên, khai trừ, xin ra khỏi Đảng.", "leave"),
        new("sua-ho-so", "Sửa hồ sơ", People, "Nghỉ hưu, học xong, đổi nơi cư trú; hoặc hồ sơ ghi sai.", "Vì sao sửa?",
            (EventKind.Of("change"), "Đời sống có thay đổi từ một ngày (nghỉ hưu, học xong, chuyển nơi cư trú…)"),
            (EventKind.Of("correct"), "Ghi sai từ đầu, cần đính chính (sai ngày sinh, gõ nhầm tên…)")),
        new("gop-nguoi-trung", "Gộp người trùng", People, "Một người có hai mã trong sổ; hoặc đã gộp nhầm.", "Việc gì?", (EventKind.Of("merge"), "Gộp hai mã thành một người"), (EventKind.Of("part"), "Tách lại mã đã gộp")),
        new("sinh-hoat-tam-thoi", "Sinh hoạt tạm thời", People, "Đảng viên sinh hoạt tạm thời ở nơi khác, hoặc khách đến sinh hoạt tại chi bộ.", "Việc gì?",
            (EventKind.Of("stay"), "Đảng viên của mình đi nơi khác"), (EventKind.Of("return"), "Đảng viên ấy trở về"), (EventKind.Of("host"), "Khách từ nơi khác đến"), (EventKind.Of("depart"), "Khách ấy thôi")),
        new("nguon-ket-nap", "Nguồn kết nạp", People, "Người được chi bộ theo dõi, giúp đỡ để kết nạp.", "Việc gì?",
            (EventKind.Of("foster"), "Bắt đầu theo dõi"), (EventKind.Of("attend"), "Đã học lớp nhận thức về Đảng"), (EventKind.Of("unfoster"), "Thôi theo dõi")),
        One("huy-hieu", Honours, "Huy hiệu 30, 40, 45, 50 … 90 năm tuổi Đảng.", "badge"),
        One("the-dang", Honours, "Phát thẻ, cấp lại thẻ mất, đổi thẻ hỏng.", "card"),
        One("khen-thuong", Honours, "Cờ, bằng khen, giấy khen, biểu dương cho một người hoặc một tổ chức.", "reward"),
        new("chuc-vu", "Chức vụ", Duties, "Bắt đầu hoặc thôi giữ một chức vụ.", "Việc gì?", (EventKind.Of("appoint"), "Bắt đầu giữ"), (EventKind.Of("dismiss"), "Thôi giữ")),
        new("phan-cong", "Phân công theo dõi chi bộ", Duties, "Cấp ủy viên được phân công theo dõi một chi bộ, hoặc thôi.", "Việc gì?", (EventKind.Of("assign"), "Bắt đầu"), (EventKind.Of("release"), "Thôi")),
        One("dai-hoi", Units, "Đại hội của một tổ chức và nhiệm kỳ mới của nó.", "congress"),
        One("kiem-tra", Units, "Một cuộc kiểm tra hoặc giám sát đối với một đơn vị.", "inspect"),
        new("phu-trach-ban", "Chi bộ phụ trách bản", Units, "Một chi bộ bắt đầu hoặc thôi phụ trách một bản.", "Việc gì?", (EventKind.Of("serve"), "Bắt đầu"), (EventKind.Of("unserve"), "Thôi")),
    ];

    /// <summary>Making one person of two reaches across all units.</summary>
    public bool IsOpenTo(Viewer viewer) => viewer.May(Choices[0].Kind.Name == "merge" ? Right.Merge : Right.Enter);

    private static EventForm One(string address, string group, string hint, string kind) => new(address, EventKind.Of(kind).Caption, group, hint, null, (EventKind.Of(kind), ""));
}
