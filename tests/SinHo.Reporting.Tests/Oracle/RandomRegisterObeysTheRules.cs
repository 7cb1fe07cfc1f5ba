using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using Xunit;

namespace SinHo.Reporting.Tests;

/// <summary>A random register must be accepted by the import, or the comparison of the two calculations proves nothing.</summary>
public sealed class RandomRegisterObeysTheRules
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Organisations_never_overlap_and_stand_under_fitting_parents(int seed)
    {
        var register = Create(seed);
        foreach (var life in register.Organisations.GroupBy(version => version.Code))
            AssertInOrder([.. life]);
        foreach (var life in register.Villages.GroupBy(version => version.Code))
            AssertInOrder([.. life]);
        Assert.All(register.Villages, village => Assert.All(DaysOf(village), day => Assert.True(register.OrgOn(village.Commune, day)?.IsCommuneCommittee)));
        foreach (var child in register.Organisations)
            Assert.All(DaysOf(child), day => Assert.True(StandsWell(child, child.Parent is null ? null : register.OrgOn(child.Parent, day)), $"{child} on {day}"));
    }

    private static bool StandsWell(OrgVersion child, OrgVersion? parent) => child.Level switch
    {
        "Đảng bộ tỉnh" => child.Parent is null,
        "Đảng bộ huyện" => child.Parent is null || parent?.Level == "Đảng bộ tỉnh",
        "Đảng bộ cấp xã" => child.Parent is null || parent?.Level is "Đảng bộ tỉnh" or "Đảng bộ huyện",
        "Chi bộ cơ sở" => parent is { IsSuperior: true } && (parent.Level == "Đảng bộ cấp xã" || Vocabulary.GrassrootsType.Values.Contains(child.Type)),
        "Đảng bộ cơ sở" => parent is { IsSuperior: true },
        "Đảng bộ bộ phận" or "Đảng bộ trực thuộc" => parent is { IsGrassrootsCommittee: true },
        _ => parent is { IsGrassrootsCommittee: true } or { IsSubCommittee: true },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Everything_at_a_branch_lies_in_its_life(int seed)
    {
        var register = Create(seed);
        IEnumerable<(string Branch, Lasting Days)> lasting =
        [
            .. register.Memberships.Select(m => (m.Branch, (Lasting)m)),
            .. register.Services.Select(s => (s.Branch, (Lasting)s)),
            .. register.Assignments.Select(a => (a.Branch, (Lasting)a)),
        ];
        Assert.All(lasting, row => Assert.All(DaysOf(row.Days), day => Assert.True(register.OrgOn(row.Branch, day)?.IsBranch)));
        Assert.All(register.Meetings, meeting => Assert.True(register.OrgOn(meeting.Branch, meeting.Date)?.IsBranch));
        foreach (var stays in register.Memberships.GroupBy(membership => membership.Member))
            AssertInOrder([.. stays]);
        Assert.All(register.Memberships, m => Assert.Equal(m.To is null, m.ReasonOut is null));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Admissions_and_memberships_match(int seed)
    {
        var register = Create(seed);
        Assert.Equal(
            register.Memberships.Where(m => m.ReasonIn is "Kết nạp" or "Kết nạp lại").Select(m => (m.Member, m.Branch, m.From)).Order(),
            register.Admissions.Select(a => (a.Member, a.Branch, a.Date)).Order());
        foreach (var admission in register.Admissions)
        {
            Assert.True(admission.Decided <= admission.Date && (admission.Official is null || admission.Official >= admission.Date));
            Assert.True(register.Person(admission.Member).Born.AddYears(18) <= admission.Date);
        }

        foreach (var member in register.Members)
        {
            Assert.True(member.Born <= member.Joined && (member.Official is null || member.Official >= member.Joined));
            var last = register.Admissions.Where(admission => admission.Member == member.Code).MaxBy(admission => admission.Date);
            if (last is not null)
                Assert.Equal((last.Date, last.Official), (member.Joined, member.Official));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decisions_have_one_date_one_form_and_fitting_roles(int seed)
    {
        foreach (var decision in Create(seed).Restructurings.GroupBy(row => (row.Decision, row.Group)))
        {
            var (_, form) = Assert.Single(decision.Select(row => (row.Date, row.Form)).Distinct());
            Assert.Equal(form != "Thành lập", decision.Any(row => row.Role == "Trước"));
            Assert.Equal(form != "Giải thể", decision.Any(row => row.Role == "Sau"));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_are_typed_and_complete_and_their_keys_unique(int seed)
    {
        var register = RandomRegister.Create(seed, 2);
        foreach (var (sheet, values) in register.Rows)
        {
            Assert.Equal(sheet.Columns.Count, values.Length);
            Assert.All(sheet.Columns.Zip(values), cell =>
                Assert.True(Fits(cell.First, cell.Second), $"{sheet.Name}, {cell.First.Caption}"));
        }

        var keys = register.Rows.Select(row =>
            string.Join('|', row.Sheet.Columns.Zip(row.Values).Where(c => c.First.InKey).Select(c => c.Second).Prepend(row.Sheet.Name)));
        Assert.Distinct(keys);
        Assert.Equal(ExchangeWorkbook.Sheets.Select(sheet => sheet.Name), register.Sheets().Select(sheet => sheet.Name));
    }

    private static RegisterModel Create(int seed) => RegisterModel.From(RandomRegister.Create(seed, 2).Rows);

    /// <summary>The first and last day of the row and one a week between them, so that a fault of a week or more is seen.</summary>
    private static IEnumerable<DateOnly> DaysOf(Lasting row)
    {
        var last = (row.To ?? Dice.End.AddYears(2)).AddDays(-1);
        for (var day = row.From; day < last; day = day.AddDays(7))
            yield return day;
        yield return last;
    }

    private static void AssertInOrder(Lasting[] rows)
    {
        Assert.All(rows, row => Assert.True(row.To is null || row.From < row.To));
        var ordered = rows.OrderBy(row => row.From).ToList();
        Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
    }

    private static bool Fits(ColumnDefinition column, object? value) => (column.Kind, value) switch
    {
        (_, null) => !column.Required,
        (ColumnKind.Vocabulary, string text) => column.Vocabulary!.Values.Contains(text),
        (ColumnKind.Date, DateOnly) or (ColumnKind.PartialDate, PartialDate) => true,
        (ColumnKind.Boolean, bool) or (ColumnKind.Number, int) => true,
        (ColumnKind.Code or ColumnKind.Text, string text) => text.Length > 0,
        _ => false,
    };
}
