using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Organisations by code, as they were in a period.</summary>
internal sealed class Units(Snapshot snapshot, Period period, CancellationToken cancel)
{
    /// <summary>The organisation as it was called on the last day of the period that it lived to see.</summary>
    /// <exception cref="UnknownNameException">No such code for this viewer.</exception>
    /// <exception cref="AbsentUnitException">The organisation did not exist in the period.</exception>
    public async Task<ReportUnit> FindAsync(string code)
    {
        var versions = (await snapshot.QueryAsync<UnitVersion>(
            "select name, level::text as level, valid_from as ValidFrom, valid_to as ValidTo from org_version where code = @code order by valid_from", new { code }, cancel)).ToList();
        var version = versions.FindLast(one => one.ValidFrom <= period.To && (one.ValidTo is null || one.ValidTo > period.From));
        // A viewer is told of nothing outside his unit, not even that it exists.
        if (versions.Count == 0 || !await StandsUnderViewerAsync(code, version is null ? versions[^1].Days : period))
            throw new UnknownNameException($"Không có đơn vị “{code}”.{await NearestAsync(code)}");
        if (version is null)
        {
            throw new AbsentUnitException(
                $"Đơn vị {code} ({versions[^1].Name}) không tồn tại {(period.From == period.To ? "vào" : "trong kỳ")} {period.Name}: có {string.Join("; ", versions.Select(Life))}.");
        }
        return new(code, version.Name, version.Level);
    }

    /// <returns>Null for what the viewer may not know of, and for what did not exist.</returns>
    public async Task<ReportUnit?> TryFindAsync(string code)
    {
        try
        {
            return await FindAsync(code);
        }
        catch (UnknownNameException)
        {
            return null;
        }
    }

    /// <summary>Whether the organisation was under the viewer's unit on the last of the days on which it existed.</summary>
    private async Task<bool> StandsUnderViewerAsync(string code, Period days) => snapshot.Viewer?.Unit is not { } unit
        || (await snapshot.QueryAsync<bool>(
            "select stands_under(@code, @unit, @from, @to)", new { code, unit, from = days.From, to = days.To }, cancel)).Single();

    /// <summary>
    /// The grassroots organisations that were under the unit on any day from the eve of the span to its end, by code; none for a grassroots
    /// organisation itself. One that ended before the last day says so behind its name.
    /// </summary>
    public async Task<IReadOnlyList<Part>> PartsAsync(string code, Period span) =>
    [
        .. await snapshot.QueryAsync<Part>("""
            select distinct on (version.code)
                version.code as Code,
                version.name || case when scope.valid_to <= @to then format(' (đến %s)', day_text(scope.valid_to - 1)) else '' end as Name,
                version.level::text as Level,
                life.stayed as Stayed
            from org_closure as scope
            join org_version as version on version.code = scope.descendant
                and version.level in ('Đảng bộ cơ sở', 'Chi bộ cơ sở')
                and version.valid_from <= least(@to, scope.valid_to - 1)
                and (version.valid_to is null or version.valid_to > scope.valid_from)
            cross join lateral (
                select isempty(range_merge(
                    range_agg(daterange(held.valid_from, held.valid_to)) * datemultirange(daterange(@from - 1, @to, '[]'))
                    - coalesce(range_agg(daterange(held.valid_from, held.valid_to)) filter (where held.level in ('Đảng bộ cơ sở', 'Chi bộ cơ sở')), '{}')
                        * (select range_agg(daterange(valid_from, valid_to)) from org_closure where ancestor = @code and descendant = scope.descendant)
                )) as stayed
                from org_version as held
                where held.code = scope.descendant
            ) as life
            where scope.ancestor = @code
                and scope.descendant <> @code
                and scope.valid_from <= @to
                and scope.valid_to >= @from
            order by version.code, scope.valid_from desc, version.valid_from desc
            """, new { code, from = span.From, to = span.To }, cancel),
    ];

    /// <summary>Name of the district that the unit belongs to, for the letterhead: "Sìn Hồ" of "Đảng bộ huyện Sìn Hồ".</summary>
    public async Task<string> DistrictAsync(string code)
    {
        var name = (await snapshot.QueryAsync<string>("""
            select district.name
            from org_closure as scope
            join org_version as district on district.code = scope.ancestor and district.level = 'Đảng bộ huyện'
            where scope.descendant = @code and scope.valid_from <= @to and district.valid_from <= @to
            order by scope.valid_from desc, district.valid_from desc
            limit 1
            """, new { code, to = period.To }, cancel)).FirstOrDefault() ?? "";
        const string prefix = "Đảng bộ huyện ";
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
    }

    private static string Life(UnitVersion version) =>
        $"từ {Vietnamese.Day(version.ValidFrom)} {(version.ValidTo is { } end ? $"đến {Vietnamese.Day(end.AddDays(-1))}" : "đến nay")}";

    private async Task<string> NearestAsync(string code)
    {
        if (snapshot.Viewer?.Unit is not null)
        {
            var seen = await snapshot.QueryAsync<string>(
                "select code from window_scope where code <> @code order by code", new { code }, cancel);
            return NearestWord.To(code, seen) is { } near ? $" Có phải “{near}”?" : "";
        }
        var known = (await snapshot.QueryAsync<string>("select code from org order by code", new { }, cancel)).ToList();
        if (known.Count == 0)
            return " Sổ đăng ký còn trống; hãy nhập sổ trao đổi trước (sinho import).";
        return NearestWord.To(code, known) is { } nearest ? $" Có phải “{nearest}”?" : $" Ví dụ mã có sẵn: {string.Join(", ", known.Take(5))}.";
    }

    private sealed record UnitVersion(string Name, string Level, DateOnly ValidFrom, DateOnly? ValidTo)
    {
        public Period Days => new(ValidFrom, ValidTo?.AddDays(-1) ?? ValidFrom);
    }
}

/// <summary>A grassroots organisation of the unit reported on.</summary>
/// <param name="Stayed">
/// On every day from the eve of the period to its end on which it existed it was a grassroots organisation under the unit; only then must the
/// parts add up to the whole, because a part counts all that is under it.
/// </param>
internal sealed record Part(string Code, string Name, string Level, bool Stayed);
