using System.Globalization;
using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Rolls;

/// <summary>There is no such grassroots organisation on the day.</summary>
public sealed class NoRollException(string message) : RefusalException(message, RefusalKind.Unknown);

/// <summary>
/// The list of one grassroots organisation's members on a day, made to be corrected and imported back: an exchange workbook of Đảng viên and Sinh hoạt.
/// Source: docs/spec/command-line.md, roll.
/// </summary>
public sealed class Roll
{
    private Roll(long number, string unit, string unitName, DateOnly day, List<WorkedRow> people, List<WorkedRow> memberships) =>
        (Number, Unit, UnitName, Day, People, Memberships) = (number, unit, unitName, day, people, memberships);

    /// <summary>Of all lists of this register, from 1.</summary>
    public long Number { get; }

    public string Unit { get; }

    public string UnitName { get; }

    public DateOnly Day { get; }

    public string FileName => $"doi-chieu-{Unit}-{Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-so-{Number}.xlsx";

    /// <summary>People on it.</summary>
    public int Count => People.Count;

    /// <summary>The version of each record that holds on the day, by branch, then by name.</summary>
    internal IReadOnlyList<WorkedRow> People { get; }

    /// <summary>In the order of <see cref="People"/>.</summary>
    internal IReadOnlyList<WorkedRow> Memberships { get; }

    /// <summary>Says that the list was written, so that it is known when it comes back.</summary>
    /// <param name="file">The stored file; null where it was written elsewhere.</param>
    public async Task KeepAsync(NpgsqlDataSource database, string by, Guid? file, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into roll (roll_id, unit, day, by, people, file_id) values (@Number, @Unit, @Day, @by, @Count, @file)", new { Number, Unit, Day, by, Count, file }, cancellationToken: cancel));
    }

    /// <summary>Reads the list and gives it its number.</summary>
    /// <exception cref="NoRollException">No such unit on the day, or one that is no grassroots organisation.</exception>
    public static async Task<Roll> MakeAsync(NpgsqlDataSource database, string unit, DateOnly day, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var view = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var asked = new { unit, day };
        var found = await connection.QueryFirstOrDefaultAsync<(string Name, string Level, bool IsGrassroots)?>(new CommandDefinition("""
            select name, level, is_grassroots(level_role) from org_version where code = @unit and valid_from <= @day and still_holds(valid_to, @day)
            """, asked, view, cancellationToken: cancel));
        if (found is not { } known)
            throw new NoRollException($"Không có tổ chức “{unit}” vào ngày {Vietnamese.Day(day)}.");
        if (!known.IsGrassroots)
            throw new NoRollException($"{known.Name} ({unit}) là {known.Level}; danh sách đối chiếu lập cho từng tổ chức cơ sở đảng.");
        const string Branches = "(select descendant from org_closure where ancestor = @unit and valid_from <= @day and valid_to > @day)";
        const string OnRoll = $"kept.branch in {Branches} and kept.valid_from <= @day and still_holds(kept.valid_to, @day)";
        var memberships = (await WorkedRows.ReadAsync(view, ExchangeWorkbook.Memberships, OnRoll, asked, cancel)).ToList();
        var people = (await WorkedRows.ReadAsync(view, ExchangeWorkbook.Members,
            $"kept.code in (select kept.member from membership as kept where {OnRoll}) and kept.held_from <= @day and kept.held_until > @day", asked, cancel))
            .ToDictionary(row => row.Text("code")!, StringComparer.Ordinal);
        var ordered = memberships.OrderBy(row => row.Text("branch"), StringComparer.Ordinal)
            .ThenBy(row => Matching.Bare(people[row.Text("member")!].Text("name")!), StringComparer.Ordinal).ThenBy(row => row.Text("member"), StringComparer.Ordinal).ToList();
        var number = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select nextval('roll_number')", transaction: view, cancellationToken: cancel));
        return new(number, unit, known.Name, day, [.. ordered.Select(row => people[row.Text("member")!])], ordered);
    }
}
