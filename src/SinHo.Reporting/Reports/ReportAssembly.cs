using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Puts answers together: groups of figures, the table by part, sentences, what the reader must know first.</summary>
internal sealed class ReportAssembly(Definitions definitions, ReportPlan plan, Answers answers, ReportUnit unit, FigureMaker figures)
{
    private static readonly CultureInfo Vietnam = CultureInfo.GetCultureInfo("vi-VN");

    private ReportDefinition Definition => plan.Definition;

    private Period Period => plan.Period;

    public string Subject => Fill(Definition.Title);

    public string Title => Subject.ToUpper(Vietnam);

    public async Task<List<FigureGroup>> GroupsAsync()
    {
        var groups = new List<FigureGroup>();
        foreach (var group in Definition.Groups)
        {
            var made = new List<Figure>();
            foreach (var period in plan.Periods(group))
            {
                foreach (var line in group.Lines)
                    made.Add(await FigureAsync(line, period, group.Yearly));
            }
            groups.Add(new(group.Caption, made) { Rates = [.. group.Rates.Select(RateOf)] });
        }
        return groups;
    }

    private Rate RateOf(RateDefinition rate)
    {
        var (over, under) = (ValueOf(rate.Over), rate.Under is { } below ? ValueOf(below) : null);
        var value = rate.Under is null ? over : under is null or 0 ? null : Math.Round(over * 100 / under.Value ?? 0, rate.Decimals, MidpointRounding.AwayFromZero);
        var days = plan.At(rate.Over).Period;
        return new(
            rate.Code, Dated(rate.Caption, days), rate.Indent, rate.Under is null ? definitions[rate.Over.Figure].Indicator.CountedIn : "%",
            definitions[rate.Over.Figure].Indicator.IsStock ? Vietnamese.Day(days.To) : $"{Vietnamese.Day(days.From)} - {Vietnamese.Day(days.To)}", rate.Under is { } divisor ? $"{InWords(rate.Over)} × 100 / {InWords(divisor)}" : "", over is null ? null : value, rate.Decimals);
    }

    private string InWords(RateValue value) => $"{definitions[value.Figure].Indicator.Caption}{(value.Before ? " kỳ trước" : "")}";

    /// <summary>Null where there is no basis: no plan, and days of which the register does not speak from the first on.</summary>
    private decimal? ValueOf(RateValue value)
    {
        var address = plan.At(value);
        if (plan.IsEmpty(value) || answers.IsUnknown(address))
            return null;
        if (value.Before && !definitions[value.Figure].Indicator.IsStock && address.Period.From < (answers.FirstDay ?? DateOnly.MaxValue))
            return null;
        return value.Sum is not null && answers[address] == 0 ? null : answers[address];
    }

    private Task<Figure> FigureAsync(LineDefinition line, Period period, bool yearly)
    {
        var indicator = definitions[line.Figure].Indicator;
        return figures.MakeAsync(
            Address.Of(Measure.Of(line.Figure), period),
            yearly ? string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}_{period.To.Year}") : indicator.Code,
            yearly ? string.Create(CultureInfo.InvariantCulture, $"Năm {period.To.Year}: {indicator.Caption}") : indicator.Caption,
            line.Indent,
            period,
            yearly ? string.Create(CultureInfo.InvariantCulture, $"{(indicator.ShortCaption.Length > 0 ? indicator.ShortCaption : indicator.Caption)} {period.To.Year}") : null);
    }

    public Breakdown Breakdown(IReadOnlyList<Part> parts)
    {
        var columns = Definition.Breakdown.SelectMany(group => group.Columns.Select(entry => (Address: plan.At(entry.Figure), Column:
            new BreakdownColumn(entry.Figure, Dated(entry.Caption, plan.At(entry.Figure).Period), Dated(group.Caption, plan.At(entry.Figure).Period), IsAdditive(entry), Shown(plan.At(entry.Figure).Period))))).ToList();
        var outside = columns.ConvertAll(column => checked((int)answers.Outside(parts, column.Address)));
        return new(
            PartsCaption,
            [.. columns.Select(column => column.Column)],
            [.. parts.Select(part => new BreakdownRow(part.Code, part.Name, [.. columns.Select(column => checked((int)answers.Of(part.Code, column.Address)))]))],
            [.. columns.Select(column => checked((int)answers[column.Address]))],
            parts.Count == 0 || outside.TrueForAll(value => value == 0) ? null : outside);
    }

    private string PartsCaption => Parts.AreBranches(unit.Role) ? "Chi bộ" : Definition.PartsCaption;

    private bool IsAdditive(BreakdownEntry entry) => definitions[plan.At(entry.Figure).Measure.Figure].Indicator.Additive;

    /// <summary>The period of the report under its own name.</summary>
    private Period Shown(Period period) => period.From == Period.From && period.To == Period.To ? Period : period;

    private static string Dated(string caption, Period period) => caption
        .Replace("{from}", Vietnamese.Day(period.From), StringComparison.Ordinal)
        .Replace("{to}", Vietnamese.Day(period.To), StringComparison.Ordinal)
        .Replace("{year}", period.To.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <param name="parts">Those of the unit, of which some may stand out.</param>
    /// <param name="mapDay">The day by whose units everything was counted, told before anything else; null where there is none.</param>
    public async Task<IReadOnlyList<Paragraph>> NarrativeAsync(IReadOnlyList<Part> parts, DateOnly? mapDay)
    {
        var text = new NarrativeText(new NarrativeNumbers(plan, answers, unit, parts, figures, Fill));
        var paragraphs = new List<Paragraph>();
        foreach (var paragraph in Definition.Narrative)
        {
            if (await text.WriteAsync(paragraph) is { } written)
                paragraphs.Add(written);
        }
        if (mapDay is { } day && paragraphs.Count > 0)
            paragraphs.Insert(0, new([new($"Số liệu dưới đây tính theo địa bàn ngày {Vietnamese.Day(day)} (bản đồ mới): tổ chức, chi bộ và bản của từng thời điểm được tính vào đơn vị kế thừa.", null)]));
        return ChosenSentences.Of(paragraphs);
    }

    public IEnumerable<string> Notices()
    {
        if (plan.IsCut)
            yield return $"Đơn vị có từ ngày {Vietnamese.Day(Period.From)}; số liệu của kỳ tính từ ngày đó.";
        if (plan.Life.EndIn(Period) is { } last)
            yield return $"Đơn vị kết thúc ngày {Vietnamese.Day(last)}; cuối kỳ đơn vị không còn, số liệu thời điểm bằng 0.";
        var first = answers.FirstDay ?? DateOnly.MaxValue;
        var asked = plan.Printed.Where(answers.IsUnknown).ToList();
        if (asked.Count > 0)
        {
            yield return answers.FirstDay is null
                ? "Sổ đăng ký chưa có dòng sinh hoạt đảng nào; các ô không có căn cứ ghi “-”."
                : Definition.Form is null
                    ? $"Sổ đăng ký có số liệu từ ngày {Vietnamese.Day(first)}; số đảng viên trước ngày đó không có căn cứ, số 0 ở dòng đầu kỳ không phải là số đếm được."
                    : $"Sổ đăng ký có số liệu từ ngày {Vietnamese.Day(first)}; số liệu trước ngày đó không có căn cứ, ghi “-”.";
        }
        var edition = Definition.Edition;
        if (edition.From is { } start && start > Period.To)
            yield return $"{edition.Printed.Number} theo {edition.Printed.Basis} áp dụng từ ngày {Vietnamese.Day(start)}; số liệu của kỳ này được tính lại theo mẫu đó.";
        foreach (var notice in Definition.Notices)
            yield return Fill(notice);
    }

    public Edition Edition => Definition.Edition.Printed with { Deadline = Fill(Definition.Edition.Printed.Deadline) };

    /// <summary>"Trong nhiệm kỳ 2015-2020", "Từ 01/01/2020 đến 31/03/2020".</summary>
    private string InPeriod => Period.Name.StartsWith("từ ", StringComparison.Ordinal) ? Vietnamese.Sentence(Period.Name) : $"Trong {Period.Name}";

    private string Fill(string text) => text
        .Replace("{unit}", unit.Name, StringComparison.Ordinal)
        .Replace("{in_period}", InPeriod, StringComparison.Ordinal)
        .Replace("{parts}", PartsCaption.ToLower(Vietnam), StringComparison.Ordinal)
        .Replace("{period}", Period.Name, StringComparison.Ordinal)
        .Replace("{from}", Vietnamese.Day(Period.From), StringComparison.Ordinal)
        .Replace("{to}", Vietnamese.Day(Period.To), StringComparison.Ordinal);
}
