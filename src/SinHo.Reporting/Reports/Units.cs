using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>Organisations by code, as they were in a period.</summary>
internal sealed class Units(Snapshot snapshot, Period period, CancellationToken cancel)
{
    /// <summary>The organisation as it was called on the last day of the period that it lived to see.</summary>
    /// <exception cref="UnknownNameException">No such code, or the organisation did not exist in the period.</exception>
    public async Task<ReportUnit> FindAsync(string code)
    {
        var versions = (await snapshot.QueryAsync<UnitVersion>(
            "select name, level::text as level, valid_from as ValidFrom, valid_to as ValidTo from org_version where code = @code order by valid_from", new { code }, cancel)).ToList();
        if (versions.Count == 0)
            throw new UnknownNameException($"Không có đơn vị “{code}”.{await NearestAsync(code)}");
        var version = versions.FindLast(one => one.ValidFrom <= period.To && (one.ValidTo is null || one.ValidTo > period.From))
            ?? throw new UnknownNameException(
                $"Đơn vị {code} ({versions[^1].Name}) không tồn tại trong kỳ {period.Name}: có {string.Join("; ", versions.Select(Life))}.");
        return new(code, version.Name, version.Level);
    }

    /// <summary>
    /// The grassroots organisations that were under the unit on any day from the eve of the period to its end, by code; none for a grassroots
    /// organisation itself. One that ended before the last day says so behind its name.
    /// </summary>
    public async Task<IReadOnlyList<ReportUnit>> PartsAsync(string code) =>
    [
        .. await snapshot.QueryAsync<ReportUnit>("""
            select distinct on (version.code)
                version.code as Code,
                version.name || case when scope.valid_to <= @to then format(' (đến %s)', day_text(scope.valid_to - 1)) else '' end as Name,
                version.level::text as Level
            from org_closure as scope
            join org_version as version on version.code = scope.descendant
                and version.level in ('Đảng bộ cơ sở', 'Chi bộ cơ sở')
                and version.valid_from <= least(@to, scope.valid_to - 1)
                and (version.valid_to is null or version.valid_to > scope.valid_from)
            where scope.ancestor = @code
                and scope.descendant <> @code
                and scope.valid_from <= @to
                and scope.valid_to >= @from
            order by version.code, scope.valid_from desc, version.valid_from desc
            """, new { code, from = period.From, to = period.To }, cancel),
    ];

    private static string Life(UnitVersion version) =>
        $"từ {Faces.Vietnamese.Day(version.ValidFrom)} {(version.ValidTo is { } end ? $"đến {Faces.Vietnamese.Day(end.AddDays(-1))}" : "đến nay")}";

    private async Task<string> NearestAsync(string code)
    {
        var known = (await snapshot.QueryAsync<string>("select code from org order by code", new { }, cancel)).ToList();
        if (known.Count == 0)
            return " Sổ đăng ký còn trống; hãy nhập sổ trao đổi trước (sinho import).";
        return NearestWord.To(code, known) is { } nearest ? $" Có phải “{nearest}”?" : $" Ví dụ mã có sẵn: {string.Join(", ", known.Take(5))}.";
    }

    private sealed record UnitVersion(string Name, string Level, DateOnly ValidFrom, DateOnly? ValidTo);
}
