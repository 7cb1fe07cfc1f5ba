using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Whether the sessions of open pages are still open: one question for all who ask within a moment.</summary>
public sealed class SessionLook(Sessions sessions)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private HashSet<Guid> asked = [];
    private Task<IReadOnlySet<Guid>>? answer;

    public async Task<bool> IsOpenAsync(Guid session)
    {
        Task<IReadOnlySet<Guid>> coming;
        lock (gate)
        {
            asked.Add(session);
            coming = answer ??= AskAsync();
        }
        return (await coming).Contains(session);
    }

    private async Task<IReadOnlySet<Guid>> AskAsync()
    {
        await Task.Delay(Gathering);
        HashSet<Guid> all;
        lock (gate)
        {
            (all, asked, answer) = (asked, [], null);
        }
        return await sessions.OpenAsync(all, CancellationToken.None);
    }
}
