using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Tests.Support;
using Xunit;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>Every code of an import: what calls it up, where it points, and that nothing else is said and nothing is changed.</summary>
public sealed class ImportFaultsTests(TestCluster cluster)
{
    public sealed record Fault(string Name, Func<RegisterFileOf> File, params string[] Issues)
    {
        public override string ToString() => Name;
    }

    /// <summary>Public face of the internal builder, so that theories can carry it.</summary>
    public sealed class RegisterFileOf
    {
        internal RegisterFile File { get; private init; } = null!;

        internal static Func<RegisterFileOf> Sound(Func<RegisterFile, RegisterFile> change) => () => new() { File = change(RegisterFile.Sound()) };

        internal static Func<RegisterFileOf> Bare(Func<RegisterFile, RegisterFile> change) => () => new() { File = change(new()) };
    }

    private static Fault Whole(string name, Func<RegisterFile, RegisterFile> change, params string[] issues) => new(name, RegisterFileOf.Sound(change), issues);

    private static Fault Part(string name, Func<RegisterFile, RegisterFile> lines, params string[] issues) => new(name, RegisterFileOf.Bare(lines), issues);

    /// <summary>Faults of a whole register on its way into an empty one.</summary>
    public static TheoryData<Fault> OfAFile =>
    [
        Whole("no fault", file => file),
        Whole("missing column in a key", file => file.Caption(Memberships, "member", null), "missing_column|Sinh hoạt|1|Mã đảng viên|"),
        Whole("missing column of values", file => file.Caption(Memberships, "reason_in", null), "missing_column|Sinh hoạt|1|Lý do đến|"),
        Whole("missing column others refer to", file => file.Caption(Organisations, "code", null), "missing_column|Tổ chức|1|Mã tổ chức|"),
        Whole("missing column of members", file => file.Caption(Members, "joined", null), "missing_column|Đảng viên|1|Ngày vào Đảng|"),
        Whole("missing column of admissions", file => file.Caption(Admissions, "date", null), "missing_column|Kết nạp|1|Ngày kết nạp|"),
        Whole("blank name", file => file.Set(Members, 2, "name", null), "required|Đảng viên|2|Họ và tên|"),
        Whole("blank member of an admission", file => file.Set(Admissions, 2, "member", null), "required|Kết nạp|2|Mã đảng viên|"),
        Whole("blank parent", file => file.Set(Organisations, 4, "parent", null), "required|Tổ chức|4|Trực thuộc|"),
        Whole("bad date of a member", file => file.Set(Members, 3, "joined", "31/02/2016"), "bad_value|Đảng viên|3|Ngày vào Đảng|31/02/2016"),
        Whole("bad word of an organisation", file => file.Set(Organisations, 3, "level", "Đảng bộ"), "bad_value|Tổ chức|3|Cấp|Đảng bộ"),
        Whole("bad word of a branch", file => file.Set(Organisations, 4, "type", "Bảng"), "bad_value|Tổ chức|4|Loại hình|Bảng"),
        Whole("bad date of an admission", file => file.Set(Admissions, 2, "decided", "hôm qua"), "bad_value|Kết nạp|2|Ngày quyết định|hôm qua"),
        Whole("bad end of a membership", file => file.Set(Memberships, 4, "to", "2018"), "bad_value|Sinh hoạt|4|Thôi từ ngày|2018"),
        Whole("bad number", file => file.Set(Meetings, 2, "due", "nhiều"), "bad_value|Họp chi bộ|2|Phải dự|nhiều"),
        Whole("bad mark of removal", file => file.Row(Terms, "2020-2025", "01/07/2020", "30/06/2025", "y"), "bad_value|Nhiệm kỳ|3|Xóa|y"),
        Whole("a bad role of a restructuring", file => file.Set(Restructurings, 3, "role", "Giữa"), "bad_value|Sắp xếp|3|Vai trò|Giữa"),
        Whole("the same sheet twice", file => file.Stranger("đảng  VIÊN", "Mã đảng viên"), "bad_value|đảng  VIÊN|||"),
        Whole("unknown member", file => file.Add(Memberships, "9|SH.B1|01/01/2015||Đầu kỳ||"), "unknown_reference|Sinh hoạt|6|Mã đảng viên|9"),
        Whole("unknown branch of an entry", file => file.Set(Memberships, 3, "branch", "SH.B9"), "unknown_reference|Sinh hoạt|3|Mã chi bộ|SH.B9"),
        Whole("unknown member of an admission", file => file.Set(Admissions, 2, "member", "9"), "unknown_reference|Kết nạp|2|Mã đảng viên|9"),
        Whole("unknown parent", file => file.Set(Organisations, 4, "parent", "SH.X9"), "unknown_reference|Tổ chức|4|Trực thuộc|SH.X9"),
        Whole("unknown commune", file => file.Set(Villages, 2, "commune", "SH.X9"), "unknown_reference|Bản|2|Thuộc|SH.X9"),
        Whole("unknown residence", file => file.Set(Members, 2, "residence", "V9"), "unknown_reference|Đảng viên|2|Mã bản cư trú|V9"),
        Whole("a village head of an organisation", file => file.Set(Posts, 2, "place", "SH.B1"), "unknown_reference|Chức vụ|2|Nơi giữ chức|SH.B1"),
        Whole("a secretary of a village", file => file.Set(Posts, 3, "place", "V1"), "unknown_reference|Chức vụ|3|Nơi giữ chức|V1"),
        Whole("unknown organisation of a rating", file => file.Set(Ratings, 2, "org", "SH.X9"), "unknown_reference|Xếp loại|2|Mã tổ chức|SH.X9"),
        Whole("same key", file => file.Add(Meetings, "SH.B1|05/03/2017|Chuyên đề|2|2"), "duplicate_key|Họp chi bộ|3|Mã chi bộ|SH.B1"),
        Whole("same member three times", file => file
                .Add(Members, "1||Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||", "1||Lò D|Nam|1980|Thái||V1|01/01/2010||||Tiểu học||||Khác||||"),
            "duplicate_key|Đảng viên|5|Mã đảng viên|1", "duplicate_key|Đảng viên|6|Mã đảng viên|1"),
        Whole("empty interval", file => file.Set(Memberships, 4, "to", "01/01/2015"), "empty_interval|Sinh hoạt|4|Thôi từ ngày|01/01/2015"),
        Whole("term that ends first", file => file.Set(Terms, 2, "until", "30/06/2015"), "empty_interval|Nhiệm kỳ|2|Đến ngày|30/06/2015"),
        Whole("overlapping versions", file => file.Add(Organisations, "SH.B2|Chi bộ|Chi bộ trực thuộc|Bản|SH.X|01/01/2017|"), "overlap|Tổ chức|6|Từ ngày|01/01/2017"),
        Whole("overlapping memberships", file => file.Set(Memberships, 4, "to", "02/01/2018"), "overlap|Sinh hoạt|5|Từ ngày|01/01/2018"),
        Whole("two branches from one day", file => file.Add(Memberships, "1|SH.B2|01/01/2015||Đầu kỳ||"), "overlap|Sinh hoạt|6|Từ ngày|01/01/2015"),
        Whole("a branch under a branch", file => file.Set(Organisations, 5, "parent", "SH.B1"), "wrong_parent|Tổ chức|5|Trực thuộc|SH.B1"),
        Whole("a branch under the district", file => file.Set(Organisations, 5, "parent", "SH"), "wrong_parent|Tổ chức|5|Trực thuộc|SH"),
        Whole("under itself", file => file.Set(Organisations, 5, "parent", "SH.B2"), "wrong_parent|Tổ chức|5|Trực thuộc|SH.B2"),
        Whole("the district under something", file => file.Set(Organisations, 2, "parent", "SH.X"), "wrong_parent|Tổ chức|2|Trực thuộc|SH.X"),
        Whole("a parent that came later", file => file.Set(Organisations, 2, "from", "02/01/2000"), "wrong_parent|Tổ chức|3|Trực thuộc|SH"),
        Whole("a parent with a gap", file => file.Set(Organisations, 3, "to", "01/01/2019").Add(Organisations, "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|02/01/2019|"),
            "wrong_parent|Tổ chức|4|Trực thuộc|SH.X", "wrong_parent|Tổ chức|5|Trực thuộc|SH.X", "wrong_parent|Bản|2|Thuộc|SH.X"),
        Whole("a village outside a commune", file => file.Set(Villages, 2, "commune", "SH"), "wrong_parent|Bản|2|Thuộc|SH"),
        Whole("members of a commune", file => file.Set(Memberships, 2, "branch", "SH.X"), "not_a_branch|Sinh hoạt|2|Mã chi bộ|SH.X"),
        Whole("a meeting of a commune", file => file.Set(Meetings, 2, "branch", "SH.X"), "not_a_branch|Họp chi bộ|2|Mã chi bộ|SH.X"),
        Whole("a commune that serves a village", file => file.Set(Services, 2, "branch", "SH.X"), "not_a_branch|Chi bộ - bản|2|Mã chi bộ|SH.X"),
        Whole("admission by a commune", file => file.Set(Admissions, 2, "branch", "SH.X").Set(Memberships, 3, "branch", "SH.X"),
            "not_a_branch|Kết nạp|2|Mã chi bộ|SH.X", "not_a_branch|Sinh hoạt|3|Mã chi bộ|SH.X"),
        Whole("a branch that ends too soon", file => file.Set(Organisations, 5, "to", "31/12/2017"),
            "outside_branch_life|Sinh hoạt|4|Thôi từ ngày|01/01/2018", "outside_branch_life|Phân công|2|Thôi từ ngày|"),
        Whole("a branch that begins too late", file => file.Set(Organisations, 5, "from", "02/01/2015"), "outside_branch_life|Sinh hoạt|4|Từ ngày|01/01/2015"),
        Whole("a meeting before the branch", file => file.Set(Meetings, 2, "date", "31/12/1999"), "outside_branch_life|Họp chi bộ|2|Ngày họp|31/12/1999"),
        Whole("a service before the branch", file => file.Set(Services, 2, "from", "31/12/1999"), "outside_branch_life|Chi bộ - bản|2|Từ ngày|31/12/1999"),
        Whole("a badge before its years", file => file.Add(Badges, "1|30|19/05/2020|1-QĐ|"), "badge_too_early|Huy hiệu|2|Ngày|19/05/2020"),
        Whole("a badge early by more than a year", file => file.Set(Members, 2, "born", "1960").Set(Members, 2, "joined", "20/05/1991").Set(Members, 2, "official", "20/05/1992").Add(Badges, "1|30|19/05/2020|1-QĐ|Có"), "badge_too_early|Huy hiệu|2|Ngày|19/05/2020"),
        Whole("a badge early by a year", file => file.Set(Members, 2, "born", "1960").Set(Members, 2, "joined", "19/05/1991").Set(Members, 2, "official", "19/05/1992").Add(Badges, "1|30|19/05/2020|1-QĐ|Có")),
        Whole("a badge that there is not", file => file.Add(Badges, "1|35|19/05/2050|1-QĐ|"), "bad_value|Huy hiệu|2|Loại|35"),
        Whole("a badge twice", file => file.Set(Members, 2, "born", "1960").Set(Members, 2, "joined", "01/05/1990").Set(Members, 2, "official", "01/05/1991").Add(Badges, "1|30|19/05/2020|1-QĐ|", "1|30|02/09/2020|2-QĐ|"), "duplicate_key|Huy hiệu|3|Mã đảng viên|1"),
        Whole("a plan of nobody", file => file.Add(Plans, "SH.X9|2020|Kết nạp đảng viên|3|"), "unknown_reference|Chỉ tiêu|2|Mã tổ chức|SH.X9"),
        Whole("a plan of nothing", file => file.Add(Plans, "SH.X|2020|Kết nạp đảng viên|0|"), "bad_value|Chỉ tiêu|2|Số|0"),
        Whole("a rating before the unit", file => file.Add(Ratings, "1999|SH.X|Hoàn thành nhiệm vụ"), "rating_before_founding|Xếp loại|3|Năm|1999"),
        Whole("a rating before the member", file => file.Add(MemberRatings, "2014|1|Hoàn thành nhiệm vụ", "2015|1|Hoàn thành nhiệm vụ"), "rating_before_founding|Xếp loại đảng viên|2|Năm|2014"),
        Whole("a card of two people", file => file.Add(Cards, "1|Phát mới|07/11/2017|012", "3|Phát mới|07/11/2017|012"), "card_number_twice|Thẻ đảng|2|Số thẻ|012", "card_number_twice|Thẻ đảng|3|Số thẻ|012"),
        Whole("a stay over two years", file => file.Add(Stays, "1|Đi|Nơi khác|01/01/2016|02/01/2018", "2|Đi|Nơi khác|01/01/2018|01/01/2020"), "stay_too_long|Sinh hoạt tạm thời|2|Thôi từ ngày|02/01/2018"),
        Whole("a guest of a commune", file => file.Add(Stays, "K1|Đến|SH.X|01/01/2016||Khách|Nơi khác", "K2|Đến|SH.B1|01/01/2016||Khách|Nơi khác", "1|Đi|SH.X|01/01/2016|"), "not_a_branch|Sinh hoạt tạm thời|2|Nơi|SH.X"),
        Whole("a commune that follows a source", file => file.Add(Sources, "NG1|Giàng A|Nam|1990|Mông||SH.X|01/01/2016|||||", "NG2|Giàng A|Nam|1991|Mông||SH.B1|01/01/2016|||||"), "not_a_branch|Nguồn kết nạp|2|Mã chi bộ|SH.X"),
        Whole("a guest nowhere", file => file.Add(Stays, "K1|Đến|SH.B9|01/01/2016||Khách|Nơi khác", "K2|Đến|SH.B1|01/01/2016||Khách|Nơi khác"), "unknown_reference|Sinh hoạt tạm thời|2|Nơi|SH.B9"),
        Whole("somebody away whom nobody knows", file => file.Add(Stays, "9|Đi|Nơi khác|01/01/2016|"), "unknown_reference|Sinh hoạt tạm thời|2|Mã đảng viên|9"),
        Whole("a source who is a member", file => file.Add(Sources, "NG1|Giàng A|Nam|1990|Mông||SH.B1|01/01/2016|||||1"), "source_is_member|Nguồn kết nạp|2|Mã đảng viên|1"),
        Whole("a source who became one", file => file.Add(Sources, "NG1|Vàng B|Nữ|1990|Mông||SH.B1|01/01/2015|||19/05/2016|Kết nạp|2")),
        Whole("a post of two people", file => file.Add(Posts, "1|Trưởng bản|V1|01/01/2014|01/01/2015|Giàng A"), "bad_value|Chức vụ|4|Người ngoài Đảng|Giàng A"),
        Whole("a post of nobody", file => file.Add(Posts, "|Trưởng bản|V1|01/01/2014|01/01/2015|"), "required|Chức vụ|4|Mã đảng viên|"),
        Whole("a secretary outside the Party", file => file.Add(Posts, "|Bí thư chi bộ|SH.B1|01/01/2014|01/01/2015|Giàng A"), "bad_value|Chức vụ|4|Người ngoài Đảng|Giàng A"),
        Whole("a head outside the Party", file => file.Add(Posts, "|Trưởng bản|V1|01/01/2014|01/01/2015|Giàng A", "|Trưởng bản|V1|01/01/2014|01/01/2015|Giàng B")),
        Whole("an end without a reason", file => file.Set(Memberships, 4, "reason_out", null), "missing_reason|Sinh hoạt|4|Lý do thôi|"),
        Whole("a reason without an end", file => file.Set(Memberships, 2, "reason_out", "Từ trần"), "missing_reason|Sinh hoạt|2|Thôi từ ngày|"),
        Whole("an admission nobody entered", file => file.Set(Memberships, 3, "reason_in", "Chuyển đến từ tỉnh khác"), "admission_mismatch|Kết nạp|2|Ngày kết nạp|19/05/2016"),
        Whole("an entry without admission", file => file.Set(Memberships, 2, "reason_in", "Kết nạp"), "admission_mismatch|Sinh hoạt|2|Từ ngày|01/01/2015"),
        Whole("another joining date", file => file.Set(Members, 3, "joined", "18/05/2016"), "admission_mismatch|Đảng viên|3|Ngày vào Đảng|18/05/2016"),
        Whole("another official date", file => file.Set(Members, 3, "official", null), "admission_mismatch|Đảng viên|3|Ngày chính thức|"),
        Whole("decided after the ceremony", file => file.Set(Admissions, 2, "decided", "20/05/2016"), "date_order|Kết nạp|2|Ngày quyết định|20/05/2016"),
        Whole("official before joined", file => file.Set(Members, 2, "official", "31/12/2009"), "date_order|Đảng viên|2|Ngày chính thức|31/12/2009"),
        Whole("born after joined", file => file.Set(Members, 3, "born", "2017"), "date_order|Đảng viên|3|Ngày sinh|2017"),
        Whole("a day under 18", file => file.Set(Members, 3, "born", "20/05/1998"), "under_age|Kết nạp|2|Ngày kết nạp|19/05/2016"),
        Whole("18 on the day", file => file.Set(Members, 3, "born", "19/05/1998")),
        Whole("under 18 without an admission", file => file.Set(Members, 2, "born", "02/01/1992"), "under_age|Đảng viên|2|Ngày vào Đảng|01/01/2010"),
        Whole("a merger of nothing", file => file.Drop(Restructurings, 2), "restructuring_roles|Sắp xếp|2|Vai trò|Sau"),
        Whole("founded before", file => file.Add(Restructurings, "13-QĐ|01/01/2000|Thành lập||SH.B1|Trước"), "restructuring_roles|Sắp xếp|4|Vai trò|Trước"),
        Whole("a decision of two dates", file => file.Set(Restructurings, 3, "date", "02/01/2018"), "restructuring_roles|Sắp xếp|3|Ngày hiệu lực|02/01/2018"),
        Whole("a decision of two forms", file => file.Set(Restructurings, 3, "form", "Đổi tên"), "restructuring_roles|Sắp xếp|3|Hình thức|Đổi tên"),
        Whole("versions of a person that differ", file => file.Add(Members, "1|01/01/2018|Lò A|Nữ|1981|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Nghỉ hưu, nghỉ công tác||||"),
            "version_differs|Đảng viên|5|Giới tính|Nữ", "version_differs|Đảng viên|5|Ngày sinh|1981"),
        Whole("versions with other dates", file => file.Add(Members, "1|01/01/2018|Lò A|Nam|1980|Thái||V1|02/01/2010||01/01/2005|01/01/2006|Tiểu học||||Khác||||"),
            "version_differs|Đảng viên|5|Ngày vào Đảng|02/01/2010", "version_differs|Đảng viên|5|Ngày chính thức|",
            "version_differs|Đảng viên|5|Ngày vào Đảng lần đầu|01/01/2005", "version_differs|Đảng viên|5|Ngày chính thức lần đầu|01/01/2006"),
        Whole("versions that differ in what changes", file => file.Add(Members, "1|01/01/2018|Lò Văn A|Nam|1980|Kinh|Phật giáo||01/01/2010|01/01/2011|||Trung học cơ sở|Sơ cấp|||Nghỉ hưu, nghỉ công tác|Có||Có|Có")),
        Whole("two versions from one day", file => file
                .Add(Members, "1|01/01/2018|Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||", "1|01/01/2018|Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Trung học cơ sở||||Khác||||"),
            "duplicate_key|Đảng viên|6|Mã đảng viên|1"),
        Whole("two versions without a day", file => file.Add(Members, "1||Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Trung học cơ sở||||Khác||||"), "duplicate_key|Đảng viên|5|Mã đảng viên|1"),
        Whole("overlapping versions of a village", file => file.Add(Villages, "V1|Bản Một|Bản|SH.X|01/01/2017|"), "overlap|Bản|3|Từ ngày|01/01/2017"),
        Whole("a village in two communes one after the other", file => file.Set(Villages, 2, "to", "01/01/2017")
            .Add(Organisations, "SH.Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|SH|01/01/2000|").Add(Villages, "V1|Bản Một|Bản|SH.Y|01/01/2017|")),
        Whole("a village older than its commune", file => file.Set(Villages, 2, "from", "31/12/1999"), "wrong_parent|Bản|2|Thuộc|SH.X"),
        Whole("a village longer than its commune", file => file.Add(Organisations, "SH.Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã|SH|01/01/2000|01/01/2019").Add(Villages, "V2|Bản Hai|Bản|SH.Y|01/01/2000|"), "wrong_parent|Bản|3|Thuộc|SH.Y"),
        Whole("the first admission after the last", file => file.Set(Members, 2, "first_joined", "01/01/2010"), "date_order|Đảng viên|2|Ngày vào Đảng lần đầu|01/01/2010"),
        Whole("first official before the first admission", file => file.Set(Members, 2, "first_joined", "01/01/2005").Set(Members, 2, "first_official", "31/12/2004"),
            "date_order|Đảng viên|2|Ngày chính thức lần đầu|31/12/2004"),
        Whole("first official without the first admission", file => file.Set(Members, 2, "first_official", "01/01/2005"), "required|Đảng viên|2|Ngày vào Đảng lần đầu|"),
        Whole("under 18 at the first admission", file => file.Set(Members, 2, "first_joined", "01/01/1997"), "under_age|Đảng viên|2|Ngày vào Đảng lần đầu|01/01/1997"),
        Whole("a province under a district", file => file.Add(Organisations, "T|Đảng bộ tỉnh|Đảng bộ tỉnh|Khác|SH|01/01/2000|"), "wrong_parent|Tổ chức|6|Trực thuộc|SH"),
        Whole("a district under a province", file => file.Add(Organisations, "T|Đảng bộ tỉnh|Đảng bộ tỉnh|Khác||01/01/2000|").Set(Organisations, 2, "parent", "T")),
        Whole("a branch as a root", file => file.Add(Organisations, "C|Chi bộ C|Chi bộ cơ sở|Xã||01/01/2000|", "B|Chi bộ B|Chi bộ|Bản||01/01/2000|"), "required|Tổ chức|6|Trực thuộc|", "required|Tổ chức|7|Trực thuộc|"),
        Whole("a second root", file => file.Add(Organisations, "Y|Đảng bộ xã Y|Đảng bộ cơ sở|Xã||01/01/2000|")),
        Whole("a village's own branch below a district", file => file.Add(Organisations, "SH.C|Chi bộ bản|Chi bộ cơ sở|Bản|SH|01/01/2000|"), "bad_value|Tổ chức|6|Loại hình|Bản"),
        Whole("a village's own branch below a commune", file => file.Add(Organisations, "P|Đảng bộ xã P|Đảng bộ cấp xã|Xã|SH|01/01/2000|", "P.C|Chi bộ bản|Chi bộ cơ sở|Bản|P|01/01/2000|")),
        Whole("a village's own branch below what was a commune", file => file
                .Add(Organisations, "P|Đảng bộ xã P|Đảng bộ cấp xã|Xã|SH|01/01/2000|01/01/2019", "P|Đảng bộ huyện P|Đảng bộ huyện|Khác||01/01/2019|", "P.C|Chi bộ bản|Chi bộ cơ sở|Bản|P|01/01/2000|"),
            "bad_value|Tổ chức|8|Loại hình|Bản"),
        Whole("a group of two forms", file => file.Add(Restructurings, "9-QĐ|01/01/2018|Chia tách|A|SH.B1|Trước", "9-QĐ|01/01/2018|Đổi tên|A|SH.B1|Sau"), "restructuring_roles|Sắp xếp|5|Hình thức|Đổi tên"),
        Whole("two groups of one decision", file => file.Add(Restructurings,
            "9-QĐ|01/01/2018|Đổi tên|A|SH.B1|Trước", "9-QĐ|01/01/2018|Đổi tên|A|SH.B1|Sau", "9-QĐ|01/01/2018|Kiện toàn|B|SH.X|Trước", "9-QĐ|01/01/2018|Kiện toàn|B|SH.X|Sau",
            "9-QĐ|01/01/2018|Đổi tên||V1|Trước", "9-QĐ|01/01/2018|Đổi tên||V1|Sau")),
        Whole("a group that lacks what became of it", file => file.Add(Restructurings,
            "9-QĐ|01/01/2018|Đổi tên|A|SH.B1|Trước", "9-QĐ|01/01/2018|Đổi tên|A|SH.B1|Sau", "9-QĐ|01/01/2018|Kiện toàn|B|SH.X|Trước"), "restructuring_roles|Sắp xếp|6|Vai trò|Trước"),
        Whole("a group of organisations and villages", file => file.Add(Restructurings, "9-QĐ|01/01/2018|Sáp nhập|A|SH.B2|Trước", "9-QĐ|01/01/2018|Sáp nhập|A|V1|Sau"), "restructuring_roles|Sắp xếp|4|Mã chi bộ|"),
        Whole("a restructured unit that nobody knows", file => file.Add(Restructurings, "9-QĐ|01/01/2018|Giải thể||SH.B9|Trước"), "unknown_reference|Sắp xếp|4|Mã chi bộ|SH.B9"),
    ];

    /// <summary>Faults of a few rows against <see cref="RegisterFile.Sound"/> already stored.</summary>
    public static TheoryData<Fault> AgainstTheRegister =>
    [
        Part("removed but used", file => file.Remove(Members, "1"),
            "unknown_reference|Đảng viên|2|Mã đảng viên|1", "unknown_reference|Đảng viên|2|Mã đảng viên|1", "unknown_reference|Đảng viên|2|Mã đảng viên|1"),
        Part("a village removed but used", file => file.Remove(Villages, "V1||||01/01/2000").Remove(Services, "SH.B1|V1|01/01/2000").Remove(Posts, "1|Trưởng bản|V1|01/01/2015"),
            "unknown_reference|Bản|2|Mã bản|V1"),
        Part("an organisation removed but used", file => file.Remove(Organisations, "SH|||||01/01/2000"), "unknown_reference|Tổ chức|2|Mã tổ chức|SH"),
        Part("removed and used in one file", file => file.Remove(Villages, "V1||||01/01/2000").Remove(Services, "SH.B1|V1|01/01/2000").Remove(Posts, "1|Trưởng bản|V1|01/01/2015")
            .Add(Members, "1||Lò A|Nam|1980|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||"), "unknown_reference|Đảng viên|2|Mã bản cư trú|V1"),
        Part("overlap with a stored membership", file => file.Add(Memberships, "1|SH.B2|01/01/2016||Chuyển nội bộ||"), "overlap|Sinh hoạt|2|Từ ngày|01/01/2016"),
        Part("a stored membership comes later", file => file.Add(Memberships, "1|SH.B2|01/01/2014|02/01/2015|Đầu kỳ|Chuyển nội bộ|"), "overlap|Sinh hoạt|2|Từ ngày|01/01/2014"),
        Part("overlap with a stored version", file => file.Add(Organisations, "SH.B2|Chi bộ|Chi bộ trực thuộc|Bản|SH.X|01/01/2019|"), "overlap|Tổ chức|2|Từ ngày|01/01/2019"),
        Part("the row that would make room is faulty", file => file.Add(Memberships, "1|SH.B1|01/01/2015|32/01/2016|Đầu kỳ|Chuyển nội bộ|", "1|SH.B2|01/01/2016||Chuyển nội bộ||"),
            "bad_value|Sinh hoạt|2|Thôi từ ngày|32/01/2016"),
        Part("a stored child loses its parent's days", file => file.Add(Organisations, "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|01/01/2000|01/01/2019"),
            "wrong_parent|Tổ chức|2|Thôi từ ngày|01/01/2019"),
        Part("a stored child loses its parent's level", file => file.Add(Organisations, "SH.X|Chi bộ xã|Chi bộ cơ sở|Xã|SH|01/01/2000|"),
            "wrong_parent|Tổ chức|2|Cấp|Chi bộ cơ sở", "wrong_parent|Tổ chức|2|Loại hình|Xã"),
        Part("a stored village loses its commune", file => file.Add(Organisations, "SH.X|Đảng bộ|Đảng bộ cơ sở|Quân đội|SH|01/01/2000|"), "wrong_parent|Tổ chức|2|Loại hình|Quân đội"),
        Part("a stored branch ends", file => file.Add(Organisations, "SH.B1|Chi bộ bản 1|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|01/01/2019"),
            "outside_branch_life|Tổ chức|2|Thôi từ ngày|01/01/2019"),
        Part("a faulty row would have moved the member", file => file
                .Add(Organisations, "SH.B2|Chi bộ bản 2|Chi bộ trực thuộc|Bản|SH.X|01/01/2000|01/06/2017")
                .Remove(Assignments, "1|SH.B2||01/01/2016")
                .Add(Memberships, "3|SH.B2|01/01/2015|01/06/2017|Đầu kỳ|Đi xa|"),
            "bad_value|Sinh hoạt|2|Lý do thôi|Đi xa"),
        Part("a stored branch is no longer one", file => file.Add(Organisations, "SH.B2|Đảng bộ bản 2|Đảng bộ bộ phận|Khác|SH.X|01/01/2000|"), "not_a_branch|Tổ chức|2|Cấp|Đảng bộ bộ phận"),
        Part("a membership before the stored branch", file => file.Add(Assignments, "3|SH.B1|Đảng ủy viên|01/01/1999|"), "outside_branch_life|Phân công|2|Từ ngày|01/01/1999"),
        Part("an admission without its membership", file => file.Remove(Memberships, "2|SH.B1|19/05/2016"), "admission_mismatch|Sinh hoạt|2|Mã đảng viên|2"),
        Part("a membership without its admission", file => file.Remove(Admissions, "2|19/05/2016"), "admission_mismatch|Kết nạp|2|Mã đảng viên|2"),
        Part("a member's dates against a stored admission", file => file.Add(Members, "2||Vàng B|Nữ|15/03/1990|Mông|||19/05/2016||||Tiểu học||||Khác||||"), "admission_mismatch|Đảng viên|2|Ngày chính thức|"),
        Part("an admission against the stored member", file => file.Add(Admissions, "2|19/05/2016|45-QĐ|05/05/2016||SH.B1||Có|Khác|Tiểu học||"), "admission_mismatch|Kết nạp|2|Mã đảng viên|2"),
        Part("younger than the stored admission allows", file => file.Add(Members, "2||Vàng B|Nữ|2000|Mông|||19/05/2016|19/05/2017|||Tiểu học||||Khác||||"), "under_age|Đảng viên|2|Ngày sinh|2000"),
        Part("half of a stored decision removed", file => file.Remove(Restructurings, "12-QĐ||||SH.B2|Trước"), "restructuring_roles|Sắp xếp|2|Vai trò|Sau"),
        Part("another date for a stored decision", file => file.Add(Restructurings, "12-QĐ|02/01/2018|Sáp nhập||SH.B1|Sau"), "restructuring_roles|Sắp xếp|2|Ngày hiệu lực|02/01/2018"),
        Part("a version that differs from the stored one", file => file.Add(Members, "1|01/01/2018|Lò A|Nam|1981|Thái||V1|01/01/2010|01/01/2011|||Tiểu học||||Khác||||"), "version_differs|Đảng viên|2|Ngày sinh|1981"),
        Part("overlap with a stored village", file => file.Add(Villages, "V1|Bản Một|Bản|SH.X|01/01/2017|"), "overlap|Bản|2|Từ ngày|01/01/2017"),
        Part("a new version of a village without the end of the old", file => file.Add(Villages, "V1|Bản Một|Bản|SH.X|01/01/2017|").Caption(Villages, "to", null), "overlap|Bản|2|Từ ngày|01/01/2017"),
        Part("the only version of who is in use removed", file => file.Remove(Members, "3").Remove(Memberships, "3|SH.B2|01/01/2015"), "unknown_reference|Đảng viên|2|Mã đảng viên|3"),
        Part("a new village without its days", file => file.Add(Villages, "V2|Bản Hai|Bản|SH.X||").Caption(Villages, "from", null), "missing_column|Bản|1|Từ ngày|"),
        Part("a stored decision gets another form", file => file.Add(Restructurings, "12-QĐ|01/01/2018|Chia tách||SH.B1|Trước"), "restructuring_roles|Sắp xếp|2|Hình thức|Chia tách"),
        Part("a stored village's commune begins later", file => file.Add(Organisations, "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|01/01/2000|01/01/2019", "SH.X|Đảng bộ xã|Đảng bộ cơ sở|Cơ quan Nhà nước|SH|01/01/2019|"),
            "wrong_parent|Tổ chức|3|Loại hình|Cơ quan Nhà nước"),
    ];

    public static TheoryData<Fault> ThatOnlyWarn =>
    [
        Whole("over 60", file => file.Set(Members, 3, "born", "18/05/1955"), "over_age|Kết nạp|2|Ngày kết nạp|19/05/2016"),
        Whole("60 is not over 60", file => file.Set(Members, 3, "born", "20/05/1955")),
        Whole("probation too long", file => file.Set(Members, 3, "official", null).Set(Admissions, 2, "official", null), "late_official|Kết nạp|2|Ngày chính thức|"),
        Whole("probation just in time", file => file.Set(Members, 3, "official", null).Set(Admissions, 2, "official", null)
            .Set(Members, 3, "joined", "02/12/2016").Set(Admissions, 2, "date", "02/12/2016").Set(Memberships, 3, "from", "02/12/2016")),
        Whole("founded by too few", file => file.Add(Restructurings, "1-QĐ|31/12/2017|Thành lập||SH.B1|Sau"), "small_founding|Sắp xếp|4|Mã chi bộ|SH.B1"),
        Whole("founded by three", file => file.Add(Restructurings, "1-QĐ|01/01/2018|Thành lập||SH.B1|Sau")),
        Whole("back too soon", file => file.Set(Admissions, 2, "readmission", "Có").Add(Memberships, "2|SH.B1|01/01/2010|20/05/2013|Đầu kỳ|Xóa tên|"), "first_admission_unknown|Đảng viên|3|Ngày vào Đảng lần đầu|", "readmission_gap|Kết nạp|2|Ngày kết nạp|19/05/2016"),
        Whole("back after 36 months", file => file.Set(Admissions, 2, "readmission", "Có").Add(Memberships, "2|SH.B1|01/01/2010|19/05/2013|Đầu kỳ|Xóa tên|"), "first_admission_unknown|Đảng viên|3|Ngày vào Đảng lần đầu|"),
        Whole("an unknown sheet", file => file.Stranger("Sheet1", "a"), "unknown_sheet|Sheet1|||"),
        Whole("an unknown column", file => file.Caption(Members, "religion", "Tín ngưỡng"), "unknown_column|Đảng viên|1|Tín ngưỡng|Tín ngưỡng"),
        Whole("one person twice", file => file.Add(Members, "4||VANG  b|Nữ|15/03/1990|Mông|||01/01/2012||||Tiểu học||||Khác||||"),
            "possible_duplicate|Đảng viên|3|Họ và tên|Vàng B", "possible_duplicate|Đảng viên|5|Họ và tên|VANG b"),
        Whole("versions of one person are no two people", file => file.Add(Members, "1|01/01/2018|Lò Văn A|Nam|1980|Kinh|||01/01/2010|01/01/2011|||Trung học cơ sở||||Nghỉ hưu, nghỉ công tác||||", "2|01/01/2018|Vàng B|Nữ|15/03/1990|Mông|||19/05/2016|19/05/2017|||Tiểu học||||Học sinh||||")),
        Whole("on the roll before the admission", file => file.Set(Members, 2, "joined", "02/01/2015").Set(Members, 2, "official", "02/01/2016"), "first_admission_unknown|Đảng viên|2|Ngày vào Đảng lần đầu|"),
        Whole("on the roll from the admission on", file => file.Set(Members, 2, "joined", "01/01/2015").Set(Members, 2, "official", "01/01/2016")),
        Whole("the first admission written down", file => file.Set(Members, 2, "joined", "02/01/2015").Set(Members, 2, "official", "02/01/2016").Set(Members, 2, "first_joined", "01/01/2005").Set(Members, 2, "first_official", "01/01/2006")),
    ];

    /// <summary>Parts of a register that are odd beside what is stored.</summary>
    public static TheoryData<Fault> ThatOnlyWarnAgainstTheRegister =>
    [
        Part("a post taken up after leaving", file => file.Add(Memberships, "1|SH.B1|01/01/2015|01/05/2017|Đầu kỳ|Khai trừ|")
            .Add(Posts, "1|Trưởng bản|V1|01/01/2015|01/05/2017", "1|Bí thư chi bộ|SH.B1|01/01/2015|01/05/2017", "1|Đảng ủy viên|SH.X|01/06/2017|")
            .Add(Assignments, "1|SH.B2|Đảng ủy viên|01/01/2016|01/05/2017"), "open_after_end|Chức vụ|4|Thôi từ ngày|"),
        Part("another name and birth", file => file.Add(Members, "3||Lý D|Nam|1974|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác||||"), "another_person|Đảng viên|2|Mã đảng viên|3"),
        Part("one name in capitals, another birth", file => file.Add(Members, "3||SÙNG C|Nam|1974|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác||||")),
        Part("a birth year too early by a century", file => file.Add(Members, "3||Sùng C|Nam|03/1905|Mông|||01/01/2005|01/01/2006|||Tiểu học||||Khác||||"), "improbable_age|Đảng viên|2|Ngày sinh|03/1905"),
    ];

    [Theory]
    [MemberData(nameof(ThatOnlyWarnAgainstTheRegister))]
    public async Task What_is_only_odd_beside_the_register_goes_through(Fault fault)
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        var outcome = await register.AcceptAsync(fault.File().File);
        Assert.Equal(fault.Issues, outcome.Warnings.Select(TestRegister.Text));
    }

    [Fact]
    public async Task One_name_may_carry_its_tone_in_two_places()
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        Assert.True(await register.Database.CreateCommand("select same_name('Lò Văn Hòa', 'LÒ VĂN HOÀ') and not same_name('Hòa', 'Hóa') and not same_name('Hoa', 'Hòa')").ExecuteScalarAsync(TestContext.Current.CancellationToken) is true);
    }

    [Theory]
    [MemberData(nameof(OfAFile))]
    public async Task A_fault_of_a_file_is_named_once_and_changes_nothing(Fault fault)
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        await RefusesAsync(register, fault);
    }

    [Theory]
    [MemberData(nameof(AgainstTheRegister))]
    public async Task A_fault_against_the_register_is_named_once_and_changes_nothing(Fault fault)
    {
        await using var register = await TestRegister.SoundAsync(cluster);
        await RefusesAsync(register, fault);
    }

    [Theory]
    [MemberData(nameof(ThatOnlyWarn))]
    public async Task What_is_only_unusual_goes_through(Fault fault)
    {
        await using var register = await TestRegister.EmptyAsync(cluster);
        var outcome = await register.AcceptAsync(fault.File().File);
        Assert.Equal(fault.Issues, outcome.Warnings.Select(TestRegister.Text));
        await register.DerivedTablesAreTrueAsync();
    }

    private static async Task RefusesAsync(TestRegister register, Fault fault)
    {
        var before = await register.DumpAsync();
        var outcome = await register.ImportAsync(fault.File().File, dryRun: fault.Issues.Length == 0);
        Assert.Equal(fault.Issues, outcome.Errors.Select(TestRegister.Text));
        Assert.Equal(fault.Issues.Length == 0, outcome.Accepted);
        Assert.All(outcome.Errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
        Assert.Equal(before, await register.DumpAsync());
        if (!outcome.Accepted)
            Assert.All(outcome.Sheets, sheet => Assert.Equal(new SheetOutcome(sheet.Sheet, 0, 0, 0, 0), sheet));
    }
}
