using System.Diagnostics;
using System.Globalization;

namespace SinHo.Reporting.Host;

/// <summary>What --timings prints: the spans of one verb as a tree, each line with its seconds, those no line below it tells of, and how often.</summary>
public sealed class Timings : IDisposable
{
    private static readonly Dictionary<string, string> Captions = new(StringComparer.Ordinal)
    {
        [Spans.Starting] = "Mở cơ sở dữ liệu và định nghĩa",
        [Spans.Reading] = "Đọc tệp",
        [Spans.Comparing] = "So với sổ đăng ký",
        [Spans.Rules] = "Kiểm tra",
        [Spans.Figures] = "Đếm số liệu",
        [Spans.Evidence] = "Đọc danh sách",
        [Spans.Writing] = "Lập và ghi tệp",
        [Spans.Saving] = "Ghi vào sổ đăng ký",
    };

    private readonly Lock gate = new();
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly ActivityListener listener;
    private readonly Node root = new("");

    public Timings()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Prints the tree, with what the process took from its own start on.</summary>
    public void Print(TextWriter to)
    {
        var whole = DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var before = whole - Stopwatch.GetElapsedTime(begun);
        to.WriteLine($"{"Thời gian, giây",-52} {"cả thảy",8} {"riêng",8} {"lần",6}");
        Line(to, 0, "Chương trình khởi động", before, before, 1);
        lock (gate)
        {
            foreach (var child in root.Children)
                Print(to, child, 0);
        }
        Line(to, 0, "Cả tiến trình", whole, whole - before - root.Inner, 1);
    }

    public void Dispose() => listener.Dispose();

    private static void Print(TextWriter to, Node node, int depth)
    {
        Line(to, depth, node.Name, node.Whole, node.Whole - node.Inner, node.Times);
        foreach (var child in node.Children)
            Print(to, child, depth + 1);
    }

    /// <param name="own">Of steps that ran side by side their sum may be more than the whole: then nothing is left of its own.</param>
    private static void Line(TextWriter to, int depth, string name, TimeSpan whole, TimeSpan own, int times) => to.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{new string(' ', 2 * depth) + name,-52} {whole.TotalSeconds,8:0.000} {Math.Max(own.TotalSeconds, 0),8:0.000} {times,6}"));

    private void Stopped(Activity span)
    {
        lock (gate)
        {
            var node = Place(span);
            node.Whole += span.Duration;
            node.Times++;
        }
    }

    private Node Place(Activity span)
    {
        var above = span.Parent is { } parent ? Place(parent) : root;
        var name = Captions.GetValueOrDefault(span.OperationName, span.OperationName);
        if (span.GetTagItem(Spans.WhichTag) is string which)
            name = which;
        if (above.Children.Find(child => child.Name == name) is { } known)
            return known;
        var made = new Node(name);
        above.Children.Add(made);
        return made;
    }

    private sealed class Node(string name)
    {
        public string Name => name;
        public TimeSpan Whole { get; set; }
        public int Times { get; set; }
        public List<Node> Children { get; } = [];
        public TimeSpan Inner => Children.Aggregate(TimeSpan.Zero, (sum, child) => sum + child.Whole);
    }
}
