using System.Globalization;
using SinHo.Reporting.Benchmarks;

// Tables in Markdown on standard output, steps on standard error. How to read them: docs/benchmarks.md.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
if (args.Contains("--ratios"))
{
    // Of the program as it is installed: --program out/sinho, where ./sinho publish out made it.
    var program = args.SkipWhile(word => word != "--program").Skip(1).FirstOrDefault() ?? throw new InvalidOperationException("--ratios needs --program PATH: what ./sinho publish made.");
    var runs = int.Parse(args.SkipWhile(word => word != "--runs").Skip(1).FirstOrDefault() ?? "5", CultureInfo.InvariantCulture);
    var (isSmoke, place) = (args.Contains("--smoke"), Directory.CreateTempSubdirectory("sinho-ratios-").FullName);
    try
    {
        Table.Print("Against others, in one run", RatioBenchmark.Captions, await new RatioBenchmark(new(Path.GetFullPath(program)), isSmoke ? 1 : runs, place).RunAsync(isSmoke ? 1 : 10, isSmoke ? 2 : 130, args.SkipWhile(word => word != "--only").Skip(1).FirstOrDefault(), stop.Token));
    }
    finally
    {
        Directory.Delete(place, recursive: true);
    }
    Console.WriteLine(Machine.Describe());
    return;
}
if (args.Contains("--standbys"))
{
    var isShort = args.Contains("--smoke");
    Table.Print("Readers of standbys", ["Standbys", "Pages a second", "Times one"], await StandbyBenchmark.RunAsync(TimeSpan.FromSeconds(isShort ? 5 : 20), isShort ? 1 : 3, stop.Token));
    Console.WriteLine(Machine.Describe());
    return;
}
if (args.Contains("--service"))
{
    var program = args.SkipWhile(word => word != "--program").Skip(1).FirstOrDefault() ?? throw new InvalidOperationException("--service needs --program PATH: what ./sinho publish made.");
    var (isSmoke, place) = (args.Contains("--smoke"), Directory.CreateTempSubdirectory("sinho-service-").FullName);
    await using var served = await TemporaryRegister.StartAsync(stop.Token);
    await served.ImportAsync(TemporaryRegister.Districts(isSmoke ? Sizes.Smoke : Sizes.Full, 1), stop.Token);
    await served.SettleAsync(stop.Token);
    var service = new ServiceBenchmark(Path.GetFullPath(program), served, place);
    try
    {
        Table.Print("The sheets of a month for every unit", ServiceBenchmark.WorkerCaptions, await service.WorkersAsync(isSmoke ? 1 : 3, stop.Token));
        var (pages, memory) = await service.ReadersAsync(isSmoke ? TimeSpan.FromSeconds(15) : TimeSpan.FromMinutes(10), stop.Token);
        Table.Print("Fifty readers, a page every three seconds, and five reports a minute", ServiceBenchmark.ReaderCaptions, pages);
        Console.WriteLine(memory);
    }
    finally
    {
        Directory.Delete(place, recursive: true);
    }
    Console.WriteLine(await Machine.DescribeAsync(served.Database, stop.Token));
    return;
}
if (args.Contains("--wide"))
{
    // A nation that was made before (sinho generate --direct with the sizes of here) can be named: --nation "Host=…".
    var program = args.SkipWhile(word => word != "--program").Skip(1).FirstOrDefault() ?? throw new InvalidOperationException("--wide needs --program PATH: what ./sinho publish made.");
    var (isSmoke, made) = (args.Contains("--smoke"), args.SkipWhile(word => word != "--nation").Skip(1).FirstOrDefault());
    var wide = isSmoke ? new WideBenchmark(4, 2, 350, 300, runs: 1) : new WideBenchmark(1_000, 63, 350, 5_600, runs: 5);
    var place = Directory.CreateTempSubdirectory("sinho-wide-").FullName;
    await using var nation = made is null ? await TemporaryRegister.StartAsync(stop.Token) : TemporaryRegister.At(made);
    try
    {
        if (made is null)
            Console.WriteLine(FormattableString.Invariant($"filled in {await wide.FillAsync(nation, isSmoke ? 4 : 1_000, isSmoke ? 2 : 63, stop.Token):0.0} s\n"));
        if (!args.Contains("--whole"))
            Table.Print("One district among more and more", WideBenchmark.GrowthCaptions, await wide.GrowthAsync(nation, stop.Token));
        Table.Print("The whole and its parts", WideBenchmark.Captions, await wide.RunAsync(nation, Path.GetFullPath(program), place, stop.Token));
    }
    finally
    {
        Directory.Delete(place, recursive: true);
    }
    Console.WriteLine(await Machine.DescribeAsync(nation.Database, stop.Token));
    return;
}
if (args.Contains("--living"))
{
    await using var searched = await TemporaryRegister.StartAsync(stop.Token);
    var size = args.Contains("--smoke") ? Sizes.Smoke : Sizes.Search;
    await SearchBenchmark.FillAsync(searched, size, stop.Token);
    Table.Print(
        "Search in a large register",
        ["People", "Account of", "Searches", "Median, ms", "Slowest, ms", "Which"],
        await SearchBenchmark.RunAsync(searched, size, stop.Token));
    Table.Print(
        "Events saved in a large register",
        ["People", "Account of", "Kinds of events", "Median, ms", "Slowest, ms", "Which"],
        await EventBenchmark.RunAsync(searched, size, stop.Token));
    Table.Print(
        "Pages of fifty readers in a large register",
        ["People", "Page", "Asked for", "Median, ms", "95 of 100 within, ms", "Slowest, ms"],
        await PageBenchmark.RunAsync(searched, TimeSpan.FromSeconds(args.Contains("--smoke") ? 4 : 60), stop.Token));
    Console.WriteLine(await Machine.DescribeAsync(searched.Database, stop.Token));
    return;
}
var sizes = args.Contains("--smoke") ? Sizes.Smoke : args.Contains("--lists") ? Sizes.Lists : Sizes.Full;
Table.Print("Import", ["Districts", "Members", "Memberships", "Rows of all sheets", "Seconds", "Rows per second"], await ImportBenchmark.RunAsync(sizes, stop.Token));
await using var register = await TemporaryRegister.StartAsync(stop.Token);
Table.Print(
    "Term report of one unit in a growing register",
    ["Districts", "Members in the register", "District: figures, ms", "District: figures, evidence, workbook, ms", "Commune: figures, ms"],
    await ReportBenchmark.RunAsync(register, sizes, stop.Token));
Table.Print(
    "Evidence of one figure, from the database to a workbook",
    ["Rows", "Seconds", "Memory before, MiB", "Peak memory, MiB"],
    await EvidenceBenchmark.RunAsync(register, sizes, stop.Token));
Table.Print(
    "A whole list as a page asks for it, sorted, from the database to a workbook",
    ["Rows", "Seconds", "Memory before, MiB", "Peak memory, MiB"],
    await EvidenceBenchmark.ListAsync(register, sizes, stop.Token));
Console.WriteLine(await Machine.DescribeAsync(register.Database, stop.Token));
