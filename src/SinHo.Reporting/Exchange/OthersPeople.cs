using Dapper;
using Npgsql;

namespace SinHo.Reporting.Exchange;

/// <summary>People of whom an account of a unit may be told nothing.</summary>
internal static class OthersPeople
{
    /// <summary>Which of the codes are of people in the register who were on no roll of the units since a year before today: the day of an event may lie a while back.</summary>
    public static async Task<HashSet<string>> FindAsync(NpgsqlConnection connection, IReadOnlyCollection<string> people, IReadOnlyCollection<string> scope, CancellationToken cancel) => (await connection.QueryAsync<string>(new CommandDefinition(
        """
        select person.code::text
        from person
        where person.code = any (@people) and not exists (
            select
            from membership
            join org_closure as tie on tie.descendant = membership.branch and tie.ancestor = any (@scope) and tie.valid_from < coalesce(membership.valid_to, 'infinity') and tie.valid_to > membership.valid_from
            where membership.member = person.code and still_holds(membership.valid_to, (now() at time zone 'Asia/Ho_Chi_Minh')::date - 365))
        """, new { people = people.ToArray(), scope = scope.ToArray() }, cancellationToken: cancel))).ToHashSet(StringComparer.Ordinal);
}
