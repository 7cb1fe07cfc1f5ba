using System.Text.Json;
using System.Text.Json.Nodes;

namespace SinHo.Reporting.Events;

/// <summary>One event while somebody types it: texts as they stand in the boxes of a form. What they mean is judged where a file of events is.</summary>
public sealed class EventDraft
{
    /// <summary>By field, of those of one value.</summary>
    public IDictionary<string, string> Boxes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Codes, of the field that holds several.</summary>
    public IList<string> Members { get; init; } = [];

    /// <summary>By caption, of the field that holds a record.</summary>
    public IDictionary<string, string> Record { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Texts of the natural key, of the field that holds one; null where blank.</summary>
    public IReadOnlyList<string?> Key { get; set; } = [];

    /// <summary>Rows of sheets as JSON, of the field that holds several.</summary>
    public IList<string> Rows { get; init; } = [];

    public string? Text(string field) => Boxes.TryGetValue(field, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>A box is ticked.</summary>
    public bool Is(string field) => Text(field) == Ticked;

    /// <summary>What a ticked box holds.</summary>
    public const string Ticked = "Có";

    /// <summary>The drafts as a file of events, in their order.</summary>
    /// <returns>UTF-8 JSON; see docs/spec/command-line.md, EVENTS.json.</returns>
    public static byte[] File(params IEnumerable<(EventKind Kind, EventDraft Draft)> drafts) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["entries"] = new JsonArray([.. drafts.Select(one => one.Draft.Entry(one.Kind))]) });

    private JsonObject Entry(EventKind kind)
    {
        var entry = new JsonObject { ["event"] = kind.Name };
        foreach (var field in kind.Fields)
        {
            switch (field.Shape)
            {
                case FieldShape.Codes:
                    // A list of nobody is a box left blank.
                    if (Members.Count > 0)
                        entry[field.Name] = new JsonArray([.. Members.Select(code => (JsonNode)code)]);
                    break;
                case FieldShape.Rows:
                    if (Rows.Count > 0)
                        entry[field.Name] = new JsonArray([.. Rows.Select(row => JsonNode.Parse(row))]);
                    break;
                case FieldShape.Key:
                    entry[field.Name] = new JsonArray([.. Key.Select(part => (JsonNode?)part)]);
                    break;
                case FieldShape.Record:
                    // A record left blank is said too: what is missing of somebody new is then told box by box.
                    if (Record.Count > 0 || field.Name == "record")
                        entry[field.Name] = new JsonObject(Record.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, string.IsNullOrWhiteSpace(pair.Value) ? null : (JsonNode)pair.Value.Trim())));
                    break;
                default:
                    if (Text(field.Name) is { } text)
                        entry[field.Name] = text;
                    else if (field is { IsRequired: true, Column.Kind: Register.ColumnKind.Boolean })
                        entry[field.Name] = false;
                    break;
            }
        }
        return entry;
    }
}
