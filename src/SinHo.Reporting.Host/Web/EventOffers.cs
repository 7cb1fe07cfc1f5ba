using SinHo.Reporting.Events;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Which events can be about a person, as far as it shows before anything is tried; the last word is that of the register's rules.</summary>
public static class EventOffers
{
    /// <summary>The forms to offer on the page of a person.</summary>
    public static IEnumerable<(EventForm Form, EventKind Kind)> Of(PersonFile person) => EventForm.All
        .SelectMany(form => form.Choices.Select(choice => (form, choice.Kind)))
        .Where(one => one.Kind.Field("member") is not null || one.Kind.Field("members") is not null)
        // How the following of somebody ended is entered from the code that he was followed under.
        .Where(one => one.Kind.Name != "unfoster")
        .Where(one => Hindrance(one.Kind, person) is null);

    /// <summary>Why the event cannot be about the person on the day; null where nothing speaks against it.</summary>
    public static string? Hindrance(EventKind kind, PersonFile person)
    {
        var on = Vietnamese.Day(person.Day);
        return kind.Name switch
        {
            "recognise" or "refuse" when person.OnDay.Values["Ngày chính thức"] is { Length: > 0 } official => $"{person.Name} đã là đảng viên chính thức từ {official}.",
            "recognise" or "refuse" or "leave" or "move" when person.Branch is null => $"{person.Name} không sinh hoạt tại chi bộ nào vào ngày {on}.",
            "admit" or "arrive" when person.Branch is { } branch => $"{person.Name} đang sinh hoạt tại {branch.Name}.",
            "dismiss" when person.Posts.Count == 0 => $"{person.Name} không giữ chức vụ nào vào ngày {on}.",
            "release" when person.Assignments.Count == 0 => $"{person.Name} không được phân công theo dõi chi bộ nào vào ngày {on}.",
            "return" when person.Stay is null => $"{person.Name} không sinh hoạt tạm thời ở nơi khác vào ngày {on}.",
            "stay" when person.Stay is { } stay => $"{person.Name} đang sinh hoạt tạm thời tại {stay.PlaceName ?? stay.Place} từ {Vietnamese.Day(stay.Since)}.",
            "appoint" or "assign" or "stay" or "card" when person.Branch is null => $"{person.Name} không sinh hoạt tại chi bộ nào vào ngày {on}.",
            _ => null,
        };
    }
}
