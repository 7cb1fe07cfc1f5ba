namespace SinHo.Reporting.Samples;

/// <summary>Invented names of two to five syllables after the custom of each people. Source: docs/spec/statistics.md 8.5.</summary>
internal static class Names
{
    private static readonly Dictionary<string, Custom> Customs = new()
    {
        ["Kinh"] = new("Nguyễn Trần Lê Phạm Hoàng Vũ Đỗ Bùi Đặng Đinh Ngô Dương Đoàn Phan Mai Trịnh",
            "Văn|Đức|Quang|Minh|Hữu|Xuân|Công|Mạnh||Thanh|Bá Hoàng",
            "Anh Tuấn Hùng Dũng Cường Nam Sơn Hải Long Thắng Trung Kiên Hiếu Đạt Tùng Phúc Thành Toàn Quân Khánh Vinh Hưng Tiến Huy",
            "Thị|Thị Thu|Thị Thanh|Thị Ngọc|Thị Kim|Thị Hồng|Thanh|Thị Minh Hoàng",
            "Hà Hương Lan Hoa Huyền Thủy Nga Hằng Hạnh Yến Liên Phương Trang Nhung Dung Hiền Loan Thảo Linh Vân Quỳnh Mai"),
        ["Thái"] = new("Lò Lường Quàng Cà Tòng Mào Điêu Khoàng Lù Hoàng Vàng Nùng",
            "Văn|Văn|Văn|Thanh|Ngọc|Văn Thanh|",
            "Ín Hặc Ơn Inh Pâng Chung Sơn Hùng Tưởng Thương Phương Đôi Panh Xuân Muôn Thoan Chiến Ngoan Ịnh Phong Păn Dân Doan Hợp",
            "Thị|Thị|Thị|Thị Hồng|Thị Bích",
            "Ín Pâng Thương Hương Phóng Ơn Lả Xuân Mai Bun Hặc Tiên Dung Diên Ngoan Yêu Thoan Chiên Loan Kim Thu Duyên"),
        ["Mông"] = new("Vàng Giàng Sùng Thào Lầu Hạng Mùa Chang Ly Cứ Hờ Phàng Sình Tráng Chá Lý",
            "A|A|A|A|Seo||A Páo",
            "Súa Páo Dơ Chứ Lử Tủa Sình Chu Phà Giống Dình Sà Vảng Tông Lồng Nhè Khua Chống Hồ Da Tú Vừ Sử Lềnh Nủ Thề Chía Vàng Ký",
            "Thị|Thị|Thị|",
            "Dở Mỷ Sua Chù Pà Dính Máy Lỳ Chía Ca Xua Vừ Mo Sai Dua Pàng Sú Di Say Chư Mái Sung"),
        ["Dao"] = new("Tẩn Chẻo Phàn Lý Tẩn Chẻo Vàng Phùng",
            "A|Láo|Phủ|Chỉn|Sành|Láo Tả|Vần|A",
            "Lở Sính Sơn Phú San Quẩy Phù Dùn Mềnh Tả Lụa Siểu Khé Páo Chiêu Kinh Tấn Liều Sài Phẩu Chẳn",
            "Thị|Mý|Thị|Tả|Thị",
            "Mẩy Nải Liều Mán Chản Pham Lở Kiêm Nhàn Khé Sểnh Dất Mùi Phẩy Viện Chiêu"),
        ["Lự"] = new("Tao Lò Vàng Lù Khoàng", "Văn|Văn|Ngâm", "Ón Ngâm Pẹ Chum Én Ki Kẻo Phong Tun Sai Pâng Inh",
            "Thị|Thị", "Ón Pong Kẻo Chiêm Phứ Am Én Khiên Xam"),
        ["Khơ Mú"] = new("Lò Quàng Lường Cút Rìa", "Văn|Văn|", "Pha Chiêng Hắc Thi Kẹo Óc Bun Pính Lả Êm", "Thị|Thị", "Pha Hắc Thi Ót Lan Nọi Bun Piêng"),
        ["Mảng"] = new("Lùng Pàn Tào Chìn Lò", "Văn|Văn|A", "Chô Đao Sơn Dên Pản Phìn Tạo Khoa Xoang", "Thị|Thị", "Đao Chô Mẫn Sen Pún Khé Dên"),
        ["Kháng"] = new("Lò Quàng Lường Hoàng", "Văn|Văn", "Lún Khút Hặc Chiên Pành Nhọt Dọn", "Thị|Thị", "Lún Khút Chựa Nhọt Dọn Piên"),
        ["Giáy"] = new("Vàng Lù Hoàng Lò Vùi", "Văn|A|", "Sài Phìn Cheng Sinh Dín Pín Chung Lục", "Thị|Thị", "Sài Dín Lùng Mẩy Chung Pín"),
        ["Hoa"] = new("Tẩn Lồ Voòng Hoàng Lỷ", "Văn|A|", "Sềnh Phát Minh Sinh Phùng Vày", "Thị|Thị Ngọc", "Sềnh Múi Phùng Lìn Mùi"),
        ["Hà Nhì"] = new("Pờ Lỳ Chu Khoàng Sừng", "Lò|Xì|Gò|Hà", "Chà Sừng Pớ Xá Xuy Hừ Che Xè", "Xì|Gò|Mì", "Pư Né De Nu Xó Chuy"),
        ["Tày"] = new("Nông Hoàng Hà Ma Lương", "Văn|Đức|Ngọc", "Tuyên Thắng Sơn Hiệp Thông Cường", "Thị|Thị Thu", "Hà Nhung Thắm Duyên Hoài"),
    };

    /// <summary>A name as it stands in one column; never made to be split.</summary>
    public static string Of(string people, bool woman, Dice dice)
    {
        var custom = Customs[people];
        var (middles, givens) = woman ? (custom.WomensMiddles, custom.WomensGivens) : (custom.MensMiddles, custom.MensGivens);
        return string.Join(' ', new[] { dice.Pick(custom.Families), dice.Pick(middles), dice.Pick(givens) }.Where(part => part.Length > 0));
    }

    /// <summary>Syllables of one people: families and given names apart by blanks, middles (none, one or two syllables) by bars.</summary>
    private sealed class Custom(string families, string mensMiddles, string mensGivens, string womensMiddles, string womensGivens)
    {
        public readonly string[] Families = families.Split(' ');
        public readonly string[] MensMiddles = mensMiddles.Split('|');
        public readonly string[] MensGivens = mensGivens.Split(' ');
        public readonly string[] WomensMiddles = womensMiddles.Split('|');
        public readonly string[] WomensGivens = womensGivens.Split(' ');
    }
}
