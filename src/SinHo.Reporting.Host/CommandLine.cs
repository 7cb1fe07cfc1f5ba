using System.CommandLine;
using System.Net.Sockets;
using Npgsql;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host;

/// <summary>Parses the words, runs the verb, and turns whatever goes wrong into one Vietnamese sentence and an exit code.</summary>
public static class CommandLine
{
    private const int NoSpace = 28;

    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancel)
    {
        if (HelpPage.IsAsked(args))
        {
            HelpPage.Write(root, args, Console.Out);
            return ExitCode.Done;
        }
        var words = root.Parse(args);
        if (words.Errors.Count > 0)
        {
            foreach (var problem in Problems(words).Distinct())
                await Console.Error.WriteLineAsync(problem);
            await Console.Error.WriteLineAsync($"Xem cách dùng: sinho {(words.CommandResult.Command is RootCommand ? "" : words.CommandResult.Command.Name + " ")}--help");
            return ExitCode.Usage;
        }
        using var timings = words.GetValue(CommonOptions.Timings) ? new Timings() : null;
        try
        {
            return await words.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancel);
        }
        catch (Exception problem)
        {
            var (exit, sentence) = Explain(problem, cancel);
            await Console.Error.WriteLineAsync(sentence);
            return exit;
        }
        finally
        {
            timings?.Print(Console.Error);
        }
    }

    private static IEnumerable<string> Problems(ParseResult words)
    {
        var names = words.CommandResult.Command.Options.Select(option => option.Name)
            .Concat(words.CommandResult.Command.Subcommands.Select(command => command.Name)).ToList();
        foreach (var word in words.UnmatchedTokens)
        {
            var nearest = NearestWord.To(word, names);
            yield return nearest is null ? $"Không hiểu “{word}”." : $"Không hiểu “{word}”. Có phải “{nearest}”?";
        }
        if (words.UnmatchedTokens.Count > 0)
            yield break;
        foreach (var option in words.CommandResult.Command.Options.Where(option => words.GetResult(option) is { Errors: var errors } && errors.Any()))
            yield return $"Giá trị của {option.Name} không hợp lệ hoặc còn thiếu{(option.HelpName is null ? "" : $" (cần {option.HelpName})")}.";
        foreach (var argument in words.CommandResult.Command.Arguments.Where(argument => words.GetResult(argument) is not { Tokens.Count: > 0 }))
            yield return $"Thiếu {argument.HelpName ?? argument.Name}.";
        if (words.CommandResult.Command is RootCommand)
            yield return "Thiếu lệnh.";
    }

    private static (int Exit, string Sentence) Explain(Exception problem, CancellationToken cancel) => problem switch
    {
        RefusalException refusal => (ExitCode.Of(refusal.Kind), refusal.Message),
        _ when cancel.IsCancellationRequested => (ExitCode.Cancelled, "Đã dừng theo yêu cầu; không có gì bị ghi dở dang."),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => (ExitCode.Failure, "Ổ đĩa của cơ sở dữ liệu đã đầy; hãy giải phóng dung lượng rồi chạy lại. Dữ liệu cũ còn nguyên."),
        PostgresException { SqlState: "28P01" or "28000" } => (ExitCode.NoDatabase, "Cơ sở dữ liệu từ chối tài khoản hoặc mật khẩu trong chuỗi kết nối."),
        PostgresException { SqlState: "3D000" } database => (ExitCode.NoDatabase, $"Không có cơ sở dữ liệu như trong chuỗi kết nối: {database.MessageText}."),
        PostgresException database => (ExitCode.Failure, $"Cơ sở dữ liệu báo lỗi {database.SqlState}: {database.MessageText}"),
        NpgsqlException { InnerException: SocketException or TimeoutException or EndOfStreamException or IOException } or NpgsqlException =>
            (ExitCode.NoDatabase, $"Không kết nối được cơ sở dữ liệu: {problem.Message} Hãy kiểm tra PostgreSQL đang chạy và chuỗi kết nối."),
        IOException { HResult: NoSpace } => (ExitCode.Failure, "Ổ đĩa đã đầy; hãy giải phóng dung lượng rồi chạy lại. Không có tệp nào bị ghi dở dang."),
        DirectoryNotFoundException => (ExitCode.Failure, $"Không có thư mục để ghi tệp; hãy tạo thư mục hoặc nêu thư mục khác ({problem.Message})"),
        UnauthorizedAccessException => (ExitCode.Failure, $"Không có quyền đọc hoặc ghi: {problem.Message}"),
        IOException => (ExitCode.Failure, $"Không đọc hoặc ghi được tệp: {problem.Message}"),
        _ => (ExitCode.Failure, $"Lỗi ngoài dự kiến ({problem.GetType().Name}): {problem.Message}"),
    };
}
