using Dapper;
using Npgsql;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The SQL by which a code of the sheet Mã cũ, of the file or stored, means in all other sheets of a file the member it stands for.
/// Source: docs/spec/exchange-workbook.md, Mã cũ.
/// </summary>
internal static class MeantCodes
{
    /// <summary>Of some codes those that are stored as former ones, with the member that each means.</summary>
    public static async Task<Dictionary<string, string>> StoredAsync(NpgsqlTransaction view, string[] codes, CancellationToken cancel) =>
        (await view.Connection!.QueryAsync<(string Alias, string Member)>(new CommandDefinition("select alias, member from former_code where alias = any (@codes)", new { codes }, view, cancellationToken: cancel)))
            .ToDictionary(code => code.Alias, code => code.Member, StringComparer.Ordinal);

    private static readonly string Stage = new ImportTables(ExchangeWorkbook.FormerCodes).Stage;

    /// <summary>What every former code means, after the file: code_meaning (alias, member, is_cycle), a chain followed to its end.</summary>
    public static string Mean { get; } = $"""
        create temp table code_meaning on commit drop as
        with recursive said as (
            (
                select distinct on (alias) alias, member
                from {Stage}
                where not remove and not faulty and alias is not null and member is not null
                order by alias, row_no
            )
            union all
            select kept.alias::text collate "C", kept.member::text collate "C"
            from former_code as kept
            where not exists (select from {Stage} as stage where stage.alias = kept.alias and (stage.remove or stage.member is not null))
        ),
        walk as (
            select alias, member, array[alias] as path from said
            union all
            select walk.alias, said.member, walk.path || said.alias
            from walk
            join said on said.alias = walk.member
            where walk.member <> all (walk.path)
        )
        select distinct on (alias) alias, member, member = any (path) as is_cycle
        from walk
        order by alias, cardinality(path) desc
        """;

    public static string AreNone => "select not exists (select from code_meaning)";

    /// <summary>Rows of the file that lead back to their own code: they are left out, and what they said is nobody's code.</summary>
    public static string MarkCycles { get; } = $"""
        with cyclic as (
            select row_no, stage.alias, stage.member from {Stage} as stage join code_meaning as meaning on meaning.alias = stage.alias where meaning.is_cycle and not stage.remove
        )
        update {Stage} as stage set faulty = true, member = null
        from cyclic
        where cyclic.row_no = stage.row_no
        returning cyclic.row_no, cyclic.alias, cyclic.member
        """;

    /// <summary>By sheet: puts the member in the place of a former code; gives row, former code and member.</summary>
    public static IReadOnlyList<(SheetDefinition Sheet, string Sql)> Replace { get; } =
    [
        .. ExchangeWorkbook.SheetsOfPeople.Append(ExchangeWorkbook.FormerCodes).Prepend(ExchangeWorkbook.Members).Select(sheet => (sheet, Replaced(sheet, sheet.PersonColumn!))),
    ];

    private static string Replaced(SheetDefinition sheet, string column) => $"""
        update {new ImportTables(sheet).Stage} as stage set {column} = meaning.member
        from code_meaning as meaning
        where meaning.alias = stage.{column} and not meaning.is_cycle
        returning stage.row_no, meaning.alias, meaning.member
        """;
}
