using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Accounts as services of a site: cookies, sessions, throttled sign-in, guarded forms.</summary>
public static class AccessServices
{
    /// <summary>Tries to sign in, or to use a link, from one address within a minute; an office may share one.</summary>
    public const int TriesPerMinute = 30;

    /// <summary>Check codes that one address may try.</summary>
    public const int VerificationsPerMinute = 30;

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Accounts>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Readings>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<CookieSession>();
        services.AddSingleton<SessionLook>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SetCookie);
        services.AddCascadingAuthenticationState();
        services.RemoveAll<AuthenticationStateProvider>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<CircuitHandler, CircuitUse>();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = HostCookies.Form;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection().SetApplicationName("sinho");
        services.AddOptions<KeyManagementOptions>()
            .Configure<NpgsqlDataSource>((keys, database) => keys.XmlRepository = new DatabaseKeys(database));
        // The keys lie in the database beside the members; who reads the one has the other.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(AccessPages.Throttle, context => RateLimitPartition.GetFixedWindowLimiter(
                AccessPages.Address(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) }));
            limits.AddPolicy(VerifyPages.Throttle, context => RateLimitPartition.GetFixedWindowLimiter(
                AccessPages.Address(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = VerificationsPerMinute, Window = TimeSpan.FromMinutes(1) }));
            limits.OnRejected = (context, _) => new(AccessPages.TooMany(context.HttpContext).ExecuteAsync(context.HttpContext));
        });
    }

    /// <summary>After authorisation and the anti-forgery of components.</summary>
    public static void UseAccess(this WebApplication site)
    {
        site.UseRateLimiter();
        site.UseMiddleware<FormGuard>();
    }

    private static void SetCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = HostCookies.Session;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        // The session in the database says when it is over; pages that live on a socket send no cookie for hours.
        cookie.ExpireTimeSpan = Sessions.Day;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = AccessPages.SignIn;
        cookie.LogoutPath = AccessPages.SignOut;
        cookie.ReturnUrlParameter = "ve";
        cookie.EventsType = typeof(CookieSession);
    }
}
