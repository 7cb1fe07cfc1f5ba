using System.CommandLine;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho generate: an invented register of any size, for trials; into a workbook, or into the register while that is empty.</summary>
public static class GenerateVerb
{
    /// <summary>A province has at least a district.</summary>
    private const int OrganisationsOfProvince = 350;

    public static Command Command()
    {
        var organisations = Size("--organisations", "Số tổ chức đảng, mọi cấp", 350);
        var members = Size("--members", "Số đảng viên", 3_900);
        var years = Size("--years", "Số năm lịch sử, kết thúc ngày 31/12/2020", 6);
        var seed = Size("--seed", "Hạt giống: cùng hạt giống cho cùng một sổ", 1);
        var reform = new Option<bool>("--through-reform") { Description = "Các huyện của một tỉnh, sống tiếp đến 31/10/2026 qua đợt sắp xếp ngày 01/07/2025" };
        var provinces = new Option<int>("--provinces") { Description = "Chia các huyện vào bấy nhiêu tỉnh (không nêu: không có cấp tỉnh)", HelpName = "N" };
        var direct = new Option<bool>("--direct") { Description = "Ghi thẳng vào sổ trống, không qua kiểm tra từng dòng của lần nhập và không hoàn tác được: cho sổ cỡ tỉnh, cả nước" };
        var file = new Option<string?>("--out") { Description = "Ghi thành sổ trao đổi thay vì nhập vào sổ đăng ký", HelpName = "FILE.xlsx" };
        var command = new Command("generate", "Tạo một sổ đăng ký giả lập cỡ bất kỳ để thử; người và tổ chức đều bịa") { organisations, members, years, seed, reform, provinces, direct, file };
        command.SetAction(async (words, cancel) =>
        {
            if (words.GetValue(provinces) < 0 || words.GetValue(provinces) > Math.Max(1, words.GetValue(organisations) / OrganisationsOfProvince))
                throw new UsageException($"--provinces từ 0 đến số huyện của sổ: mỗi huyện khoảng {OrganisationsOfProvince} tổ chức.");
            var source = new SyntheticRegister(
                Positive(words, organisations), Positive(words, members), Positive(words, years), words.GetValue(seed), words.GetValue(reform), words.GetValue(provinces));
            if (words.GetValue(file) is { } path)
            {
                if (words.GetValue(direct))
                    throw new UsageException("--direct ghi vào sổ đăng ký, nên không đi cùng --out.");
                RegisterWorkbook.Write(path, Rows(source), cancel);
                await Console.Error.WriteLineAsync($"Đã ghi sổ trao đổi: {Path.GetFullPath(path)}");
                return ExitCode.Done;
            }
            await using var place = await Workplace.OpenAsync(words, cancel);
            if (words.GetValue(direct))
            {
                var filled = await new RegisterFill(place.ConnectionString).RunAsync(source.Parts(), source.Districts, "sổ giả lập", Environment.UserName, place.Steps, cancel);
                place.Steps.Clear();
                return ImportVerb.Show(filled, dryRun: false);
            }
            if (!await Sample.IsEmptyAsync(place, cancel))
                throw new UsageException("Sổ đăng ký đã có dữ liệu; sổ giả lập chỉ nhập vào sổ trống. Hãy dùng --data THƯ MỤC khác hoặc --out FILE.xlsx.");
            var outcome = await ImportVerb.RunAsync(place, source, null, dryRun: false, cancel);
            return ImportVerb.Show(outcome, dryRun: false);
        });
        return command;
    }

    private static Option<int> Size(string name, string says, int usual) =>
        new(name) { Description = $"{says} (không nêu: {usual})", HelpName = "N", DefaultValueFactory = _ => usual };

    private static int Positive(ParseResult words, Option<int> option) =>
        words.GetValue(option) is > 0 and var value ? value : throw new UsageException($"{option.Name} phải lớn hơn 0.");

    /// <summary>The rows of a generated source under their definitions; it has every column in order.</summary>
    private static IEnumerable<(SheetDefinition Sheet, IEnumerable<object?[]> Rows)> Rows(SyntheticRegister source) =>
        source.Sheets().Select(sheet => (ExchangeWorkbook.Sheets.First(known => known.Name == sheet.Name), sheet.Rows.Select(row => row.Cells.ToArray())));
}
