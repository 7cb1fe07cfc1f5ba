using System.Text.Json;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Tests.Facts;
using SinHo.Reporting.Tests.House;
using Xunit;

namespace SinHo.Reporting.Tests.Catalog;

/// <summary>The schemas that editors show are those of the types the files are read into.</summary>
public sealed class DefinitionSchemasTests
{
    [Fact]
    public async Task Schemas_in_the_documents_are_those_of_the_readers()
    {
        var kinds = DefinitionSchemas.Kinds.Append(new("cases.schema.json", typeof(List<IndicatorCase>)));
        foreach (var (name, type) in kinds)
        {
            var path = Path.Combine(SourceTree.Root, "docs", "schemas", name);
            var schema = DefinitionSchemas.Of(type);
            if (Environment.GetEnvironmentVariable("SINHO_ACCEPT_GOLDEN") == "1")
                await File.WriteAllTextAsync(path, schema, TestContext.Current.CancellationToken);
            Assert.Equal(File.Exists(path) ? SourceTree.Read("docs", "schemas", name) : "", schema);
        }
    }

    [Fact]
    public void Editors_are_told_of_every_schema()
    {
        var told = JsonElement.Parse(SourceTree.Read(".vscode", "settings.json")).GetProperty("yaml.schemas").EnumerateObject().Select(one => Path.GetFileName(one.Name));
        Assert.Equal(Directory.GetFiles(Path.Combine(SourceTree.Root, "docs", "schemas")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }
}
