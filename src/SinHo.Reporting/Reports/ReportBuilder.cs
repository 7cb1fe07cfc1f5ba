using System.Globalization;
using System.Reflection;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>Makes a report: plans what to ask, asks it all in one snapshot, puts the answers together and proves what must hold.</summary>
/// <param name="viewer">For whom; null for the program itself, which sees all.</param>
public sealed class ReportBuilder(StatisticsSource source, Definitions definitions, Viewer? viewer = null)
{
    public ReportBuilder(NpgsqlDataSource database, Definitions definitions, Viewer? viewer = null)
        : this(new StatisticsSource(database), definitions, viewer)
    {
    }

    public static string ProgramVersion { get; } =
        typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <exception cref="UnknownNameException">No such report, unit or setting, or the unit did not exist in the period.</exception>
    public async Task<Report> BuildAsync(ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var definition = definitions.Reports.FirstOrDefault(report => report.Name == request.Report)
            ?? throw new UnknownNameException($"Không có báo cáo “{request.Report}”; các báo cáo có sẵn: {string.Join(", ", definitions.Reports.Select(report => report.Name))}.");
        await using var snapshot = await SnapshotAsync(Window(definition, request.Period), cancel);
        return await new Run(snapshot, definitions, definition, request, progress, cancel).BuildAsync();
    }

    /// <summary>One figure with its rows: an ad-hoc list.</summary>
    /// <exception cref="UnknownNameException">No such unit, or it did not exist in the period.</exception>
    public async Task<(ReportUnit Unit, Figure Figure)> ListAsync(string code, string unit, Period period, CancellationToken cancel)
    {
        var list = new ReportDefinition
        {
            Name = code,
            Template = "",
            Title = "{unit}",
            Letterhead = new("", "", "", "", ""),
            Groups = [new("", Yearly: false, [new(code, Indent: 0)])],
            PartsCaption = "",
            Breakdown = [],
            Narrative = [],
            Identities = [],
        };
        var request = new ReportRequest(code, unit, period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true);
        await using var snapshot = await SnapshotAsync(period, cancel);
        var report = await new Run(snapshot, definitions, list, request, null, cancel).BuildAsync();
        return (report.Unit, report.Figures.Single());
    }

    private Task<Snapshot> SnapshotAsync(Period window, CancellationToken cancel) =>
        viewer is null ? Snapshot.TakeAsync(source, cancel) : Snapshot.TakeAsync(source, viewer, window, cancel);

    /// <summary>All days that a report asks about: its first calendar year may begin before its period.</summary>
    private static Period Window(ReportDefinition definition, Period period)
    {
        var asked = definition.Groups.SelectMany(group => Periods(group, period)).Append(period).ToList();
        return new(asked.Min(one => one.From), asked.Max(one => one.To));
    }

    /// <summary>The period of the report; for a yearly group every calendar year that ends in it.</summary>
    private static IEnumerable<Period> Periods(GroupDefinition group, Period period) => !group.Yearly
        ? [period]
        : Enumerable.Range(period.From.Year, period.To.Year - period.From.Year + 1)
            .Where(year => new DateOnly(year, 12, 31) >= period.From && new DateOnly(year, 12, 31) <= period.To)
            .Select(Period.Year);

    private sealed class Run(
        Snapshot snapshot, Definitions definitions, ReportDefinition definition, ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        private readonly Dictionary<(Period Period, string Unit, string Figure), int> values = [];

        private Period Period => request.Period;

        public async Task<Report> BuildAsync()
        {
            var units = new Units(snapshot, Period, cancel);
            var unit = await units.FindAsync(request.Unit);
            var parts = await units.PartsAsync(request.Unit);
            var (settings, byName) = await SettingsAsync();
            await CountAsync([request.Unit, .. parts.Select(part => part.Code)], byName);
            var groups = await GroupsAsync(byName);
            var used = groups.SelectMany(group => group.Figures).SelectMany(figure => definitions[Base(figure.Code)].Indicator.Settings).ToHashSet();
            return new()
            {
                Name = definition.Name,
                Template = definition.Template,
                Title = Fill(definition.Title, unit).ToUpper(CultureInfo.GetCultureInfo("vi-VN")),
                Letterhead = Letterhead(await units.DistrictAsync(request.Unit)),
                Unit = unit,
                Period = Period,
                Settings = [.. settings.Where(setting => used.Contains(setting.Code))],
                Groups = groups,
                Breakdown = Breakdown(parts),
                Narrative = [.. definition.Narrative.Select(text => Paragraph(text, unit))],
                Checks = Checks(groups, parts),
                SnapshotAt = snapshot.TakenAt,
                ProgramVersion = ProgramVersion,
            };
        }

        /// <summary>Values from the register, overridden by those of the request.</summary>
        private async Task<(List<Setting> Settings, Dictionary<string, int> ByName)> SettingsAsync()
        {
            var stored = (await snapshot.QueryAsync<Setting>("select name as Code, caption as Caption, value as Value from setting order by name", new { }, cancel)).ToList();
            foreach (var name in request.Settings.Keys.Where(name => stored.TrueForAll(setting => setting.Code != name)))
                throw new UnknownNameException($"Không có tham số “{name}”; các tham số: {string.Join(", ", stored.Select(setting => setting.Code))}.");
            var settings = stored.ConvertAll(setting => setting with { Value = request.Settings.GetValueOrDefault(setting.Code, setting.Value) });
            return (settings, settings.ToDictionary(setting => setting.Code, setting => setting.Value));
        }

        private async Task CountAsync(IReadOnlyList<string> units, IReadOnlyDictionary<string, int> settings)
        {
            var asked = definition.Groups
                .SelectMany(group => Periods(group, Period).SelectMany(period => group.Lines.Select(line => (Set: definitions[line.Figure].Set, Period: period))))
                .Distinct().ToList();
            foreach (var (index, (set, period)) in asked.Index())
            {
                progress?.Report(JobStep.Of("Đếm", set.About, index, asked.Count));
                var counted = await snapshot.CountAsync(set, units, new(period, settings), cancel);
                foreach (var unit in units)
                {
                    foreach (var indicator in set.Indicators)
                        values[(period, unit, indicator.Code)] = counted.GetValueOrDefault((unit, indicator.Code));
                }
            }
        }

        private async Task<List<FigureGroup>> GroupsAsync(IReadOnlyDictionary<string, int> settings)
        {
            var groups = new List<FigureGroup>();
            var lines = definition.Groups.Sum(group => group.Lines.Count * Periods(group, Period).Count());
            var done = 0;
            foreach (var group in definition.Groups)
            {
                var figures = new List<Figure>();
                foreach (var period in Periods(group, Period))
                {
                    foreach (var line in group.Lines)
                    {
                        if (request.WithEvidence)
                            progress?.Report(JobStep.Of("Lấy danh sách", definitions[line.Figure].Indicator.Caption, done++, lines));
                        figures.Add(await FigureAsync(line, period, group.Yearly, settings));
                    }
                }
                groups.Add(new(group.Caption, figures));
            }
            return groups;
        }

        private async Task<Figure> FigureAsync(LineDefinition line, Period period, bool yearly, IReadOnlyDictionary<string, int> settings)
        {
            var (set, indicator) = definitions[line.Figure];
            var value = values[(period, request.Unit, indicator.Code)];
            var evidence = new Evidence([.. indicator.Evidence.Select(key => set.Columns[key])], new EvidenceRows());
            if (request.WithEvidence && value > 0)
                evidence = await snapshot.ListAsync(set, indicator, request.Unit, new(period, settings), cancel);
            return new()
            {
                Code = yearly ? string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}_{period.To.Year}") : indicator.Code,
                Caption = yearly ? string.Create(CultureInfo.InvariantCulture, $"Năm {period.To.Year}: {indicator.Caption}") : indicator.Caption,
                Indent = line.Indent,
                CountedIn = indicator.CountedIn,
                IsStock = indicator.IsStock,
                Period = period,
                Rule = Numbered(indicator.Rule, settings),
                Meaning = Numbered(indicator.Meaning, settings),
                Value = value,
                Evidence = evidence,
            };
        }

        private static string Numbered(string text, IReadOnlyDictionary<string, int> settings) =>
            CatalogReader.Citation().Replace(text, match => settings.TryGetValue(match.Groups["code"].Value, out var value) ? Vietnamese.Number(value) : match.Value);

        /// <summary>The code under which the figure is defined: a yearly figure carries its year behind it.</summary>
        private string Base(string code) => definitions.Has(code) ? code : code[..^5];

        private Breakdown Breakdown(IReadOnlyList<Part> parts)
        {
            var columns = definition.Breakdown.SelectMany(group => group.Columns.Select(column =>
                new BreakdownColumn(column.Figure, column.Caption, group.Caption, definitions[column.Figure].Indicator.Additive, Period))).ToList();
            return new(
                definition.PartsCaption,
                columns,
                [.. parts.Select(part => new BreakdownRow(part.Code, part.Name, [.. columns.Select(column => values[(Period, part.Code, column.FigureCode)])]))],
                [.. columns.Select(column => values[(Period, request.Unit, column.FigureCode)])]);
        }

        private Paragraph Paragraph(string text, ReportUnit unit)
        {
            var pieces = new List<TextPiece>();
            var end = 0;
            foreach (System.Text.RegularExpressions.Match match in CatalogReader.Citation().Matches(text))
            {
                if (CatalogReader.ReportWords.Contains(match.Groups["code"].Value))
                    continue;
                var code = match.Groups["code"].Value;
                pieces.Add(new(Fill(text[end..match.Index], unit), null));
                pieces.Add(new(Vietnamese.Number(values[(Period, request.Unit, code)]), code));
                end = match.Index + match.Length;
            }
            pieces.Add(new(Fill(text[end..], unit), null));
            return new([.. pieces.Where(piece => piece.Text.Length > 0)]);
        }

        private Letterhead Letterhead(string district) => definition.Letterhead with
        {
            Superior = definition.Letterhead.Superior.Replace("{district}", district.ToUpper(CultureInfo.GetCultureInfo("vi-VN")), StringComparison.Ordinal),
            Place = definition.Letterhead.Place.Replace("{district}", district, StringComparison.Ordinal),
        };

        private string Fill(string text, ReportUnit unit) => text
            .Replace("{unit}", unit.Name, StringComparison.Ordinal)
            .Replace("{period}", Period.Name, StringComparison.Ordinal)
            .Replace("{from}", Vietnamese.Day(Period.From), StringComparison.Ordinal)
            .Replace("{to}", Vietnamese.Day(Period.To), StringComparison.Ordinal);

        private List<Check> Checks(List<FigureGroup> groups, IReadOnlyList<Part> parts)
        {
            var checks = definition.Identities.Select(identity => Check(identity, parts)).ToList();
            if (parts.Count > 0)
                checks.AddRange(definition.Breakdown.SelectMany(group => group.Columns).Where(column => definitions[column.Figure].Indicator.Additive).Select(column => SumOfParts(column, parts)));
            if (request.WithEvidence)
                checks.Add(EvidenceIsWhole(groups));
            return checks;
        }

        private Check Check(Identity identity, IReadOnlyList<Part> parts)
        {
            var broken = new[] { request.Unit }.Concat(parts.Select(part => part.Code)).Where(code => !Holds(identity, code)).ToList();
            var detail = broken.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{Written(identity, request.Unit)}; đúng với {parts.Count + 1} đơn vị")
                : string.Join("; ", broken.Select(code => $"{code}: {Written(identity, code)}"));
            return new(identity.Code, identity.Says, broken.Count == 0, detail);
        }

        private bool Holds(Identity identity, string unit)
        {
            var (left, right) = (Sum(identity.Left, unit), Sum(identity.Right, unit));
            return identity.IsEquality ? left == right : left <= right;
        }

        private int Sum(IEnumerable<Term> terms, string unit) => terms.Sum(term => term.Sign * values[(Period, unit, term.Figure)]);

        private string Written(Identity identity, string unit) =>
            $"{Written(identity.Left, unit)} {(identity.IsEquality ? (Holds(identity, unit) ? "=" : "≠") : (Holds(identity, unit) ? "≤" : ">"))} {Written(identity.Right, unit)}";

        private string Written(IReadOnlyList<Term> terms, string unit) => string.Concat(terms.Select((term, index) =>
            (index == 0 ? (term.Sign < 0 ? "−" : "") : term.Sign < 0 ? " − " : " + ") + Vietnamese.Number(values[(Period, unit, term.Figure)])));

        private Check SumOfParts(BreakdownEntry column, IReadOnlyList<Part> parts)
        {
            var sum = parts.Sum(part => values[(Period, part.Code, column.Figure)]);
            var whole = values[(Period, request.Unit, column.Figure)];
            var moved = parts.Where(part => !part.Stayed).Select(part => part.Code).ToList();
            var says = $"Cộng các {definition.PartsCaption.ToLower(CultureInfo.GetCultureInfo("vi-VN"))} bằng toàn đơn vị: {definitions[column.Figure].Indicator.Caption}";
            if (sum != whole && moved.Count > 0)
                return new($"parts_{column.Figure}", says, Ok: true, $"Không so sánh: {string.Join(", ", moved)} không phải lúc nào trong kỳ cũng là tổ chức cơ sở đảng của đơn vị");
            return new($"parts_{column.Figure}", says, sum == whole, $"{Vietnamese.Number(sum)} {(sum == whole ? "=" : "≠")} {Vietnamese.Number(whole)}");
        }

        private static Check EvidenceIsWhole(List<FigureGroup> groups)
        {
            var figures = groups.SelectMany(group => group.Figures).ToList();
            var broken = figures.Where(figure => figure.Evidence.Count != figure.Value).ToList();
            return new("evidence_count", "Mỗi số liệu bằng số dòng của danh sách kèm theo", broken.Count == 0, broken.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{figures.Count} số liệu, {Vietnamese.Number(figures.Sum(figure => figure.Value))} dòng")
                : string.Join("; ", broken.Select(figure => $"{figure.Caption}: {Vietnamese.Number(figure.Value)} ≠ {Vietnamese.Number(figure.Evidence.Count)}")));
        }
    }
}
