namespace SinHo.Reporting.Register;

/// <summary>The sheets of a plan of restructuring. Source: docs/spec/command-line.md, PLAN.xlsx.</summary>
public static class PlanSheets
{
    /// <summary>One row per unit that changes itself; what stands below it comes along.</summary>
    public static readonly SheetDefinition Rows = new("plan", "Phương án",
        new("decision", "Số quyết định", ColumnKind.Text) { Required = true, InKey = true, Example = "12-QĐ/TU" },
        new("date", "Ngày hiệu lực", ColumnKind.Date) { Required = true, InKey = true, Example = "01/07/2025" },
        new("form", "Hình thức", ColumnKind.Vocabulary) { Vocabulary = Vocabulary.RestructuringForm, Required = true, InKey = true, Example = "Sáp nhập" },
        new("old", "Mã cũ", ColumnKind.Code) { Note = "Đơn vị hoặc bản như trước; để trống khi thành lập.", Example = "SH.X03" },
        new("new", "Mã mới", ColumnKind.Code) { Note = "Đơn vị hoặc bản như sau; cùng mã thì vẫn là đơn vị ấy; để trống khi giải thể.", Example = "N01" },
        new("name", "Tên mới", ColumnKind.Text) { Note = "Bắt buộc với mã chưa có.", Example = "Đảng bộ xã Ví Dụ" },
        new("level", "Cấp mới", ColumnKind.Vocabulary) { Vocabulary = Vocabulary.OrgLevel, Note = "Để trống: như cũ; không đứng được dưới cấp trên mới thì đổi theo cấp trên.", Example = "Đảng bộ cơ sở" },
        new("type", "Loại hình mới", ColumnKind.Vocabulary) { Vocabulary = Vocabulary.OrgType, Note = "Với bản: Bản hoặc Khu phố.", Example = "Xã" },
        new("parent", "Trực thuộc mới", ColumnKind.Code) { Note = "Để trống: như cũ, hoặc nơi kế thừa cấp trên cũ.", Example = "LC" },
        new("group", "Nhóm", ColumnKind.Text) { Note = "Để trống: các dòng chung Mã mới hoặc chung Mã cũ là một nhóm." },
        new("note", "Ghi chú", ColumnKind.Text));

    /// <summary>Who goes where, of a branch that splits.</summary>
    public static readonly SheetDefinition People = new("plan_person", "Phân bổ",
        new("member", "Mã đảng viên", ColumnKind.Code) { Required = true, InKey = true, Example = "000123" },
        new("branch", "Mã chi bộ mới", ColumnKind.Code) { Required = true, InKey = true, Example = "N01.B01" });

    /// <summary>Links from the day on which the plan takes effect, made before people are sent.</summary>
    public static readonly SheetDefinition Links = new("plan_link", "Chi bộ - bản",
        new("branch", "Mã chi bộ", ColumnKind.Code) { Required = true, InKey = true, Example = "N01.B01" },
        new("village", "Mã bản", ColumnKind.Code) { Required = true, InKey = true, Example = "SH.X03.V01" });

    public static readonly IReadOnlyList<SheetDefinition> All = [Rows, People, Links];
}
