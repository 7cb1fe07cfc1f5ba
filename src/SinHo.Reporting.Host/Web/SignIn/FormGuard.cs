using Microsoft.AspNetCore.Antiforgery;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>
/// Whatever changes something must come from a page of ours: every request that is not a mere reading needs the token of a form, unless its
/// endpoint says otherwise. A new endpoint is guarded without being told.
/// </summary>
public sealed class FormGuard(RequestDelegate next, IAntiforgery forms)
{
    /// <summary>The socket of pages; a page of another site gets no cookie for it.</summary>
    private const string Socket = "/_blazor";

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsReading(context.Request) || Dashboard.IsPolling(context.Request) || context.Request.Path.StartsWithSegments(Socket, StringComparison.Ordinal)
            || context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false }
            || await IsOursAsync(context))
            await next(context);
        else
            await AccessPages.Stale().ExecuteAsync(context);
    }

    /// <summary>Forms of components have been looked at already, and may not be read again when they were not ours.</summary>
    private async Task<bool> IsOursAsync(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { } looked ? looked.IsValid : await forms.IsRequestValidAsync(context);

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
