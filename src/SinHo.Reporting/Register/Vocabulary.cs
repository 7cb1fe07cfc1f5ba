using SinHo.Reporting.Words;

namespace SinHo.Reporting.Register;

/// <summary>
/// A closed list of values that a cell may hold, in official order.
/// <see cref="Name"/> is the PostgreSQL enum that stores it; `sinho check` compares the two.
/// Source: docs/spec/exchange-workbook.md.
/// </summary>
public sealed record Vocabulary(string Name, params IReadOnlyList<string> Values)
{
    /// <summary>
    /// Other spellings, as letters without marks, and the value that they mean. Where there are any, values are too much alike to be guessed:
    /// only a value one letter away, and no other so near, is offered.
    /// </summary>
    private Dictionary<string, string>? Spellings { get; init; }

    /// <summary>The value that somebody most likely meant by a word that is none; null where that cannot be said.</summary>
    public string? Meant(string word)
    {
        if (word.Length > 60)
            return null;
        if (Spellings is null)
            return Guessed(word);
        var letters = NearestWord.Letters(word);
        if (Values.FirstOrDefault(value => NearestWord.Letters(value) == letters) is { } same)
            return same;
        if (Spellings.TryGetValue(letters, out var meant) || letters.Length < 4)
            return meant;
        var near = Values.Select(value => (Word: NearestWord.Letters(value), Value: value)).Concat(Spellings.Select(spelling => (Word: spelling.Key, Value: spelling.Value)))
            .Where(known => known.Word.Length >= 4 && NearestWord.Edits(letters, known.Word) <= 1).Select(known => known.Value).Distinct().ToList();
        return near is [var only] ? only : null;
    }

    /// <summary>
    /// A value that says the same with more or fewer words (Cao cấp; Đại học Sư phạm), or in its first letters (THPT), before the nearest by letters: what
    /// is one word away may be another thing. What denies a value, or names a deputy, does not mean it.
    /// </summary>
    private string? Guessed(string word)
    {
        var spoken = Spoken(word);
        var letters = NearestWord.Letters(word);
        var exact = Values.FirstOrDefault(value => NearestWord.Letters(value) == letters);
        if (exact is not null || letters.Length == 0)
            return exact;
        var longer = Values.Where(value => Spoken(value).Contains(spoken, StringComparison.Ordinal)).ToList();
        var begun = longer.Where(value => Spoken(value).StartsWith(spoken, StringComparison.Ordinal)).ToList();
        var shortened = Values.Where(value => string.Concat(Spoken(value).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part[0])) == letters.Replace('y', 'i')).ToList();
        var within = Values.Where(value => spoken.Contains(Spoken(value), StringComparison.Ordinal)).ToList();
        var widest = within.Where(value => !within.Exists(other => other != value && Spoken(other).Contains(Spoken(value), StringComparison.Ordinal))).ToList();
        var meant = longer switch
        {
            [var only] => only,
            [_, ..] => begun is [var only] ? only : null,
            _ when shortened is [var only] => only,
            _ when widest.Count > 0 => widest is [var only] ? only : null,
            _ => NearestWord.To(word, Values),
        };
        return meant is not null && Changers.Any(changer => spoken.StartsWith(changer, StringComparison.Ordinal) && !Spoken(meant).StartsWith(changer, StringComparison.Ordinal)) ? null : meant;
    }

    /// <summary>Whether a word says that there is nothing: Không, chưa có, 0, a dash.</summary>
    public static bool IsNothing(string word) => IsDenial(Spoken(word)) || !word.Any(letter => char.IsLetter(letter) || letter is >= '1' and <= '9');

    private static bool IsDenial(string spoken) => spoken.StartsWith(" khong ", StringComparison.Ordinal) || spoken.StartsWith(" chua ", StringComparison.Ordinal);

    /// <summary>First words that make another thing of what follows.</summary>
    private static readonly string[] Changers = [" khong ", " chua ", " pho ", " nguien "];

    /// <summary>Words without marks, i for y, each between blanks.</summary>
    private static string Spoken(string text) =>
        $" {string.Join(' ', Matching.Bare(text).Replace('y', 'i').Split([' ', ',', '.', '-', '(', ')', '/', ';'], StringSplitOptions.RemoveEmptyEntries))} ";

    /// <summary>Levels are data, and text in the database.</summary>
    public static readonly Vocabulary OrgLevel = new("org_level", [.. Levels.All.Select(level => level.Name)]);

    /// <summary>Types of grassroots organisations, in the order of the rows of form 5.</summary>
    public static readonly Vocabulary GrassrootsType = new("grassroots_type",
        "Xã", "Phường", "Thị trấn", "Đặc khu", "Cơ quan Đảng, đoàn thể", "Cơ quan Nhà nước", "Sự nghiệp công lập", "Sự nghiệp ngoài công lập",
        "Quân đội", "Công an", "Doanh nghiệp Nhà nước", "Doanh nghiệp ngoài Nhà nước", "Hợp tác xã", "Khác");

    public static readonly Vocabulary BranchType = new("branch_type",
        "Bản", "Khu phố", "Trường học", "Quân sự", "Công an", "Cơ quan xã", "Trạm y tế", "Doanh nghiệp", "Khác");

    /// <summary>What the column Loại hình may hold at any level; which of them fits a level is a row rule.</summary>
    public static readonly Vocabulary OrgType = new("org_type", [.. GrassrootsType.Values.Union(BranchType.Values)]);

    public static readonly Vocabulary VillageKind = new("village_kind", "Bản", "Khu phố");
    public static readonly Vocabulary Sex = new("sex", "Nam", "Nữ");

    /// <summary>The 54 peoples and two remaining lines in the order of form 4 (docs/spec/statistics.md 1.6).</summary>
    public static readonly Vocabulary Ethnicity = new("ethnicity",
        "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Mông", "Dao", "Gia Rai", "Ê-đê", "Ngái", "Ba-Na", "Xơ-Đăng",
        "Sán Chay", "Cơ Ho", "Chăm", "Sán Dìu", "HRê", "M.Nông", "Raglai", "XTiêng", "Bru - Vân Kiều", "Thổ", "Giáy", "Cơ Tu",
        "Giẻ Triêng", "Mạ", "Khơ Mú", "Co", "Tà Ôi", "Chơ-Ro", "Kháng", "Xinh Mun", "Hà Nhì", "Chu Ru", "Lào", "La Chí", "La Ha",
        "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo", "BRâu", "Ơ Đu",
        "Rơ-Măm", "Dân tộc khác", "Quốc tịch gốc nước ngoài")
    {
        // Other names and spellings of the official list (decision 121-TCTK/PPCĐ of 1979) that name one people alone.
        Spellings = Named(
            ("Kinh", "viet"), ("Tày", "tho da,ngan,phen,thu lao,pa di"), ("Thái", "tay dam,tay khao,tay muoi,tay thanh,hang tong,pu thay,thai den,thai trang"), ("Hoa", "han,trieu chau,phuc kien,quang dong,hai nam,xa phang,xa phong"),
            ("Khơ-me", "khmer,khmer krom,kho me krom,mien,cur,cul,cu"), ("Mường", "mol,mual,moi bi,ao ta"), ("Mông", "hmong,meo,mong trang,mong den,mong do,mong hoa,mong xanh,mieu"), ("Nùng", "nung an,nung loi,nung phan sinh,nung chao"),
            ("Dao", "man,dong,trai,diu,mien dao,kiem mien,kim mien,dao do,dao tien,quan trang,quan chet,thanh y,lo gang,dai ban"), ("Gia Rai", "jrai,jarai,gio rai,chor,cho rai,to buan,hdrung,hbau"), ("Ê-đê", "ede,rade,rhade,ra de,de,kpa,adham,krung,mdhur"), ("Ba-Na", "bahnar,go lar,to lo,gio lang,roh,krem,kon kde"),
            ("Xơ-Đăng", "xo teng,hdang,to dra,mo nam,ha lang,ca dong,kmrang,con lan,sedang,xe dang,so dang"), ("Sán Chay", "cao lan,san chi,san chy,man cao lan,hon ban"), ("Cơ Ho", "koho,kho,xre,nop,tu lop,co don,chil,lat"), ("Chăm", "cham,chiem thanh,hroi,cham pa"), ("Sán Dìu", "san deo,trai dat,man quan coc"),
            ("HRê", "cham re,chom,kre luy,hre"), ("M.Nông", "mnong,mo nong,munong,pnong,nong m,preh,gar,rlam"), ("Raglai", "ra glai,ra clay,rai,noong,la oang,radlai"), ("XTiêng", "stieng,xa dieng,xo tieng"), ("Bru - Vân Kiều", "bru,van kieu,bru van kieu,mang coong,khua"), ("Thổ", "keo,mon,cuoi,ho tho,tay poong,dan lai,ly ha"),
            ("Giáy", "nhang,dang,pau thin,pu na,cui chu,day,giai"), ("Cơ Tu", "katu,ca tu,co tu,cao,ha,phuong"), ("Giẻ Triêng", "gie,trieng,gie trieng,dgieh,tareh,giang ray,pin,ve,ta lieng,bnoong"), ("Mạ", "chau ma,ma ngan,ma xop,ma to,ma krung"), ("Khơ Mú", "khmu,kho mu,ko mu,khomu,xa cau,mun xen,pu thenh,tenh,tay hay,kmu"),
            ("Co", "cor,col,cua,trau"), ("Tà Ôi", "taoi,toi oi,pa co,pacoh,pa hi,ba hi"), ("Chơ-Ro", "cho ro,choro,do ro,chau ro,chrau"), ("Kháng", "xa khao,xa sua,xa don,xa dang,xa hoc,xa ai,xa bung,quang lam,mo khang"), ("Xinh Mun", "puoc,pua,xa puoc,sinh mun,xing mun"), ("Hà Nhì", "u ni,xa u ni,hanhi"),
            ("Chu Ru", "churu,cho ru,kru"), ("Lào", "lao boc,lao noi,phu lao"), ("La Chí", "cu te,la qua chi,lachi"), ("La Ha", "xa khao la ha,khla phlao,laha"), ("Phù Lá", "bo kho pa,mu di pa,xa pho,pho,va xo lao,phula,xa pho den"), ("La Hủ", "lahu,khu sung,co sung,kha quy,xa la vang"),
            ("Lự", "lu,nhuon,duon,thai lu"), ("Lô Lô", "mun di,lolo,o man"), ("Chứt", "sach,may,ruc,ma lieng,arem,tu vang,pa leng,xa la vang chut,to hung,cha cui"), ("Mảng", "mang u,xa la vang mang"), ("Pà Thẻn", "pa hung,tong,pathen,meo lai"), ("Cơ Lao", "colao,ko lao,ki lao,klau"), ("Cống", "xam khong,mong nhe,xa xeng"),
            ("Bố Y", "chung cha,trong gia,tu di,tu din,boy"), ("Si La", "cu de xu,kha pe,sila,xi la"), ("Pu Péo", "ka beo,pen ti lo lo,la qua,pupeo"), ("BRâu", "brao,brau"), ("Ơ Đu", "tay hat,o du"), ("Rơ-Măm", "ro mam,romam")),
    };

    private static Dictionary<string, string> Named(params (string Value, string Spellings)[] names)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, spellings) in names)
        {
            foreach (var spelling in spellings.Split(','))
                found.TryAdd(NearestWord.Letters(spelling), value);
        }
        return found;
    }

    public static readonly Vocabulary Religion = new("religion",
        "Phật giáo", "Công giáo", "Phật giáo Hòa Hảo", "Cao Đài", "Tin Lành", "Hồi giáo", "Đạo khác")
    {
        Spellings = Named(
            ("Phật giáo", "phat,dao phat"), ("Công giáo", "thien chua,thien chua giao,dao thien chua,dao cong giao"), ("Phật giáo Hòa Hảo", "hoa hao,dao hoa hao"),
            ("Cao Đài", "dao cao dai"), ("Tin Lành", "dao tin lanh"), ("Hồi giáo", "dao hoi,islam"), ("Đạo khác", "khac,ton giao khac")),
    };

    public static readonly Vocabulary Schooling = new("schooling",
        "Biết đọc, biết viết", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông");

    public static readonly Vocabulary Qualification = new("qualification",
        "Sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Thạc sỹ", "Tiến sỹ");

    public static readonly Vocabulary AcademicTitle = new("academic_title", "Phó Giáo sư", "Giáo sư");
    public static readonly Vocabulary Theory = new("theory", "Sơ cấp", "Trung cấp", "Cao cấp, cử nhân");

    public static readonly Vocabulary Occupation = new("occupation",
        "Cán bộ, công chức cơ quan Nhà nước", "Cán bộ, công chức cơ quan Đảng, đoàn thể", "Cán bộ, công chức xã",
        "Hoạt động không chuyên trách thôn, bản", "Viên chức công lập", "Lao động ngoài công lập",
        "Lãnh đạo, quản lý doanh nghiệp", "Nhân viên doanh nghiệp", "Công nhân", "Nông, lâm, ngư nghiệp", "Quân đội, công an",
        "Sinh viên", "Học sinh", "Khác", "Nghỉ hưu, nghỉ công tác");

    public static readonly Vocabulary ReasonIn = new("reason_in",
        "Đầu kỳ", "Kết nạp", "Kết nạp lại", "Chuyển đến từ tỉnh khác", "Chuyển đến từ huyện khác", "Phục hồi đảng tịch",
        "Chuyển nội bộ");

    public static readonly Vocabulary ReasonOut = new("reason_out",
        "Từ trần", "Khai trừ", "Xóa tên", "Xin ra khỏi Đảng", "Chuyển đi tỉnh khác", "Chuyển đi huyện khác", "Chuyển nội bộ");

    public static readonly Vocabulary PostName = new("post_name",
        "Bí thư chi bộ", "Phó bí thư chi bộ", "Chi ủy viên", "Trưởng bản", "Người có uy tín", "Cán bộ, công chức xã", "Huyện ủy viên", "Đảng ủy viên");

    /// <summary>Posts of a village, which may be held by people outside the Party.</summary>
    public static readonly IReadOnlyList<string> VillagePosts = ["Trưởng bản", "Người có uy tín"];

    public static readonly Vocabulary RestructuringForm = new("restructuring_form",
        "Thành lập", "Giải thể", "Sáp nhập", "Chia tách", "Kiện toàn", "Đổi tên", "Chuyển trực thuộc");

    public static readonly Vocabulary RestructuringRole = new("restructuring_role", "Trước", "Sau");

    public static readonly Vocabulary Grade = new("grade",
        "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ");

    public static readonly Vocabulary MeetingKind = new("meeting_kind", "Thường kỳ", "Chuyên đề", "Sinh hoạt mẫu");

    public static readonly Vocabulary AssignmentRole = new("assignment_role", "Huyện ủy viên", "Đảng ủy viên", "Cán bộ xã phụ trách");

    public static readonly Vocabulary InspectionForm = new("inspection_form", "Kiểm tra", "Giám sát");

    public static readonly Vocabulary PlanItem = new("plan_item", "Kết nạp đảng viên", "Công nhận chính thức", "Phát triển tổ chức đảng", "Bản có chi bộ");

    public static readonly Vocabulary CardForm = new("card_form", "Phát mới", "Cấp lại do mất", "Đổi do hỏng");

    public static readonly Vocabulary RewardForm = new("reward_form", "Cờ", "Bằng khen", "Giấy khen", "Biểu dương");

    public static readonly Vocabulary RewardLevel = new("reward_level", "Trung ương", "Tỉnh ủy", "Huyện ủy", "Cơ sở");

    public static readonly Vocabulary StayDirection = new("stay_direction", "Đi", "Đến");

    public static readonly Vocabulary SourceResult = new("source_result", "Kết nạp", "Thôi theo dõi");
}
