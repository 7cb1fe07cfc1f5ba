using Npgsql;

namespace SinHo.Reporting.Servers;

/// <summary>Says to whoever writes definitions what PostgreSQL does not understand in them.</summary>
internal static class SqlFault
{
    /// <summary>What PostgreSQL finds wrong with the SQL of a place.</summary>
    public static string NotUnderstood(string place, PostgresException problem) =>
        $"{place}: PostgreSQL không hiểu câu truy vấn: {problem.MessageText}{(problem.Position > 0 ? $" (ký tự {problem.Position})" : "")}.";
}
