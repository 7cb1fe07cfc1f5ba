using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host;

/// <summary>Help in Vietnamese: all verbs, or one verb with its options.</summary>
public static class HelpPage
{
    private static readonly string[] Words = ["--help", "-h", "-?"];

    public static bool IsAsked(string[] args) => args.Length == 0 || args[0] == "help" || args.Any(Words.Contains);

    public static void Write(RootCommand root, string[] args, TextWriter to)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Description = "Xem cách dùng của lệnh";
        var verb = root.Subcommands.FirstOrDefault(command => args.Contains(command.Name));
        if (verb is null)
            WriteAll(root, to);
        else if (verb.Subcommands.FirstOrDefault(command => args.Contains(command.Name)) is { } part)
            WriteOne(root, part, $"{verb.Name} {part.Name}", to);
        else
            WriteOne(root, verb, verb.Name, to);
    }

    private static void WriteAll(RootCommand root, TextWriter to)
    {
        to.WriteLine(root.Description);
        to.WriteLine();
        to.WriteLine("Cách dùng: sinho LỆNH [tùy chọn]      (sinho LỆNH --help: chi tiết từng lệnh)");
        to.WriteLine();
        to.WriteLine("Các lệnh:");
        WriteTable(to, root.Subcommands.Select(command => ($"{command.Name} {Arguments(command)}".TrimEnd(), command.Description)));
        WriteOptions("Tùy chọn chung:", root.Options.Where(option => option.Recursive), to);
        to.WriteLine();
        to.WriteLine("Bắt đầu: sinho demo");
    }

    private static void WriteOne(RootCommand root, Command verb, string name, TextWriter to)
    {
        to.WriteLine(verb.Description);
        to.WriteLine();
        to.WriteLine($"Cách dùng: sinho {name} {Arguments(verb)} [tùy chọn]".Replace("  ", " ", StringComparison.Ordinal));
        if (verb.Arguments.Count > 0)
        {
            to.WriteLine();
            WriteTable(to, verb.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description)));
        }
        if (verb.Subcommands.Count > 0)
        {
            to.WriteLine();
            WriteTable(to, verb.Subcommands.Select(part => ($"{part.Name} {Arguments(part)}".TrimEnd(), part.Description)));
        }
        WriteOptions("Tùy chọn:", verb.Options, to);
        WriteOptions("Tùy chọn chung:", root.Options.Where(option => option.Recursive), to);
    }

    private static void WriteOptions(string title, IEnumerable<Option> options, TextWriter to)
    {
        var shown = options.Where(option => !option.Hidden).ToList();
        if (shown.Count == 0)
            return;
        to.WriteLine();
        to.WriteLine(title);
        WriteTable(to, shown.Select(option => ($"{option.Name} {(option.ValueType == typeof(bool) ? "" : option.HelpName)}".TrimEnd(), option.Description)));
    }

    private static void WriteTable(TextWriter to, IEnumerable<(string Name, string? Says)> rows)
    {
        var all = rows.ToList();
        var width = all.Max(row => row.Name.Length);
        foreach (var (name, says) in all)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name.PadRight(width)}  {says}"));
    }

    private static string Arguments(Command command) => string.Join(' ', command.Arguments.Select(argument => argument.HelpName ?? argument.Name));
}
