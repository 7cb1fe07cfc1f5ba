using System.CommandLine;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho generate: an invented register of any size, for trials; into a workbook, or into the register while that is empty.</summary>
public static class GenerateVerb
{
    public static Command Command()
    {
        var organisations = Size("--organisations", "Số tổ chức đảng, mọi cấp", 350);
        var members = Size("--members", "Số đảng viên", 3_900);
        var years = Size("--years", "Số năm lịch sử, kết thúc ngày 31/12/2020", 6);
        var seed = Size("--seed", "Hạt giống: cùng hạt giống cho cùng một sổ", 1);
        var reform = new Option<bool>("--through-reform") { Description = "Các huyện của một tỉnh, sống tiếp đến 31/10/2026 qua đợt sắp xếp ngày 01/07/2025" };
        var file = new Option<string?>("--out") { Description = "Ghi thành sổ trao đổi thay vì nhập vào sổ đăng ký", HelpName = "FILE.xlsx" };
        var command = new Command("generate", "Tạo một sổ đăng ký giả lập cỡ bất kỳ để thử; người và tổ chức đều bịa") { organisations, members, years, seed, reform, file };
        command.SetAction(async (words, cancel) =>
        {
            var source = new SyntheticRegister(
                Positive(words, organisations), Positive(words, members), Positive(words, years), words.GetValue(seed), words.GetValue(reform));
            if (words.GetValue(file) is { } path)
            {
                RegisterWorkbook.Write(path, Rows(source), cancel);
                await Console.Error.WriteLineAsync($"Đã ghi sổ trao đổi: {Path.GetFullPath(path)}");
                return ExitCode.Done;
            }
            await using var place = await Workplace.OpenAsync(words, cancel);
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
