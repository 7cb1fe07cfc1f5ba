using System.Text;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Access;

/// <summary>What a new password must be: long and not the first thing one guesses. No rule asks for signs or digits.</summary>
public static class PasswordRules
{
    private const int Shortest = 10;
    private const int Longest = 128;

    /// <summary>Beginnings of what is tried first; in lower case, without marks.</summary>
    private static readonly string[] Guessed =
    [
        "password", "matkhau", "123456", "abc123", "qwerty", "1q2w3e", "admin", "quantri", "sinho", "dangvien", "dangbo", "huyenuy",
        "laichau", "vietnam", "iloveyou", "anhyeuem", "khongbiet",
    ];

    /// <summary>The same letters may be typed in several ways; a password is always looked at in this one.</summary>
    public static string Typed(string password) => password.Normalize(NormalizationForm.FormC);

    /// <returns>Vietnamese sentences, all at once; empty when the password is fine.</returns>
    public static IReadOnlyList<string> Faults(string password, string repeated, string userName)
    {
        var faults = new List<string>();
        if (password.Length < Shortest)
            faults.Add($"Mật khẩu cần ít nhất {Shortest} ký tự; một câu ngắn dễ nhớ là tốt nhất.");
        if (password.Length > Longest)
            faults.Add($"Mật khẩu dài nhất {Longest} ký tự.");
        var bare = Bare(password);
        if (bare.Contains(Bare(userName), StringComparison.Ordinal))
            faults.Add("Mật khẩu không được chứa tên đăng nhập.");
        if (password.Length >= Shortest && (password.Distinct().Count() < 5 || IsGuessed(bare)))
            faults.Add("Mật khẩu này quá dễ đoán; hãy chọn một câu khác.");
        if (Typed(password) != Typed(repeated))
            faults.Add("Hai lần gõ mật khẩu không giống nhau.");
        return faults;
    }

    /// <summary>A guessed word with at most a few signs behind it.</summary>
    private static bool IsGuessed(string bare) =>
        Guessed.Any(word => bare.StartsWith(word, StringComparison.Ordinal) && bare.Length < word.Length + 6);

    private static string Bare(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(letter => letter != ' ' && !IsMark(letter))).ToLowerInvariant()
            .Replace('đ', 'd');

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
