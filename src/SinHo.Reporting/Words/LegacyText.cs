using System.Text;

namespace SinHo.Reporting.Words;

/// <summary>Codes in which Vietnamese was written before Unicode, each with fonts of its own.</summary>
public enum LegacyCode
{
    /// <summary>TCVN 5712 (fonts .VnTime and the like): a letter of Latin-1 stands for each Vietnamese letter.</summary>
    Tcvn3,

    /// <summary>VNI: the mark is a letter of its own behind the vowel.</summary>
    Vni,
}

/// <summary>Reads names that were typed in an old code: NguyÔn V¨n H¶i and Nguyeãn Vaên Haûi are Nguyễn Văn Hải.</summary>
public static class LegacyText
{
    private static readonly Dictionary<char, char> Tcvn3 = Pairs(
        "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\u00ADư®đµà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ");

    /// <summary>Marks behind a, and behind e, o, y, ô (ơ), u, ö (ư), in VNI; capitals have capital marks.</summary>
    private static readonly Dictionary<string, char> Vni = VniPairs();

    private static readonly Dictionary<char, char> VniSingles = Pairs("óĩòịæỉîỵñđÓĨÒỊÆỈÎỴÑĐôơÔƠöưÖƯ");

    private static readonly HashSet<string> Onsets = [.. "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".Split(' '), ""];

    private static readonly HashSet<string> Rimes = [..
        ("a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ic ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu " +
         "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêt ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uyên uyêt uyn uynh uyt uyu " +
         "ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu uych").Split(' ')];

    /// <summary>The letters of a syllable of Vietnamese, without their tones; nothing else has any: ñ is no letter with a tone.</summary>
    private static readonly Dictionary<char, char> Toneless = TonelessLetters();

    /// <summary>
    /// A text of a column that is said to be in that code. What is Unicode all the same stays: the sound words of a text with letters that only Unicode
    /// has, and a text that is sound as it stands and would not be so in the code.
    /// </summary>
    public static string Read(string text, LegacyCode code)
    {
        if (text.All(char.IsAscii) || text.Any(char.IsSurrogate))
            return text;
        var words = text.Normalize(NormalizationForm.FormC).Split(' ');
        var read = ReadWords(words, code);
        return Array.TrueForAll(words, IsSound) && !Array.TrueForAll(read, IsSound) ? text : string.Join(' ', read);
    }

    /// <summary>
    /// What a name says when it was typed in an old code, and which; null where it is sound Unicode, or makes no sense in either.
    /// </summary>
    public static (string Reading, LegacyCode Code)? Reading(string name)
    {
        if (name.Length > 200 || name.All(char.IsAscii) || name.Any(char.IsSurrogate))
            return null;
        var words = name.Normalize(NormalizationForm.FormC).Split(' ');
        if (Array.TrueForAll(words, IsSound))
            return null;
        foreach (var code in (LegacyCode[])[LegacyCode.Tcvn3, LegacyCode.Vni])
        {
            var read = ReadWords(words, code);
            if (Array.TrueForAll(read, IsSound) && !read.SequenceEqual(words))
                return (string.Join(' ', read), code);
        }
        return null;
    }

    /// <summary>
    /// What only Unicode has was never typed in an old code: a text with such letters is mixed, and its sound words are meant as they stand. TCVN3 has no
    /// capitals with tones, so those are Unicode too; VNI has them.
    /// </summary>
    private static string[] ReadWords(string[] words, LegacyCode code)
    {
        // Capitals of TCVN3 are small letters in a font of capitals: V¡N §øC is VĂN ĐỨC.
        var capitals = !words.Any(word => word.Any(char.IsAsciiLetterLower)) && words.Any(word => word.Skip(1).Any(char.IsAsciiLetterUpper));
        var mixed = words.Any(word => word.Any(letter => letter > 'ÿ' && char.IsLetter(letter)));
        return Array.ConvertAll(words, word =>
        {
            if (word.All(char.IsAscii) || ((mixed || (code == LegacyCode.Tcvn3 && IsCapitals(word))) && IsSound(word)))
                return word;
            var read = (code == LegacyCode.Tcvn3 ? ReadTcvn3(word) : ReadVni(word)).Normalize(NormalizationForm.FormC);
            return capitals ? read.ToUpperInvariant() : read;
        });
    }

    private static bool IsCapitals(string word) => word.Where(char.IsLetter).All(char.IsUpper);

    /// <summary>A syllable of Vietnamese, or plain letters of another tongue; capitals only where a word of capitals or a beginning has them.</summary>
    private static bool IsSound(string word) =>
        word.All(char.IsAscii) || Array.TrueForAll(word.Split('-', '.', ',', '(', ')', '\'', '’'), IsSoundPart);

    private static bool IsSoundPart(string word)
    {
        if (word.All(char.IsAscii))
            return true;
        if (word.Skip(1).Any(char.IsUpper) && !IsCapitals(word))
            return false;
        var letters = new char[word.Length];
        for (var at = 0; at < word.Length; at++)
        {
            if (!Toneless.TryGetValue(char.ToLowerInvariant(word[at]), out letters[at]))
                return false;
        }
        var syllable = new string(letters);
        for (var onset = Math.Min(3, syllable.Length - 1); onset >= 0; onset--)
        {
            if (Onsets.Contains(syllable[..onset]) && Rimes.Contains(syllable[onset..]))
                return true;
        }
        return false;
    }

    private static Dictionary<char, char> TonelessLetters()
    {
        var found = "bcdđghklmnpqrstvx".ToDictionary(letter => letter);
        foreach (var vowel in "aăâeêioôơuưy")
        {
            found[vowel] = vowel;
            foreach (var tone in "\u0300\u0301\u0303\u0309\u0323")
                found[$"{vowel}{tone}".Normalize(NormalizationForm.FormC)[0]] = vowel;
        }
        return found;
    }

    private static string ReadTcvn3(string text) => string.Concat(text.Select(letter => Tcvn3.GetValueOrDefault(letter, letter)));

    private static string ReadVni(string text)
    {
        var read = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && Vni.TryGetValue(text.Substring(at, 2), out var letter))
            {
                read.Append(letter);
                at++;
            }
            else
            {
                read.Append(VniSingles.GetValueOrDefault(text[at], text[at]));
            }
        }
        return read.ToString();
    }

    private static Dictionary<char, char> Pairs(string pairs) => pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static Dictionary<string, char> VniPairs()
    {
        var found = new Dictionary<string, char>(StringComparer.Ordinal);
        foreach (var (vowel, letters) in new[]
        {
            ("a", "ùáøàûảõãïạââáấàầåẩãẫäậêăéắèằúẳüẵëặ"), ("e", "ùéøèûẻõẽïẹâêáếàềåểãễäệ"), ("o", "ùóøòûỏõõïọâôáốàồåổãỗäộ"),
            ("u", "ùúøùûủõũïụ"), ("y", "ùýøỳûỷõỹïỵ"), ("ô", "ùớøờûởõỡïợ"), ("ö", "ùứøừûửõữïự"), ("i", "ùíøìûỉõĩïị"),
        })
        {
            foreach (var pair in letters.Chunk(2))
            {
                found[$"{vowel}{pair[0]}"] = pair[1];
                found[$"{vowel.ToUpperInvariant()}{char.ToUpperInvariant(pair[0])}"] = char.ToUpperInvariant(pair[1]);
            }
        }
        return found;
    }
}
