using SinHo.Reporting.Words;

namespace SinHo.Reporting.Exchange;

/// <summary>One thing that is wrong, or worth a look, in a workbook on its way in.</summary>
/// <param name="Code">One of <see cref="IssueCode"/>.</param>
/// <param name="Sheet">Name of the sheet: as defined where it is known, else as written.</param>
/// <param name="Row">Row number that Excel shows; 1 is the caption row; null when the whole sheet is meant.</param>
/// <param name="Column">Caption: as defined where it is known, else as written; null when no one column is meant.</param>
/// <param name="Value">The cell as the user sees it; null where blank or absent.</param>
/// <param name="Message">Vietnamese sentence that says what is wrong and what is expected.</param>
public sealed record ImportIssue(string Code, string Sheet, int? Row, string? Column, string? Value, string Message)
{
    public bool IsWarning => IssueCode.Warnings.Contains(Code);

    /// <summary>Ways out of which the reader is to choose one, where the issue knows them; for a form.</summary>
    public IReadOnlyList<IssueOffer> Offers { get; init; } = [];
}

/// <param name="Caption">What is done.</param>
/// <param name="Written">What that adds to a list of the event, as JSON.</param>
public sealed record IssueOffer(string Caption, string Written);

/// <summary>Codes of errors and warnings of an import. Source: docs/spec/exchange-workbook.md, Import.</summary>
public static class IssueCode
{
    public const string MissingColumn = "missing_column";
    public const string Required = "required";
    public const string BadValue = "bad_value";
    public const string UnknownReference = "unknown_reference";
    public const string DuplicateKey = "duplicate_key";
    public const string EmptyInterval = "empty_interval";
    public const string Overlap = "overlap";
    public const string WrongParent = "wrong_parent";
    public const string NotABranch = "not_a_branch";
    public const string OutsideBranchLife = "outside_branch_life";
    public const string MissingReason = "missing_reason";
    public const string AdmissionMismatch = "admission_mismatch";
    public const string VersionDiffers = "version_differs";
    public const string FirstAdmissionUnknown = "first_admission_unknown";
    public const string DateOrder = "date_order";
    public const string UnderAge = "under_age";
    public const string RestructuringRoles = "restructuring_roles";
    public const string ChangedSince = "changed_since";
    public const string AlreadyUndone = "already_undone";

    public const string UnknownField = "unknown_field";
    public const string AlreadyThere = "already_there";
    public const string AlreadyOfficial = "already_official";
    public const string VersionExists = "version_exists";
    public const string RevertsLater = "reverts_later";

    public const string NeedsApproval = "needs_approval";
    public const string OutsideScope = "outside_scope";
    public const string SignedPeriod = "signed_period";
    public const string LockedPeriod = "locked_period";
    public const string WrongUnit = "wrong_unit";
    public const string OlderRoll = "older_roll";
    public const string SameRoll = "same_roll";
    public const string StruckRow = "struck_row";

    public const string PeopleLeft = "people_left";
    public const string PlanCycle = "plan_cycle";

    public const string MisspeltColumn = "misspelt_column";
    public const string NoKnownSheet = "no_known_sheet";
    public const string FormulaWithoutValue = "formula_without_value";
    public const string TimeOfDay = "time_of_day";
    public const string MergedRows = "merged_rows";
    public const string AfterDeath = "after_death";

    public const string BadgeTooEarly = "badge_too_early";
    public const string RatingBeforeFounding = "rating_before_founding";
    public const string CardNumberTwice = "card_number_twice";
    public const string StayTooLong = "stay_too_long";
    public const string SourceIsMember = "source_is_member";

    public const string OverAge = "over_age";
    public const string LateOfficial = "late_official";
    public const string SmallFounding = "small_founding";
    public const string ReadmissionGap = "readmission_gap";
    public const string UnknownSheet = "unknown_sheet";
    public const string UnknownColumn = "unknown_column";
    public const string PossibleDuplicate = "possible_duplicate";

    public const string EarlyOfficial = "early_official";
    public const string ReadmissionFlag = "readmission_flag";
    public const string OpenAfterEnd = "open_after_end";
    public const string InFlight = "in_flight";
    public const string ArrivedFromNowhere = "arrived_from_nowhere";
    public const string FutureDate = "future_date";
    public const string ImprobableAge = "improbable_age";
    public const string DatesSwapped = "dates_swapped";
    public const string AnotherPerson = "another_person";
    public const string NearTwin = "near_twin";
    public const string NothingRemoved = "nothing_removed";
    public const string LegacyFont = "legacy_font";
    public const string ScientificCode = "scientific_code";
    public const string HiddenRows = "hidden_rows";

    /// <summary>Codes that do not stop an import.</summary>
    public static readonly IReadOnlySet<string> Warnings = new HashSet<string>(StringComparer.Ordinal)
    {
        OverAge, LateOfficial, SmallFounding, ReadmissionGap, UnknownSheet, UnknownColumn, PossibleDuplicate, EarlyOfficial, ReadmissionFlag,
        OpenAfterEnd, InFlight, ArrivedFromNowhere, FutureDate, ImprobableAge, DatesSwapped, AnotherPerson, NearTwin, NothingRemoved, SignedPeriod, LegacyFont,
        ScientificCode, HiddenRows, FirstAdmissionUnknown, RevertsLater, StruckRow,
    };

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        [MissingColumn] = "Thiếu cột bắt buộc",
        [Required] = "Thiếu giá trị bắt buộc",
        [BadValue] = "Giá trị không hợp lệ",
        [UnknownReference] = "Mã chưa có trong sổ và trong hệ thống",
        [DuplicateKey] = "Trùng khóa",
        [EmptyInterval] = "Khoảng thời gian rỗng",
        [Overlap] = "Khoảng thời gian chồng nhau",
        [WrongParent] = "Tổ chức cấp trên không phù hợp",
        [NotABranch] = "Không phải chi bộ",
        [OutsideBranchLife] = "Ngoài thời gian chi bộ tồn tại",
        [MissingReason] = "Thiếu lý do hoặc thiếu ngày thôi",
        [AdmissionMismatch] = "Kết nạp và sinh hoạt không khớp",
        [VersionDiffers] = "Các dòng của một người khác nhau ở điều không thể đổi",
        [FirstAdmissionUnknown] = "Chưa biết lần kết nạp đầu",
        [DateOrder] = "Thứ tự ngày không đúng",
        [UnderAge] = "Chưa đủ 18 tuổi",
        [RestructuringRoles] = "Vai trò không hợp với hình thức sắp xếp",
        [ChangedSince] = "Đã thay đổi sau lần nhập đó",
        [AlreadyUndone] = "Đã hoàn tác rồi",
        [UnknownField] = "Trường không nhận ra",
        [AlreadyThere] = "Đã có rồi",
        [AlreadyOfficial] = "Đã là đảng viên chính thức",
        [VersionExists] = "Đã có dòng từ ngày đó",
        [RevertsLater] = "Dòng sau còn giá trị cũ",
        [OutsideScope] = "Của đơn vị khác",
        [NeedsApproval] = "Cần ban tổ chức duyệt",
        [SignedPeriod] = "Thuộc kỳ đã ký báo cáo",
        [LockedPeriod] = "Thuộc kỳ đã khóa",
        [WrongUnit] = "Danh sách của đơn vị khác",
        [OlderRoll] = "Danh sách cũ hơn danh sách đã nhận",
        [SameRoll] = "Danh sách đã nhận rồi",
        [StruckRow] = "Người bị gạch khỏi danh sách",
        [PeopleLeft] = "Còn người, chưa rõ về đâu",
        [PlanCycle] = "Phương án thành vòng",
        [MisspeltColumn] = "Tên cột viết sai",
        [NoKnownSheet] = "Không có trang nào của sổ trao đổi",
        [FormulaWithoutValue] = "Công thức chưa có kết quả",
        [TimeOfDay] = "Ngày có cả giờ",
        [MergedRows] = "Ô gộp qua nhiều dòng",
        [AfterDeath] = "Còn hoạt động sau khi từ trần",
        [BadgeTooEarly] = "Huy hiệu trước tuổi Đảng",
        [RatingBeforeFounding] = "Xếp loại trước khi có tổ chức hoặc đảng viên",
        [CardNumberTwice] = "Một số thẻ của hai người",
        [StayTooLong] = "Sinh hoạt tạm thời quá hai năm",
        [SourceIsMember] = "Nguồn kết nạp đã là đảng viên",
        [OverAge] = "Trên 60 tuổi khi kết nạp",
        [LateOfficial] = "Dự bị quá hạn",
        [SmallFounding] = "Thành lập với ít hơn 3 đảng viên chính thức",
        [ReadmissionGap] = "Kết nạp lại khi chưa đủ 36 tháng",
        [UnknownSheet] = "Trang tính không nhận ra",
        [UnknownColumn] = "Cột không nhận ra",
        [PossibleDuplicate] = "Có thể trùng người",
        [EarlyOfficial] = "Dự bị chưa đủ 12 tháng",
        [ReadmissionFlag] = "Cột Kết nạp lại không khớp",
        [OpenAfterEnd] = "Chưa kết thúc dù đã thôi",
        [InFlight] = "Chuyển đi chưa thấy đến",
        [ArrivedFromNowhere] = "Chuyển đến không rõ từ đâu",
        [FutureDate] = "Ngày trong tương lai",
        [ImprobableAge] = "Trên 100 tuổi",
        [DatesSwapped] = "Có thể đảo ngày và tháng",
        [AnotherPerson] = "Mã của người khác",
        [NearTwin] = "Gần trùng với dòng đã có",
        [NothingRemoved] = "Không có gì để xóa",
        [LegacyFont] = "Tên gõ bằng phông chữ cũ",
        [ScientificCode] = "Mã có dạng số mũ",
        [HiddenRows] = "Dòng bị ẩn",
    };

    /// <summary>What a code means in a few Vietnamese words.</summary>
    public static string Meaning(string code) => Meanings[code];
}
