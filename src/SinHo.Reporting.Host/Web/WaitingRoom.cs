using System.Diagnostics;
using Npgsql;
using SinHo.Reporting.Host.Web.SignIn;

namespace SinHo.Reporting.Host.Web;

/// <summary>
/// What becomes of a request when the database is away or has too much to do. Where nothing was changed yet, the request waits and begins again;
/// where it cannot wait longer, the reader is told to come back, never that something is broken.
/// </summary>
public sealed class WaitingRoom(RequestDelegate next, IServiceScopeFactory scopes, PageLimits limits)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public async Task InvokeAsync(HttpContext context)
    {
        // Sockets last, and what lives on them has services of its own.
        if (context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        var waiting = Stopwatch.StartNew();
        var services = context.RequestServices;
        try
        {
            while (await TryAsync(context, next) is { } trouble)
            {
                context.Response.Clear();
                if (!PatientDatabase.IsAway(trouble) || !IsReading(context.Request) || waiting.Elapsed > PatientDatabase.Patience)
                {
                    await TryAsync(context, answer => AnswerAsync(answer, trouble));
                    return;
                }
                await Task.Delay(Pause, context.RequestAborted);
            }
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>
    /// Each try has services of its own: what a page began with cannot be begun again, and a page whose reader has left is disposed of while it
    /// is being made, which ends its queries.
    /// </summary>
    /// <returns>Why the request was not answered; null where it was, or nobody waits for the answer.</returns>
    private async Task<NpgsqlException?> TryAsync(HttpContext context, RequestDelegate make)
    {
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        var disposing = Task.CompletedTask;
        await using (context.RequestAborted.Register(() => disposing = scope.DisposeAsync().AsTask()))
        {
            try
            {
                await make(context);
                return null;
            }
            catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted && Trouble(problem) is not null)
            {
                return Trouble(problem);
            }
            catch (Exception) when (context.RequestAborted.IsCancellationRequested)
            {
                await disposing;
                return null;
            }
        }
    }

    /// <summary>Words for a reader of a page that lives already.</summary>
    /// <returns>Null where it is no trouble of the database.</returns>
    public static string? Sentence(Exception problem, PageLimits limits) => Trouble(problem) is { } trouble ? Words(trouble, limits).Says : null;

    private static (string Title, string Says) Words(NpgsqlException trouble, PageLimits limits) => trouble switch
    {
        _ when PatientDatabase.IsAway(trouble) => ("Cơ sở dữ liệu đang khởi động lại", "Hãy đợi một lát rồi tải lại trang. Việc đang làm dở có thể chưa được ghi, hãy xem lại."),
        PostgresException => ("Câu hỏi lâu quá", $"Trang này phải chờ cơ sở dữ liệu lâu hơn {limits.Query.TotalSeconds:0} giây nên đã dừng, chưa có gì bị thay đổi. Hãy chọn kỳ hoặc đơn vị nhỏ hơn, hoặc thử lại khi máy đỡ bận."),
        _ => ("Máy chủ đang bận", "Đang có nhiều người dùng cùng lúc. Hãy đợi một lát rồi tải lại trang; chưa có gì bị mất."),
    };

    private async Task AnswerAsync(HttpContext context, NpgsqlException trouble)
    {
        var (title, says) = Words(trouble, limits);
        context.Response.Headers.RetryAfter = "10";
        await AccessPages.Notice(title, says, StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
    }

    /// <returns>Null for what is a fault of ours.</returns>
    private static NpgsqlException? Trouble(Exception problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.DiskFull } known => known,
        NpgsqlException away when PatientDatabase.IsAway(away) => away,
        NpgsqlException { InnerException: TimeoutException } busy => busy,
        { InnerException: { } inner } => Trouble(inner),
        _ => null,
    };

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
