using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>
/// What a finished report says on paper: head, words, the table of figures, who signs, then the same by part, where the numbers come from, and how they
/// were counted. People stand in the lists alone, which come only where the question asks for them.
/// </summary>
internal sealed class PaperOf
{
    private const string Blank = "…………";
    private const double ListSize = 9;
    private const double AppendixSize = 11;
    private const double TableSize = 12;
    private const double NarrowestValue = 17;
    private const int MostColumns = 9;
    private const int MostNamed = 3;
    private const int NarrowestColumn = 8;
    private const int DateColumn = 12;

    // Rows of the table of figures that go over to the page of the signatures with them.
    private const int RowsAboveSignatures = 3;

    // Characters of all columns of a list that an upright page holds.
    private const int WidestUpright = 70;

    private readonly Report report;
    private readonly Issue? issue;
    private readonly bool isForm;

    private PaperOf(Report report, Issue? issue)
    {
        this.report = report;
        this.issue = issue;
        isForm = report.Edition.Number.Length > 0;
    }

    /// <param name="issue">Null for a draft.</param>
    /// <exception cref="TemplateRefusedException">The report's letter cannot be used.</exception>
    public static Paper Make(Report report, Issue? issue)
    {
        var made = new PaperOf(report, issue);
        var appendices = made.Appendices().ToList();
        var letter = report.Letter is { } path ? made.Filled(LetterTemplate.Read(path, LetterTemplate.CodesOf(report)), appendices) : null;
        return new(
            report.Title,
            PaperQuestion.Write(report.Question),
            issue?.CheckCode,
            issue?.Foot ?? "Dự thảo",
            [.. made.Front(letter), .. appendices],
            report.Question.Options.Evidence == QuestionOptions.AllEvidence ? [.. made.Lists()] : [])
        { Letter = letter };
    }

    /// <summary>A list that was asked for by itself.</summary>
    /// <param name="filter">As of <see cref="ListFace.Write"/>.</param>
    public static Paper Make(FigureList list, string? filter)
    {
        var figure = list.Figure;
        var map = list.MapDay is { } day ? $"; theo địa bàn ngày {Vietnamese.Day(day)} (bản đồ mới), đơn vị cũ được tính vào đơn vị kế thừa" : "";
        var (superior, words) = (list.Letterhead.Superior.Split('\n', StringSplitOptions.RemoveEmptyEntries), string.IsNullOrWhiteSpace(filter) ? "" : $" Chỉ những dòng có: {filter.Trim()}.");
        return new($"{figure.Caption} - {list.Unit.Name}", PaperQuestion.Write(list.Question), null, "",
        [
            new PaperTurn(IsAcross(figure.Evidence.Columns)),
            new PaperHead(superior, list.Letterhead.Issuer, ["ĐẢNG CỘNG SẢN VIỆT NAM"], null, null),
            new PaperTitle(Vietnamese.Capitals(figure.Caption), [$"{list.Unit.Name}, {PlacedFigure.WhenOf(figure).Replace('\n', ' ')}: {Vietnamese.Number(figure.Value)} {figure.CountedIn}"]),
            new PaperWords($"Cách tính: {figure.Rule}{map}.{words}", WordsLook.Note),
            ListTable(figure.Evidence),
        ], []);
    }

    /// <summary>What is signed is the same whether rows were read or not.</summary>
    private IEnumerable<Check> Proved => report.Checks.Where(check => !check.IsOfLists);

    private bool IsWide => report.Form is { Columns.Count: > 6 };

    private string PlaceDate => FrontText.PlaceDate(report, issue);

    /// <summary>The title without the word that stands above it in capitals.</summary>
    private string Abstract => report.Subject.StartsWith("Báo cáo ", StringComparison.Ordinal) ? report.Subject["Báo cáo ".Length..] : report.Subject;

    private string InPeriod
    {
        get
        {
            var days = $"từ {Vietnamese.Day(report.Period.From)} đến {Vietnamese.Day(report.Period.To)}";
            return report.Period.Name == days || report.Period.From == report.Period.To ? report.Period.Name : $"{report.Period.Name} ({days})";
        }
    }

    private IEnumerable<PaperBlock> Front(FilledLetter? letter)
    {
        if (IsWide)
            yield return new PaperTurn(Across: true);
        yield return Head();
        yield return isForm
            ? new PaperTitle(report.Title, [report.Unit.Name, InPeriod])
            : new PaperTitle("BÁO CÁO", [Abstract, InPeriod]);
        foreach (var block in letter is null ? Body() : letter.Template.Words(letter))
            yield return block;
        yield return Signatures();
    }

    private PaperHead Head()
    {
        var superior = report.Letterhead.Superior.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return isForm
            ? new(superior, report.Letterhead.Issuer, [report.Edition.Number, report.Edition.Basis, .. report.Edition.CountedIn.Length > 0 ? [$"Đvt: {report.Edition.CountedIn}"] : Array.Empty<string>()], null, null)
            : new(superior, report.Letterhead.Issuer, ["ĐẢNG CỘNG SẢN VIỆT NAM"], Number, PlaceDate);
    }

    private string Number => $"Số {issue?.Number ?? "……-BC/……"}";

    private IEnumerable<PaperBlock> Body()
    {
        foreach (var words in Notices())
            yield return words;
        if (report.Narrative.Count > 0 && !isForm)
            yield return new PaperHeading("I- TÌNH HÌNH, KẾT QUẢ", 1);
        foreach (var words in Words())
            yield return words;
        if (!isForm)
            yield return new PaperHeading(report.Narrative.Count > 0 ? "II- SỐ LIỆU" : "SỐ LIỆU", 1);
        yield return MainTable();
        if (report.Edition.Deadline.Length > 0)
            yield return new PaperWords(report.Edition.Deadline, WordsLook.Note) { StaysWithNext = true };
        foreach (var words in Settings())
            yield return words;
    }

    private IEnumerable<PaperWords> Words() => report.Narrative.Select(paragraph => new PaperWords(paragraph.Pieces, WordsLook.Body));

    private IEnumerable<PaperWords> Settings() => report.Settings.Select(setting => new PaperWords($"{setting.Caption}: {Vietnamese.Number(setting.Value)}.", WordsLook.Note) { StaysWithNext = true });

    private FilledLetter Filled(LetterTemplate template, IReadOnlyList<PaperBlock> appendices)
    {
        var signatures = Signatures();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["superior"] = report.Letterhead.Superior,
            ["issuer"] = report.Letterhead.Issuer,
            ["number"] = Number,
            ["place_date"] = PlaceDate,
            ["abstract"] = Abstract,
            ["period"] = InPeriod,
            ["unit"] = report.Unit.Name,
            ["from"] = Vietnamese.Day(report.Period.From),
            ["to"] = Vietnamese.Day(report.Period.To),
            ["recipients"] = string.Join('\n', signatures.Recipients.Select(recipient => $"- {recipient}")),
            ["office"] = string.Join('\n', signatures.Office),
            ["signer"] = signatures.Signer,
            ["compiler"] = report.Letterhead.Compiler,
        };
        foreach (var figure in report.Groups.SelectMany(group => group.Figures))
            texts[figure.Code] = Vietnamese.Number(figure.Value);
        foreach (var row in report.Form?.Rows ?? [])
        {
            foreach (var (column, cell) in report.Form!.Columns.Zip(row.Cells))
                texts[$"{row.Code}.{column.Code}"] = cell.Kind == CellKind.Unknown ? "-" : cell.Value is { } value ? Vietnamese.Number(value, cell.Decimals) : "";
        }
        return new(template, texts, new Dictionary<string, IReadOnlyList<PaperBlock>>(StringComparer.Ordinal)
        {
            ["notices"] = [.. Notices()],
            ["narrative"] = [.. Words()],
            ["table"] = [MainTable()],
            ["settings"] = [.. Settings()],
            ["guide"] = [],
        }, appendices);
    }

    private IEnumerable<PaperWords> Notices()
    {
        foreach (var notice in report.Notices)
            yield return new(notice, WordsLook.Note);
        if (report.BeyondData is { } beyond)
            yield return new(beyond, WordsLook.Alarm);
        var failed = Proved.Where(check => !check.Ok).ToList();
        if (failed.Count > 0)
            yield return new($"CHÚ Ý: {failed.Count} phép kiểm tra không đạt: {string.Join("; ", failed.Select(check => check.Caption))}.", WordsLook.Alarm);
    }

    private PaperSignatures Signatures()
    {
        var office = (issue?.Office ?? report.Letterhead.Signer).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (isForm)
            return new(report.Letterhead.Compiler, [], PlaceDate, office, issue?.Signer ?? "") { Hints = ("(Ký, ghi rõ họ và tên)", "(Ký, đóng dấu, ghi rõ họ và tên)") };
        string[] usual = [Blank, "Lưu."];
        return new("Nơi nhận:", issue is { Recipients.Count: > 0 } ? issue.Recipients : usual, null, office, issue?.Signer ?? "");
    }

    private PaperTable MainTable()
    {
        var rows = FrontRows.OneUnderAnother(report);
        var table = rows.Select((row, index) => (Row: row, Next: rows.ElementAtOrDefault(index + 1), AtEnd: index >= rows.Count - RowsAboveSignatures));
        if (report.Form is not { } form)
        {
            return new([new("TT", 14, PaperSide.Centre), new("Chỉ tiêu", 96, PaperSide.Left), new("Đơn vị tính", 22, PaperSide.Centre), new("Số lượng", 28, PaperSide.Right)],
                table.Select(one => Row(one.Row, one.Next, one.AtEnd, [one.Row.Values.TryGetValue("counted_in", out var unit) ? $"{unit.Value}" : ""], ["value"])), TableSize);
        }
        var width = form.Columns.Count > 3 ? 20 : 27;
        return new([new("TT", 13, PaperSide.Centre), new("Chỉ tiêu", 85, PaperSide.Left), .. form.Columns.Select(column => new PaperColumn(column.Caption, width, PaperSide.Right))],
            table.Select(one => Row(one.Row, one.Next, one.AtEnd, [], [.. form.Columns.Select(column => column.Code)])), TableSize, ["", "1", .. form.Columns.Select(column => column.Number)]);
    }

    private static PaperRow Row(FrontHalf row, FrontHalf? next, bool staysWithEnd, IEnumerable<string> words, IEnumerable<string> values) => new(
        [new(row.Mark), new(row.Caption, Indent: row.Indent), .. words.Select(word => new PaperCell(word)), .. values.Select(code => Cell(row, code))],
        Bold: row.Look == RowLook.Head,
        Italic: row.Look == RowLook.Note,
        StaysWithNext: staysWithEnd || next is not null && (row.Look is RowLook.Head or RowLook.Note || next.Indent > row.Indent));

    private static PaperCell Cell(FrontHalf row, string column) => row.Values.TryGetValue(column, out var value)
        ? new(value.Value switch
        {
            int whole => Vietnamese.Number(whole),
            decimal number => Vietnamese.Number(number, value.Decimals),
            string text => text,
            _ => "",
        }, value.Figure?.Code)
        : new("");

    private IEnumerable<PaperBlock> Appendices()
    {
        var number = 1;
        if (report.Breakdown is { Rows.Count: > 0, Columns.Count: > 0 })
        {
            yield return new PaperTurn(Across: true);
            yield return new PaperHeading($"Phụ lục {number++}. Số liệu theo {Lower(report.Breakdown.PartsCaption)}", 1);
            foreach (var block in ByPart())
                yield return block;
        }
        if (report.MapDay is { } day)
        {
            yield return new PaperTurn(Across: false);
            yield return new PaperHeading($"Phụ lục {number++}. Đối chiếu địa bàn", 1);
            yield return new PaperWords($"Số liệu theo địa bàn ngày {Vietnamese.Day(day)} gồm phần của các tổ chức cơ sở đảng khi đó.", WordsLook.Note);
            foreach (var block in Bridge())
                yield return block;
        }
        yield return new PaperTurn(Across: false);
        yield return new PaperHeading($"Phụ lục {number}. Cách tính và kiểm tra số liệu", 1);
        yield return Rules();
        yield return new PaperHeading("Kiểm tra số liệu", 2);
        yield return new PaperWords($"{Vietnamese.Number(Proved.Count())} phép kiểm tra, {Vietnamese.Number(Proved.Count(check => !check.Ok))} không đạt. Lập bằng SinHo.Reporting {report.ProgramVersion}.", WordsLook.Note);
        yield return Checks();
    }

    private IEnumerable<PaperBlock> ByPart()
    {
        var broken = report.Checks.Where(check => !check.Ok && (check.Code is "parts" or "members_in_parts" || check.Code.StartsWith("parts_", StringComparison.Ordinal))).ToList();
        if (broken.Count > 0)
            yield return new PaperWords($"KHÔNG KHỚP: {string.Join("; ", broken.Select(check => $"{check.Caption}: {check.WithoutPeople ?? check.Detail}"))}.", WordsLook.Alarm);
        var breakdown = report.Breakdown;
        foreach (var group in breakdown.Columns.Index().GroupBy(column => column.Item.Group))
        {
            var columns = group.ToList();
            var tables = (columns.Count + MostColumns - 1) / MostColumns;
            for (var table = 0; table < tables; table++)
            {
                // As equal as can be.
                var shown = columns[(columns.Count * table / tables)..(columns.Count * (table + 1) / tables)];
                yield return new PaperHeading(table == 0 ? group.Key : $"{group.Key} (tiếp)", 2);
                yield return PartTable(breakdown, shown);
            }
        }
        if (breakdown.Columns.Any(column => !column.Additive))
            yield return new PaperWords("(*) Một người hoặc một tổ chức có thể được đếm ở nhiều đơn vị, nên cộng các đơn vị không nhất thiết bằng số toàn đơn vị.", WordsLook.Note);
        if (breakdown.Columns.Any(column => report.Figures.Any(figure => figure.IsOpening && figure.Code == column.FigureCode)))
            yield return new PaperWords("Tăng, giảm là của toàn đơn vị, ghi ở nơi người đó đến hoặc đi: chuyển giữa các đơn vị ở bảng này không phải là tăng, giảm.", WordsLook.Note);
    }

    private static PaperTable PartTable(Breakdown breakdown, IReadOnlyList<(int Index, BreakdownColumn Item)> shown)
    {
        return new(
            [new("TT", 10, PaperSide.Centre), new(breakdown.PartsCaption, 62, PaperSide.Left), .. shown.Select(column => new PaperColumn($"{column.Item.Caption}{(column.Item.Additive ? "" : " (*)")}", NarrowestValue, PaperSide.Right))],
            [
                .. breakdown.Rows.Select((part, index) => Row($"{index + 1}", part.Name, part.Values)),
                .. breakdown.Outside is { } outside ? [Row("", Breakdown.OutsideCaption, outside) with { Italic = true }] : Array.Empty<PaperRow>(),
                Row("", "Toàn đơn vị", breakdown.Total) with { Bold = true },
            ], AppendixSize);

        PaperRow Row(string number, string name, IReadOnlyList<int> values) => new([new(number), new(name), .. shown.Select(column => new PaperCell(Vietnamese.Number(values[column.Index])))]);
    }

    private IEnumerable<PaperBlock> Bridge()
    {
        var figures = report.Bridge.Select(row => (row.Figure, row.Caption)).Distinct().ToList();
        yield return new PaperTable(
            [new("TT", 12, PaperSide.Centre), new("Tổ chức cơ sở đảng khi đó", 80, PaperSide.Left), .. figures.Select(figure => new PaperColumn(figure.Caption, 24, PaperSide.Right))],
            [
                .. report.Bridge.GroupBy(row => (row.Unit, row.Name)).OrderBy(unit => unit.Key.Unit, StringComparer.Ordinal).Select((unit, index) => Row($"{index + 1}", unit.Key.Name, unit)),
                Row("", "Tổng số", report.Bridge) with { Bold = true },
            ], AppendixSize);
        if (report.Splits.Count == 0)
            yield break;
        yield return new PaperHeading("Chi bộ đã chia tách: số liệu trước khi tách được tính vào một chi bộ", 2);
        yield return new PaperTable(
            [new("TT", 12, PaperSide.Centre), new("Chi bộ, thôi từ ngày", 70, PaperSide.Left), new("Tách thành", 50, PaperSide.Left), new("Tính vào", 40, PaperSide.Left)],
            report.Splits.Select((split, index) => new PaperRow([
                new($"{index + 1}"), new($"{split.Name}, {Vietnamese.Day(split.Day)}"), new(split.Successors), new(split.Becomes.Length > 0 ? split.Becomes : "ngoài địa bàn"),
            ])), AppendixSize);

        PaperRow Row(string number, string name, IEnumerable<BridgeRow> given) => new([
            new(number), new(name), .. figures.Select(figure => new PaperCell(Vietnamese.Number(given.Where(row => row.Figure == figure.Figure).Sum(row => row.Value)))),
        ]);
    }

    /// <summary>The columns of a form count one thing for several periods, and its rows say themselves what they count.</summary>
    private PaperTable Rules() => new(
        [new("TT", 10, PaperSide.Centre), new("Chỉ tiêu", 60, PaperSide.Left), new("Cách tính", 100, PaperSide.Left)],
        report.Figures.DistinctBy(figure => (figure.Caption, figure.Rule)).Select((figure, index) => new PaperRow([new($"{index + 1}"), new(figure.Caption), new(figure.Rule)])), AppendixSize);

    private PaperTable Checks() => new(
        [new("TT", 10, PaperSide.Centre), new("Nội dung kiểm tra", 62, PaperSide.Left), new("Kết quả", 22, PaperSide.Centre), new("Chi tiết", 76, PaperSide.Left)],
        Proved.Select((check, index) => new PaperRow([new($"{index + 1}"), new(check.Caption), new(check.Ok ? "Đạt" : "KHÔNG ĐẠT"), new(check.WithoutPeople ?? check.Detail)], Bold: !check.Ok)), AppendixSize);

    private IEnumerable<PaperList> Lists()
    {
        var lists = ListPlan.Make(report);
        foreach (var list in lists.Sheets)
        {
            var figures = list.Figures;
            yield return new($"Danh sách {list.Number}",
            [
                new PaperTurn(IsAcross(list.Evidence.Columns)),
                new PaperHeading($"{string.Join("; ", figures.Select(figure => figure.Caption).Distinct().Take(MostNamed))}: {Vietnamese.Number(figures[0].Value)} {figures[0].CountedIn}", 1),
                new PaperWords($"{report.Unit.Name}; {PlacedFigure.WhenOf(figures[0]).Replace('\n', ' ')}. Cách tính: {figures[0].Rule}", WordsLook.Note),
                ListTable(list.Evidence),
            ]);
        }
    }

    private static bool IsAcross(IReadOnlyList<EvidenceColumn> columns) => columns.Sum(column => column.Width) > WidestUpright;

    private static PaperTable ListTable(Evidence evidence) => new(
        [new("TT", 6, PaperSide.Centre), .. evidence.Columns.Select(column => new PaperColumn(column.Caption, Math.Max(column.Width, column.Kind == EvidenceKind.Text ? NarrowestColumn : DateColumn) + 2, column.Kind switch { EvidenceKind.Text => PaperSide.Left, EvidenceKind.Number => PaperSide.Right, _ => PaperSide.Centre }))],
        evidence.Rows().Select((row, index) => new PaperRow([new($"{index + 1}"), .. row.Select(value => new PaperCell(Written(value)))])), ListSize);

    private static string Written(object? value) => value switch
    {
        null => "",
        DateOnly day => Vietnamese.Day(day),
        int number => Vietnamese.Number(number),
        long number => Vietnamese.Number(number),
        _ => $"{value}",
    };

    private static string Lower(string text) => string.Concat(char.ToLowerInvariant(text[0]).ToString(), text.AsSpan(1));
}
