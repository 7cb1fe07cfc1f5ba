using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace SinHo.Reporting.Host.Web;

/// <summary>What the component library says by itself, most of it only to those who listen to the page; it speaks English otherwise.</summary>
public sealed class ComponentWords : ILocalizationInterceptor
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["MudAlert_Close"] = "Đóng",
        ["MudBaseDatePicker_NextMonth"] = "Sang {0}",
        ["MudBaseDatePicker_NextYear"] = "Sang năm {0}",
        ["MudBaseDatePicker_Open"] = "Mở lịch",
        ["MudBaseDatePicker_PrevMonth"] = "Về {0}",
        ["MudBaseDatePicker_PrevYear"] = "Về năm {0}",
        ["MudChip_Close"] = "Bỏ tệp đã chọn",
        ["MudDialog_Close"] = "Đóng",
        ["MudFormComponent_Required"] = "Chưa điền",
        ["MudInput_Clear"] = "Xóa",
        ["MudInput_Decrement"] = "Bớt",
        ["MudInput_Increment"] = "Thêm",
        ["MudPagination_CurrentPage"] = "Trang {0}, đang xem",
        ["MudPagination_FirstPage"] = "Trang đầu",
        ["MudPagination_LastPage"] = "Trang cuối",
        ["MudPagination_NextPage"] = "Trang sau",
        ["MudPagination_PageIndex"] = "Trang {0}",
        ["MudPagination_PreviousPage"] = "Trang trước",
        ["MudSnackbar_Close"] = "Đóng",
    };

    public LocalizedString Handle(string key, params object[] arguments) => Words.TryGetValue(key, out var words)
        ? new(key, string.Format(CultureInfo.InvariantCulture, words, arguments))
        : new(key, key, resourceNotFound: true);
}
