using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class RowRulesTests
{
    /// <summary>A sound row of each sheet, by key; a test changes the cells it is about.</summary>
    private static readonly Dictionary<SheetDefinition, string> Sound = new()
    {
        [ExchangeWorkbook.Terms] = "2015-2020|01/07/2015|30/06/2020",
        [ExchangeWorkbook.Organisations] = "SH.X03|Đảng bộ xã|Đảng bộ cơ sở|Xã|SH|01/01/2010|",
        [ExchangeWorkbook.Villages] = "V1|Bản|Bản|SH.X03|01/01/2010|",
        [ExchangeWorkbook.Services] = "SH.B1|V1|01/01/2010|",
        [ExchangeWorkbook.Members] = "1||Lò A|Nam|1980|Thái|||01/01/2010|01/01/2011|||Tiểu học||||Khác||||",
        [ExchangeWorkbook.Admissions] = "1|01/01/2010|QĐ|01/01/2010|01/01/2011|SH.B1||Có|Khác|Tiểu học||",
        [ExchangeWorkbook.Memberships] = "1|SH.B1|01/01/2010|01/01/2012|Kết nạp|Từ trần|",
        [ExchangeWorkbook.Posts] = "1|Trưởng bản|V1|01/01/2010|",
        [ExchangeWorkbook.Restructurings] = "QĐ|01/01/2019|Thành lập||SH.B1|Sau",
        [ExchangeWorkbook.Ratings] = "2019|SH|Hoàn thành nhiệm vụ",
        [ExchangeWorkbook.Meetings] = "SH.B1|05/03/2019|Thường kỳ|9|9",
        [ExchangeWorkbook.Assignments] = "1|SH.B1|Đảng ủy viên|01/01/2010|",
        [ExchangeWorkbook.Inspections] = "VB|SH|12/04/2019|Giám sát||",
        [ExchangeWorkbook.Plans] = "SH|2020|Kết nạp đảng viên|8|",
        [ExchangeWorkbook.Badges] = "1|30|19/05/2020|20-QĐ||",
        [ExchangeWorkbook.Cards] = "1|Phát mới|07/11/2020|",
        [ExchangeWorkbook.Rewards] = "1|Giấy khen|Huyện ủy|03/02/2020|",
        [ExchangeWorkbook.Stays] = "1|Đi|Tỉnh Bắc Ninh|01/01/2020|||",
        [ExchangeWorkbook.MemberRatings] = "2019|1|Hoàn thành nhiệm vụ",
        [ExchangeWorkbook.Sources] = "NG001|Lò D|Nam|1998|Thái||SH.B1|01/01/2019|||||",
        [ExchangeWorkbook.Congresses] = "SH|12/03/2020||11/09/2025",
        [ExchangeWorkbook.FormerCodes] = "2|1|",
    };

    [Fact]
    public void Sound_rows_break_no_rule()
    {
        foreach (var sheet in ExchangeWorkbook.Sheets)
            Assert.Empty(Issues(sheet));
    }

    [Theory]
    [InlineData("Tổ chức")]
    [InlineData("Bản")]
    [InlineData("Chi bộ - bản")]
    [InlineData("Sinh hoạt")]
    [InlineData("Chức vụ")]
    [InlineData("Phân công")]
    public void An_interval_must_not_be_empty(string name)
    {
        var sheet = ExchangeWorkbook.Sheets.Single(sheet => sheet.Name == name);
        Breaks(sheet, IssueCode.EmptyInterval, "to", ("from", "01/01/2010"), ("to", "01/01/2010"));
        Breaks(sheet, IssueCode.EmptyInterval, "to", ("from", "01/01/2010"), ("to", "31/12/2009"));
        Assert.Empty(Issues(sheet, ("from", "01/01/2010"), ("to", "02/01/2010")));
    }

    [Fact]
    public void A_term_may_last_one_day_but_not_end_before_it_starts()
    {
        Breaks(ExchangeWorkbook.Terms, IssueCode.EmptyInterval, "until", ("until", "30/06/2015"));
        Assert.Empty(Issues(ExchangeWorkbook.Terms, ("until", "01/07/2015")));
    }

    [Theory]
    [InlineData("Chi bộ trực thuộc", "Xã", false)]
    [InlineData("Chi bộ trực thuộc", "Công an", true)]
    [InlineData("Chi bộ cơ sở", "Bản", true)]
    [InlineData("Đảng bộ cấp xã", "Khác", false)]
    [InlineData("Đảng bộ cấp xã", "Đặc khu", true)]
    [InlineData("Chi bộ cơ sở", "Công an", true)]
    [InlineData("Đảng bộ bộ phận", "Xã", false)]
    [InlineData("Đảng bộ bộ phận", "Khác", true)]
    public void The_type_fits_the_level(string level, string type, bool fits)
    {
        if (fits)
            Assert.Empty(Issues(ExchangeWorkbook.Organisations, ("level", level), ("type", type)));
        else
            Breaks(ExchangeWorkbook.Organisations, IssueCode.BadValue, "type", ("level", level), ("type", type));
    }

    [Fact]
    public void Only_what_may_be_a_root_has_no_parent_and_a_province_has_none()
    {
        Breaks(ExchangeWorkbook.Organisations, IssueCode.Required, "parent", ("level", "Chi bộ trực thuộc"), ("type", "Bản"), ("parent", ""));
        Breaks(ExchangeWorkbook.Organisations, IssueCode.WrongParent, "parent", ("level", "Đảng bộ tỉnh"), ("type", "Khác"));
        Assert.Empty(Issues(ExchangeWorkbook.Organisations, ("level", "Đảng bộ huyện"), ("type", "Khác"), ("parent", "")));
    }

    [Fact]
    public void Dates_of_a_member_are_in_order()
    {
        Breaks(ExchangeWorkbook.Members, IssueCode.DateOrder, "official", ("official", "31/12/2009"));
        Breaks(ExchangeWorkbook.Members, IssueCode.DateOrder, "born", ("born", "02/2010"));
        Assert.Empty(Issues(ExchangeWorkbook.Members, ("official", "")));
    }

    [Fact]
    public void Dates_of_an_admission_are_in_order()
    {
        Breaks(ExchangeWorkbook.Admissions, IssueCode.DateOrder, "decided", ("decided", "02/01/2010"));
        Breaks(ExchangeWorkbook.Admissions, IssueCode.DateOrder, "official", ("official", "31/12/2009"));
    }

    [Fact]
    public void The_end_of_a_membership_has_a_reason_and_a_reason_has_an_end()
    {
        Breaks(ExchangeWorkbook.Memberships, IssueCode.MissingReason, "reason_out", ("reason_out", ""));
        Breaks(ExchangeWorkbook.Memberships, IssueCode.MissingReason, "to", ("to", ""));
        Assert.Empty(Issues(ExchangeWorkbook.Memberships, ("to", ""), ("reason_out", "")));
    }

    [Fact]
    public void A_cell_that_could_not_be_read_breaks_no_second_rule()
    {
        Assert.Equal([IssueCode.BadValue], Issues(ExchangeWorkbook.Memberships, ("to", "31/02/2019")).Select(issue => issue.Code));
        Assert.Equal([IssueCode.BadValue], Issues(ExchangeWorkbook.Memberships, ("reason_out", "chết")).Select(issue => issue.Code));
        Assert.Equal([IssueCode.BadValue], Issues(ExchangeWorkbook.Organisations, ("parent", "sh")).Select(issue => issue.Code));
    }

    [Fact]
    public void Roles_fit_the_form_of_a_restructuring()
    {
        Breaks(ExchangeWorkbook.Restructurings, IssueCode.RestructuringRoles, "role", ("role", "Trước"));
        Breaks(ExchangeWorkbook.Restructurings, IssueCode.RestructuringRoles, "role", ("form", "Giải thể"));
        Assert.Empty(Issues(ExchangeWorkbook.Restructurings, ("form", "Sáp nhập")));
    }

    [Fact]
    public void Numbers_are_plausible()
    {
        Breaks(ExchangeWorkbook.Ratings, IssueCode.BadValue, "year", ("year", "219"));
        Breaks(ExchangeWorkbook.Meetings, IssueCode.BadValue, "present", ("present", "10"));
    }

    private static void Breaks(SheetDefinition sheet, string code, string column, params (string Key, string Cell)[] changes)
    {
        var issue = Assert.Single(Issues(sheet, changes));
        Assert.Equal((code, sheet.Name, 2, sheet.Column(column).Caption), (issue.Code, issue.Sheet, issue.Row, issue.Column));
        Assert.EndsWith(".", issue.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ImportIssue> Issues(SheetDefinition sheet, params (string Key, string Cell)[] changes)
    {
        object?[] cells = Sound[sheet].Split('|');
        foreach (var (key, cell) in changes)
            cells[sheet.IndexOf(key)] = cell;
        var source = new InMemorySource().With(sheet.Name, [.. sheet.Columns.Select(column => column.Caption)], cells);
        return SheetParser.Parse(source).Single().Rows.Single().Issues;
    }
}
