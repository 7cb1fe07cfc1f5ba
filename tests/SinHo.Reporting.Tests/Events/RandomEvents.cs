using System.Globalization;
using Dapper;
using SinHo.Reporting.Events;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Events;

/// <summary>Events at random that often enough fit a register.</summary>
internal static class RandomEvents
{
    public static IReadOnlyList<string> Kinds { get; } = ["admit", "recognise", "refuse", "arrive", "leave", "move", "change", "correct", "appoint", "dismiss", "assign", "release", "meet", "inspect", "serve", "unserve", "rate"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The event about somebody or some unit that fits often enough, on a day of the register's life.</summary>
    public static async Task<EventDraft> DraftAsync(TestRegister register, EventKind kind, int turn, Random dice)
    {
        var day = new DateOnly(2019, 1, 1).AddDays(dice.Next(3 * 365));
        await using var connection = await register.Database.OpenConnectionAsync(Cancel);
        async Task<string> OneAsync(string sql) =>
            await connection.ExecuteScalarAsync<string?>($"{sql} order by md5(1::text || @turn::text), 1 offset @skip limit 1", new { day, turn, skip = dice.Next(8) }) ?? "X";
        var member = kind.Name switch
        {
            "admit" or "arrive" when dice.Next(4) > 0 => $"{900_000 + turn}",
            "recognise" or "refuse" => await OneAsync("select code::text from member where official is null and joined < @day and exists (select from membership where member = code and valid_to is null)"),
            "dismiss" => await OneAsync("select member::text from post where valid_to is null and valid_from < @day"),
            "release" => await OneAsync("select member::text from assignment where valid_to is null and valid_from < @day"),
            _ => await OneAsync("select member::text from membership where valid_to is null and valid_from < @day"),
        };
        var branch = await OneAsync("select code::text from org_version where is_branch(level_role) and valid_from <= @day and still_holds(valid_to, @day)");
        var village = await OneAsync("select code::text from village where valid_from <= @day and valid_to is null");
        var draft = new EventDraft();
        if (kind.Field("members") is not null)
            draft.Members.Add(member);
        foreach (var field in kind.Fields.Where(field => field.Shape == FieldShape.Value))
        {
            var said = field.Name switch
            {
                "member" => member,
                "branch" or "unit" => kind.Name is "release" ? await HeldAsync("branch::text", "assignment") : kind.Name == "unserve" ? await OneAsync("select branch::text from service where valid_to is null and valid_from < @day") : branch,
                "village" => kind.Name == "unserve" ? await OneAsync("select village::text from service where valid_to is null and valid_from < @day") : village,
                "date" => Vietnamese.Day(day),
                "decided" => Vietnamese.Day(day.AddDays(-5)),
                "joined" => "03/02/2012",
                "official" => kind.Name == "arrive" ? "03/02/2013" : null,
                "decision" => $"{turn}-QĐ/HU",
                "document" => $"{turn}-KH",
                "reason" when kind.Name == "arrive" => Pick("Chuyển đến từ tỉnh khác", "Chuyển đến từ huyện khác"),
                "reason" when kind.Name == "leave" => Pick("Từ trần", "Khai trừ", "Xóa tên", "Xin ra khỏi Đảng", "Chuyển đi tỉnh khác", "Chuyển đi huyện khác"),
                "reason" => "Đối chiếu hồ sơ",
                "post" => kind.Name == "dismiss" ? await HeldAsync("post::text", "post") : Pick("Phó bí thư chi bộ", "Bí thư chi bộ", "Trưởng bản"),
                "place" => kind.Name == "dismiss" ? await HeldAsync("place", "post") : draft.Text("post") == "Trưởng bản" ? village : branch,
                "role" => kind.Name == "release" ? await HeldAsync("role::text", "assignment") : Pick("Đảng ủy viên", "Cán bộ xã phụ trách"),
                "kind" => Pick("Thường kỳ", "Chuyên đề"),
                "form" => Pick("Kiểm tra", "Giám sát"),
                "grade" => Pick("Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ"),
                "year" => day.Year.ToString(CultureInfo.InvariantCulture),
                "due" => "12",
                "present" => "9",
                "local" => Pick("Có", "Không"),
                _ => null,
            };
            if (said is not null)
                draft.Boxes[field.Name] = said;
        }
        if (kind.Name is "change" or "correct")
            draft.Record["Nghề nghiệp"] = Pick("Nghỉ hưu, nghỉ công tác", "Nông, lâm, ngư nghiệp", "Công nhân");
        if (kind.Name is "admit" or "arrive")
        {
            foreach (var (caption, value) in ((string, string)[])
                [("Họ và tên", $"Lò Văn Ngẫu Nhiên {turn}"), ("Giới tính", "Nữ"), ("Ngày sinh", $"{1 + (turn % 28)}/{1 + (turn % 12)}/{1970 + (turn % 25)}"), ("Dân tộc", "Thái"), ("Giáo dục phổ thông", "Trung học phổ thông"), ("Nghề nghiệp", "Công nhân")])
                draft.Record[caption] = value;
        }
        return draft;

        string Pick(params string[] of) => of[dice.Next(of.Length)];

        async Task<string> HeldAsync(string column, string table) =>
            await connection.ExecuteScalarAsync<string?>($"select {column} from {table} where member = @member and valid_to is null order by valid_from limit 1", new { member }) ?? "X";
    }
}
