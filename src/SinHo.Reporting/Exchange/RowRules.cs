using FluentValidation;
using FluentValidation.Results;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The rules that one row can break by itself; what needs other rows or the register is checked in SQL. One validator per sheet, built once.
/// A rule is silent where a cell it needs is blank or could not be read: that has its own error.
/// </summary>
public abstract class RowRules : AbstractValidator<ParsedRow>
{
    private static readonly Dictionary<string, RowRules> ByTable = new RowRules[]
    {
        new TermRules(), new OrganisationRules(), new IntervalRules(ExchangeWorkbook.Villages), new IntervalRules(ExchangeWorkbook.Services),
        new MemberRules(), new AdmissionRules(), new MembershipRules(), new PostRules(), new RestructuringRules(),
        new RatingRules(ExchangeWorkbook.Ratings), new RatingRules(ExchangeWorkbook.MemberRatings), new MeetingRules(), new IntervalRules(ExchangeWorkbook.Assignments),
        new PlanRules(), new BadgeRules(), new IntervalRules(ExchangeWorkbook.Stays), new IntervalRules(ExchangeWorkbook.Sources),
    }.ToDictionary(rules => rules.Sheet.Table, StringComparer.Ordinal);

    protected RowRules(SheetDefinition sheet) => Sheet = sheet;

    protected SheetDefinition Sheet { get; }

    /// <summary>The rules of a sheet; null where a row of it cannot break any.</summary>
    public static RowRules? Of(SheetDefinition sheet) => ByTable.GetValueOrDefault(sheet.Table);

    /// <summary>The rules that the row breaks, each at the column where the user should look.</summary>
    public IReadOnlyList<ImportIssue> Broken(ParsedRow row)
    {
        var failures = Validate(row).Errors;
        return failures.Count == 0 ? [] : failures.ConvertAll(failure => ToIssue(row, failure));
    }

    /// <param name="code">Error code when the rule is broken.</param>
    /// <param name="column">Key of the column where the user should look.</param>
    /// <param name="isBroken">True where the row breaks the rule.</param>
    /// <param name="message">What is wrong and what is expected.</param>
    protected void Rule(string code, string column, Func<ParsedRow, bool> isBroken, Func<ParsedRow, string> message) =>
        RuleFor(row => row)
            .Must(row => !isBroken(row))
            .OverridePropertyName(column)
            .WithErrorCode(code)
            .WithMessage(message);

    /// <summary>`Thôi từ ngày` is the first day that no longer counts, so it lies after `Từ ngày`.</summary>
    protected void IntervalIsNotEmpty()
    {
        var (from, to) = (Sheet.IndexOf("from"), Sheet.IndexOf("to"));
        Rule(IssueCode.EmptyInterval, "to", row => row.Day(to) <= row.Day(from), row =>
            $"Thôi từ ngày {row.Show(to)} phải sau Từ ngày {row.Show(from)}: đó là ngày đầu tiên không còn hiệu lực.");
    }

    private ImportIssue ToIssue(ParsedRow row, ValidationFailure failure)
    {
        var index = Sheet.IndexOf(failure.PropertyName);
        return new ImportIssue(failure.ErrorCode, Sheet.Name, row.Number, Sheet.Columns[index].Caption, row.Show(index), failure.ErrorMessage);
    }

    private sealed class IntervalRules : RowRules
    {
        public IntervalRules(SheetDefinition sheet) : base(sheet) => IntervalIsNotEmpty();
    }

    private sealed class TermRules : RowRules
    {
        public TermRules() : base(ExchangeWorkbook.Terms)
        {
            var (from, until) = (Sheet.IndexOf("from"), Sheet.IndexOf("until"));
            Rule(IssueCode.EmptyInterval, "until", row => row.Day(until) < row.Day(from), row =>
                $"Đến ngày {row.Show(until)} không được trước Từ ngày {row.Show(from)}.");
        }
    }

    private sealed class OrganisationRules : RowRules
    {
        public OrganisationRules() : base(ExchangeWorkbook.Organisations)
        {
            var (level, type, parent) = (Sheet.IndexOf("level"), Sheet.IndexOf("type"), Sheet.IndexOf("parent"));
            IntervalIsNotEmpty();
            Rule(IssueCode.BadValue, "type",
                row => Level(row) is { } l && row.Text(type) is { } t && !Levels.TypesOf(l).Contains(t, StringComparer.Ordinal),
                row => $"Loại hình “{row.Text(type)}” không dùng cho {row.Text(level)}; được nhận: {string.Join("; ", Levels.TypesOf(Level(row)!))}.");
            Rule(IssueCode.Required, "parent",
                row => Level(row) is { Root: false } && row.IsBlank(parent),
                row => $"{row.Text(level)} phải có mã tổ chức cấp trên ở cột Trực thuộc; chỉ {string.Join(", ", Levels.All.Where(one => one.Root).Select(one => one.Name))} được để trống.");
            Rule(IssueCode.WrongParent, "parent",
                row => Level(row) is { } l && l.Under.Count == 0 && row.Text(parent) is not null,
                row => $"{row.Text(level)} là cấp cao nhất nên cột Trực thuộc phải để trống, không điền “{row.Text(parent)}”.");

            Level? Level(ParsedRow row) => row.Text(level) is { } name ? Levels.Of(name) : null;
        }
    }

    private sealed class MemberRules : RowRules
    {
        public MemberRules() : base(ExchangeWorkbook.Members)
        {
            var (born, joined, official) = (Sheet.IndexOf("born"), Sheet.IndexOf("joined"), Sheet.IndexOf("official"));
            Rule(IssueCode.DateOrder, "official", row => row.Day(official) < row.Day(joined), row =>
                $"Ngày chính thức {row.Show(official)} không được trước Ngày vào Đảng {row.Show(joined)}.");
            Rule(IssueCode.DateOrder, "born", row => row.Day(born) > row.Day(joined), row =>
                $"Ngày sinh {row.Show(born)} không được sau Ngày vào Đảng {row.Show(joined)}.");
            var (first, firstOfficial) = (Sheet.IndexOf("first_joined"), Sheet.IndexOf("first_official"));
            Rule(IssueCode.DateOrder, "first_joined", row => row.Day(first) >= row.Day(joined), row =>
                $"Ngày vào Đảng lần đầu {row.Show(first)} phải trước Ngày vào Đảng (lần cuối) {row.Show(joined)}; người chỉ được kết nạp một lần thì để trống.");
            Rule(IssueCode.DateOrder, "first_joined", row => row.Day(born) > row.Day(first), row =>
                $"Ngày vào Đảng lần đầu {row.Show(first)} không được trước Ngày sinh {row.Show(born)}.");
            Rule(IssueCode.DateOrder, "first_official", row => row.Day(firstOfficial) < row.Day(first), row =>
                $"Ngày chính thức lần đầu {row.Show(firstOfficial)} không được trước Ngày vào Đảng lần đầu {row.Show(first)}.");
            Rule(IssueCode.Required, "first_joined", row => row.Day(firstOfficial) is not null && row.IsBlank(first), row =>
                $"Có Ngày chính thức lần đầu {row.Show(firstOfficial)} thì phải có Ngày vào Đảng lần đầu.");
        }
    }

    private sealed class AdmissionRules : RowRules
    {
        public AdmissionRules() : base(ExchangeWorkbook.Admissions)
        {
            var (date, decided, official) = (Sheet.IndexOf("date"), Sheet.IndexOf("decided"), Sheet.IndexOf("official"));
            Rule(IssueCode.DateOrder, "decided", row => row.Day(decided) > row.Day(date), row =>
                $"Ngày quyết định {row.Show(decided)} không được sau Ngày kết nạp {row.Show(date)}.");
            Rule(IssueCode.DateOrder, "official", row => row.Day(official) < row.Day(date), row =>
                $"Ngày chính thức {row.Show(official)} không được trước Ngày kết nạp {row.Show(date)}.");
        }
    }

    private sealed class MembershipRules : RowRules
    {
        public MembershipRules() : base(ExchangeWorkbook.Memberships)
        {
            var (to, reason) = (Sheet.IndexOf("to"), Sheet.IndexOf("reason_out"));
            IntervalIsNotEmpty();
            Rule(IssueCode.MissingReason, "reason_out", row => row.Day(to) is not null && row.IsBlank(reason), row =>
                $"Đã thôi từ ngày {row.Show(to)} thì phải chọn Lý do thôi.");
            Rule(IssueCode.MissingReason, "to", row => row.Text(reason) is not null && row.IsBlank(to), row =>
                $"Có Lý do thôi “{row.Text(reason)}” thì phải có Thôi từ ngày; nếu còn sinh hoạt thì xóa lý do.");
        }
    }

    private sealed class RestructuringRules : RowRules
    {
        public RestructuringRules() : base(ExchangeWorkbook.Restructurings)
        {
            var (form, role) = (Sheet.IndexOf("form"), Sheet.IndexOf("role"));
            Rule(IssueCode.RestructuringRoles, "role", row => row.Text(form) == "Thành lập" && row.Text(role) == "Trước", _ =>
                "Thành lập chỉ có vai trò Sau: trước khi thành lập chưa có đơn vị nào.");
            Rule(IssueCode.RestructuringRoles, "role", row => row.Text(form) == "Giải thể" && row.Text(role) == "Sau", _ =>
                "Giải thể chỉ có vai trò Trước: sau khi giải thể không còn đơn vị nào.");
        }
    }

    private sealed class RatingRules : RowRules
    {
        public RatingRules(SheetDefinition sheet) : base(sheet)
        {
            var year = Sheet.IndexOf("year");
            Rule(IssueCode.BadValue, "year", row => row.Count(year) is < ColumnReader.FirstYear or > ColumnReader.LastYear, row =>
                $"“{row.Show(year)}” không phải một năm từ {ColumnReader.FirstYear} đến {ColumnReader.LastYear}.");
        }
    }

    private sealed class MeetingRules : RowRules
    {
        public MeetingRules() : base(ExchangeWorkbook.Meetings)
        {
            var (due, present) = (Sheet.IndexOf("due"), Sheet.IndexOf("present"));
            Rule(IssueCode.BadValue, "present", row => row.Count(present) > row.Count(due), row =>
                $"Số người có mặt ({row.Show(present)}) không được nhiều hơn số người phải dự ({row.Show(due)}).");
        }
    }

    private sealed class PostRules : RowRules
    {
        public PostRules() : base(ExchangeWorkbook.Posts)
        {
            var (member, post, outsider) = (Sheet.IndexOf("member"), Sheet.IndexOf("post"), Sheet.IndexOf("outsider"));
            IntervalIsNotEmpty();
            Rule(IssueCode.Required, "member", row => row.IsBlank(member) && row.IsBlank(outsider), _ =>
                "Cần Mã đảng viên của người giữ chức; trưởng bản, người có uy tín chưa là đảng viên thì ghi họ tên ở cột Người ngoài Đảng.");
            Rule(IssueCode.BadValue, "outsider", row => row.Text(member) is not null && row.Text(outsider) is not null, row =>
                $"Đã có Mã đảng viên {row.Text(member)} thì để trống Người ngoài Đảng: một dòng là của một người.");
            Rule(IssueCode.BadValue, "outsider", row => row.Text(outsider) is not null && row.Text(post) is { } held && !Vocabulary.VillagePosts.Contains(held, StringComparer.Ordinal), row =>
                $"Người ngoài Đảng chỉ giữ chức {string.Join(" hoặc ", Vocabulary.VillagePosts)}, không phải {row.Text(post)}.");
        }
    }

    private sealed class PlanRules : RowRules
    {
        public PlanRules() : base(ExchangeWorkbook.Plans) =>
            Rule(IssueCode.BadValue, "number", row => row.Count(Sheet.IndexOf("number")) is 0, _ => "Chỉ tiêu phải lớn hơn 0; không có chỉ tiêu thì bỏ dòng này.");
    }

    private sealed class BadgeRules : RowRules
    {
        public BadgeRules() : base(ExchangeWorkbook.Badges)
        {
            var years = Sheet.IndexOf("years");
            Rule(IssueCode.BadValue, "years", row => row.Count(years) is { } given && !BadgeYears.All.Contains(given), row =>
                $"Không có Huy hiệu {row.Show(years)} năm tuổi Đảng; các loại: {string.Join(", ", BadgeYears.All)}.");
        }
    }
}
