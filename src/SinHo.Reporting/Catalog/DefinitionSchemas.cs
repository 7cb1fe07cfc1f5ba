using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace SinHo.Reporting.Catalog;

/// <summary>JSON Schemas of the definition files, made from the very types they are read into, for the completion and the red lines of an editor.</summary>
internal static class DefinitionSchemas
{
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>File name below docs/schemas, and the type that files of that kind are read into.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["indicators.schema.json"] = typeof(SetFile),
        ["report.schema.json"] = typeof(ReportFile),
    };

    /// <returns>The text of the schema, with a line feed at its end.</returns>
    public static string Of(Type type)
    {
        var schema = Names.GetJsonSchemaAsNode(type, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = static (_, node) =>
            {
                if (node is JsonObject shape && shape.ContainsKey("properties"))
                    shape["additionalProperties"] = false;
                return node;
            },
        });
        return schema.ToJsonString(Names) + "\n";
    }
}
