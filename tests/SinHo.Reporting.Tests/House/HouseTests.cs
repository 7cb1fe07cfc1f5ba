using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace SinHo.Reporting.Tests.House;

/// <summary>The library is built as docs/architecture.md says, and the repository needs nothing beside it.</summary>
public sealed partial class HouseTests
{
    private const string Root = "SinHo.Reporting";

    [Fact]
    public void Rooms_use_only_the_rooms_that_the_document_names()
    {
        var named = Rows().Matches(SourceTree.Read("docs", "architecture.md")).ToDictionary(
            row => row.Groups["room"].Value, row => Names().Matches(row.Groups["uses"].Value).Select(name => name.Groups["name"].Value).ToList(), StringComparer.Ordinal);
        var arrows = Arrows();
        Assert.Equal(arrows.Keys.Order(StringComparer.Ordinal), named.Keys.Order(StringComparer.Ordinal));

        var wrong = arrows.SelectMany(room => room.Value.Where(used => !Below(room.Key).Contains(used.Key)).Select(used => $"{room.Key} uses {used.Key} in {used.Value}"));
        Assert.Empty(wrong);

        var cycles = named.Keys.Where(room => Below(room).Contains(room));
        Assert.Empty(cycles);

        HashSet<string> Below(string room)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>(named[room]);
            while (open.TryPop(out var next))
            {
                if (found.Add(next))
                    named[next].ForEach(open.Push);
            }
            return found;
        }
    }

    [Fact]
    public void The_library_does_not_know_its_samples_or_the_program()
    {
        using var library = AssemblyDefinition.ReadAssembly(typeof(JobStep).Assembly.Location);
        Assert.DoesNotContain(library.MainModule.AssemblyReferences, reference => reference.Name is "SinHo.Reporting.Samples" or "sinho");
    }

    /// <summary>
    /// What writes holds an NpgsqlDataSource, which is always the primary; what only reads holds a StatisticsSource, which gives nothing but
    /// snapshots that cannot write. Nobody makes the one of the other but those who must read what they are about to write.
    /// </summary>
    [Fact]
    public void Whatever_only_reads_may_be_answered_by_a_standby()
    {
        string[] readTheRegisterItself =
        [
            // The one way from a data source to a snapshot, by other names.
            "SinHo.Reporting.Facts.Snapshot", "SinHo.Reporting.Reports.ReportBuilder",
            // Compare with what their own transaction is about to change, or sign it.
            "SinHo.Reporting.Reports.MovedFigures", "SinHo.Reporting.Signing.SignDesk",
            // A database of its own, restored on trial.
            "SinHo.Reporting.Backups.IssuedComparison",
        ];
        using var library = AssemblyDefinition.ReadAssembly(typeof(JobStep).Assembly.Location);
        using var program = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, "sinho.dll"));
        var calls = (from type in library.MainModule.GetAllTypes().Concat(program.MainModule.GetAllTypes())
                     from method in type.Methods
                     where method.HasBody
                     from step in method.Body.Instructions
                     let called = step.Operand as MethodReference
                     where called is not null
                     select (By: Outer(type), Called: called)).ToList();

        Assert.Empty(calls.Where(call => call.Called.Parameters is [{ ParameterType.FullName: "Npgsql.NpgsqlDataSource" }, ..] && call.Called.DeclaringType.FullName switch
        {
            "SinHo.Reporting.Facts.StatisticsSource" => call.Called.Name == ".ctor" && call.Called.Parameters.Count == 1,
            "SinHo.Reporting.Facts.Snapshot" => call.Called.Name == "TakeAsync",
            "SinHo.Reporting.Reports.ReportBuilder" => call.Called.Name == ".ctor",
            _ => false,
        }).Select(call => call.By).Except(readTheRegisterItself));
        // A session of a standby is never seen: it comes wrapped in the sessions of a snapshot, which are read-only.
        Assert.Equal(["SinHo.Reporting.Facts.ViewSessions"], calls.Where(call => call.Called is { Name: "OpenAsync", DeclaringType.FullName: "SinHo.Reporting.Facts.StatisticsSource" }).Select(call => call.By).Distinct());
        // Who asks for figures and lists holds nothing that can be written to.
        Assert.Equal(
            ["SinHo.Reporting.Reports.MovedFigures", "SinHo.Reporting.Reports.ReportBuilder", "SinHo.Reporting.Reports.SettingTable"],
            library.MainModule.GetAllTypes().Where(type => type.Namespace == "SinHo.Reporting.Reports" || Outer(type).StartsWith("SinHo.Reporting.Reports.", StringComparison.Ordinal))
                .Where(type => type.Methods.Any(method => method.Parameters.Any(parameter => parameter.ParameterType.FullName == "Npgsql.NpgsqlDataSource")))
                .Select(Outer).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Outer(TypeDefinition type)
    {
        while (type.DeclaringType is { } declaring)
            type = declaring;
        return type.FullName;
    }

    [Fact]
    public void Nothing_names_a_place_outside_the_repository()
    {
        // Written so that this file does not name them either.
        string[] outside = ["../" + "shared", "/work" + "/", "domain" + "/statistics", "domain" + "/peers"];
        var texts = SourceTree.Files().Where(path => Path.GetExtension(path) is ".cs" or ".razor" or ".sql" or ".yaml" or ".md" or ".sh" or ".props" or ".csproj" or ".json" or "");
        Assert.Empty(texts.SelectMany(path => outside.Where(SourceTree.Read(path).Contains).Select(name => $"{path}: {name}")));
    }

    [Fact]
    public void Links_of_the_documents_lead_somewhere()
    {
        var broken = SourceTree.Files().Where(path => path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(path =>
            Links().Matches(SourceTree.Read(path)).Select(link => link.Groups["place"].Value)
                .Where(link => !link.Contains(':', StringComparison.Ordinal) && !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(path)!, link)))
                .Select(link => $"{path}: {link}"));
        Assert.Empty(broken);
    }

    /// <summary>For each room the other rooms it uses, with a type that does.</summary>
    private static Dictionary<string, Dictionary<string, string>> Arrows()
    {
        using var library = AssemblyDefinition.ReadAssembly(typeof(JobStep).Assembly.Location);
        var arrows = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in library.MainModule.GetAllTypes())
        {
            if (RoomOf(type) is not { } room)
                continue;
            var used = arrows.TryGetValue(room, out var known) ? known : arrows[room] = new(StringComparer.Ordinal);
            foreach (var other in UsedBy(type).Select(RoomOf).OfType<string>().Where(other => other != room))
                used.TryAdd(other, type.FullName);
        }
        return arrows;
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> seen = [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
            .. type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables.Select(variable => variable.VariableType)
                .Concat(method.Body.Instructions.SelectMany(step => InOperand(step.Operand)))),
        ];
        return seen.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> InOperand(object? operand) => operand switch
    {
        MethodReference method => [method.DeclaringType, method.ReturnType, .. (method as GenericInstanceMethod)?.GenericArguments ?? []],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    /// <summary>A type and those it is made of: List of Report is both.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    /// <summary>Null for what belongs to no room: other libraries, and the few types at the root.</summary>
    private static string? RoomOf(TypeReference type)
    {
        var outer = type;
        while (outer.DeclaringType is { } declaring)
            outer = declaring;
        return outer.Namespace.StartsWith($"{Root}.", StringComparison.Ordinal) ? outer.Namespace.Split('.')[2] : null;
    }

    [GeneratedRegex(@"^\| `(?<room>\w+)/` \| (?<uses>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`", RegexOptions.None, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\]\((?<place>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
