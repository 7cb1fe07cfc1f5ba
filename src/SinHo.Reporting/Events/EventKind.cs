using SinHo.Reporting.Register;
using static SinHo.Reporting.Register.ExchangeWorkbook;

namespace SinHo.Reporting.Events;

/// <summary>What a field of an event holds.</summary>
internal enum FieldShape
{
    /// <summary>One value, read like a cell of its column.</summary>
    Value,

    /// <summary>Member codes.</summary>
    Codes,

    /// <summary>Values of a sheet by caption.</summary>
    Record,

    /// <summary>The natural key of a row of a sheet.</summary>
    Key,

    /// <summary>Rows of sheets, each by sheet and key.</summary>
    Rows,
}

/// <summary>One field of an event.</summary>
/// <param name="Column">How a value is read; null for other shapes.</param>
internal sealed record EventField(string Name, ColumnDefinition? Column, bool IsRequired, FieldShape Shape = FieldShape.Value);

/// <summary>The events that can be recorded, with their fields. Source: docs/spec/command-line.md, EVENTS.json.</summary>
internal sealed record EventKind(string Name, params EventField[] Fields)
{
    private static readonly ColumnDefinition Yes = new("flag", "", ColumnKind.Boolean);
    private static readonly ColumnDefinition Words = new("words", "", ColumnKind.Text);
    private static readonly ColumnDefinition Day = new("day", "", ColumnKind.Date);

    public static readonly IReadOnlyList<EventKind> All =
    [
        new("admit", Member, May("record", FieldShape.Record), Must("date", Day), Must("decision", Admissions.Column("decision")), Must("decided", Day), Branch,
            Must("local", Yes), May("readmission", Yes), May("official", Day)),
        new("recognise", Member, Must("date", Day)),
        new("refuse", Member, Must("date", Day)),
        new("arrive", Member, May("record", FieldShape.Record), Branch, Must("date", Day), Must("reason", Memberships.Column("reason_in")), May("joined", Day), May("official", Day)),
        new("leave", Member, Must("date", Day), Must("reason", Memberships.Column("reason_out")), May("keep_posts", Yes)),
        new("move", new("members", null, IsRequired: true, FieldShape.Codes), Branch, Must("date", Day), May("basis", Memberships.Column("basis"))),
        new("change", Member, Must("date", Day), new("set", null, IsRequired: true, FieldShape.Record), May("later", Yes)),
        new("correct", Member, May("version", Day), new("set", null, IsRequired: true, FieldShape.Record), Must("reason", Words), May("later", Yes)),
        new("appoint", Member, Must("post", Posts.Column("post")), Must("place", Posts.Column("place")), Must("date", Day)),
        new("dismiss", Member, Must("post", Posts.Column("post")), Must("place", Posts.Column("place")), Must("date", Day)),
        new("assign", Member, Branch, Must("role", Assignments.Column("role")), Must("date", Day)),
        new("release", Member, Branch, Must("role", Assignments.Column("role")), Must("date", Day)),
        new("meet", Branch, Must("date", Day), Must("kind", Meetings.Column("kind")), Must("due", Meetings.Column("due")), Must("present", Meetings.Column("present"))),
        new("inspect", Must("document", Inspections.Column("document")), Must("unit", Inspections.Column("org")), Must("date", Day), Must("form", Inspections.Column("form")),
            May("subject", Inspections.Column("subject")), May("result", Inspections.Column("result"))),
        new("serve", Branch, Must("village", Services.Column("village")), Must("date", Day)),
        new("unserve", Branch, Must("village", Services.Column("village")), Must("date", Day)),
        new("amend", Must("sheet", Words), new("key", null, IsRequired: true, FieldShape.Key), May("set", FieldShape.Record), May("remove", Yes), Must("reason", Words)),
        new("rate", Must("year", Ratings.Column("year")), Must("unit", Ratings.Column("org")), Must("grade", Ratings.Column("grade"))),
        new("merge", Must("keep", Members.Column("code")), Must("alias", FormerCodes.Column("alias")), May("drop", FieldShape.Rows), Must("reason", Words)),
        new("part", Must("alias", FormerCodes.Column("alias")), Must("reason", Words)),
    ];

    private static EventField Member => Must("member", Members.Column("code"));

    private static EventField Branch => Must("branch", Memberships.Column("branch"));

    public EventField? Field(string name) => Array.Find(Fields, field => field.Name == name);

    private static EventField Must(string name, ColumnDefinition column) => new(name, column, IsRequired: true);

    private static EventField May(string name, ColumnDefinition column) => new(name, column, IsRequired: false);

    private static EventField May(string name, FieldShape shape) => new(name, null, IsRequired: false, shape);
}
