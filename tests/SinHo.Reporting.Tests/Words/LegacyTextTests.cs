using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Words;

public sealed class LegacyTextTests
{
    [Theory]
    [InlineData("NguyÔn V¨n H¶i", "Nguyễn Văn Hải")]
    [InlineData("L\u00ADêng ThÞ Thuý", "Lường Thị Thuý")]
    [InlineData("L¦êNG THÞ THUý", "LƯỜNG THỊ THUÝ")]
    [InlineData("NGUYÔN THÞ BÝCH", "NGUYỄN THỊ BÍCH")]
    [InlineData("LÒ V¡N §øC", "LÒ VĂN ĐỨC")]
    [InlineData("Nguyễn V¨n Đức", "Nguyễn Văn Đức")]
    [InlineData("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức")]
    [InlineData("TAÅN THÒ MAI", "TẨN THỊ MAI")]
    [InlineData("ÑINH VAÊN UÛY", "ĐINH VĂN ỦY")]
    [InlineData("Ñinh A Chu", "Đinh A Chu")]
    [InlineData("Lò Văn Hoøa", "Lò Văn Hòa")]
    public void A_name_in_an_old_code_is_read(string typed, string says) => Assert.Equal(says, LegacyText.Reading(typed)?.Reading);

    [Theory]
    [InlineData("Lò Thị Ánh")]
    [InlineData("Lý Á Ký")]
    [InlineData("Hà Mí Và")]
    [InlineData("Quỳnh Thị Huỵch")]
    [InlineData("H’Hen Niê")]
    [InlineData("Kpă Klơng")]
    public void A_name_in_Unicode_is_left_in_peace(string name) => Assert.Null(LegacyText.Reading(name));

    [Theory]
    [InlineData(LegacyCode.Tcvn3, "Lß V¨n Hoµ", "Lò Văn Hoà")]
    [InlineData(LegacyCode.Tcvn3, "NGUYÔN V¡N §øC", "NGUYỄN VĂN ĐỨC")]
    [InlineData(LegacyCode.Tcvn3, "Lò Văn Hòa", "Lò Văn Hòa")]
    [InlineData(LegacyCode.Tcvn3, "Vàng A Súa", "Vàng A Súa")]
    [InlineData(LegacyCode.Vni, "Vàng A Súa", "Vàng A Súa")]
    [InlineData(LegacyCode.Vni, "Ñinh Thò Lan", "Đinh Thị Lan")]
    public void A_column_of_an_old_code_may_hold_Unicode_too(LegacyCode code, string typed, string says) => Assert.Equal(says, LegacyText.Read(typed, code));
}
