using System.Text.Json;
using Microsoft.JSInterop;
using SinHo.Reporting.Events;

namespace SinHo.Reporting.Host.Web;

/// <summary>What is typed on a form and not yet saved, kept in the browser's session of the account: a lost connection loses none of it.</summary>
/// <param name="Kind">Name of the event.</param>
/// <param name="Since">The last import that had been seen when the form was opened.</param>
public sealed record KeptDraft(string Kind, EventDraft Draft, long Since);

/// <summary>Drafts in the browser, by account and form; gone when the account signs out, when its session ends and when another signs in (wwwroot/drafts.js).</summary>
public sealed class DraftStore(IJSRuntime browser)
{
    public async Task KeepAsync(string account, string form, KeptDraft draft, CancellationToken cancel) =>
        await browser.InvokeVoidAsync("drafts.keep", cancel, account, form, JsonSerializer.Serialize(draft));

    /// <returns>Null where nothing is kept.</returns>
    public async Task<KeptDraft?> KeptAsync(string account, string form, CancellationToken cancel) =>
        await browser.InvokeAsync<string?>("drafts.kept", cancel, account, form) is { } json ? JsonSerializer.Deserialize<KeptDraft>(json) : null;

    public async Task ForgetAsync(string account, string form, CancellationToken cancel)
    {
        try
        {
            await browser.InvokeVoidAsync("drafts.forget", cancel, account, form);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone: what it keeps is told as entered already when it is tried again.
        }
    }
}
