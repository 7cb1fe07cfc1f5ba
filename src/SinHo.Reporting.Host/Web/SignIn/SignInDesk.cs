using Microsoft.AspNetCore.Identity;
using SinHo.Reporting.Access;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Compares and sets passwords.</summary>
public sealed class SignInDesk(Accounts accounts, Passwords passwords, Sessions sessions, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    /// <summary>
    /// One sentence for every refusal: whether a name exists, is closed or locked is nobody's business, and the owner finds his case in it.
    /// </summary>
    public const string Refusal =
        "Tên đăng nhập hoặc mật khẩu không đúng. Sau 5 lần sai liên tiếp từ một máy, máy đó bị tạm khóa 15 phút; "
        + "quên mật khẩu hoặc tài khoản đã ngừng dùng thì đề nghị người quản trị.";

    /// <summary>Compared with when there is nothing to compare with, so that an unknown name takes as long as a wrong password.</summary>
    private readonly string nobody = hasher.HashPassword(null!, Guid.NewGuid().ToString());

    /// <returns>The account and its new session; null where the name or the password is not right.</returns>
    public async Task<(Account Account, Guid Session)?> SignInAsync(
        string userName, string password, string address, CancellationToken cancel)
    {
        var attempt = await passwords.BeginAsync(userName, address, cancel);
        await Task.Delay(attempt.Wait, clock, cancel);
        var outcome = hasher.VerifyHashedPassword(null!, attempt.Hash ?? nobody, PasswordRules.Typed(password));
        if (attempt is not { Account: { } id, Hash: not null })
            return null;
        if (outcome == PasswordVerificationResult.Failed)
        {
            await passwords.FailAsync(id, address, cancel);
            return null;
        }
        var newHash = outcome == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null;
        await passwords.SucceedAsync(id, newHash, address, cancel);
        return await StartAsync(id, address, cancel);
    }

    /// <returns>Null where the link no longer opens.</returns>
    public async Task<(Account Account, Guid Session)?> UseLinkAsync(
        string token, string password, string address, CancellationToken cancel) =>
        await passwords.UseLinkAsync(token, Hash(password), address, cancel) is { } id ? await StartAsync(id, address, cancel) : null;

    /// <returns>Faults in Vietnamese; empty when the password was changed.</returns>
    public async Task<IReadOnlyList<string>> ChangeAsync(
        Account account, Guid session, (string Old, string New, string Repeated) typed, string address, CancellationToken cancel)
    {
        var faults = PasswordRules.Faults(typed.New, typed.Repeated, account.UserName);
        if (faults.Count > 0)
            return faults;
        var attempt = await passwords.BeginAsync(account.UserName, address, cancel);
        await Task.Delay(attempt.Wait, clock, cancel);
        if (attempt.Hash is null)
            return ["Tài khoản tạm khóa sau 5 lần gõ sai mật khẩu; hãy thử lại sau 15 phút."];
        if (hasher.VerifyHashedPassword(account, attempt.Hash, PasswordRules.Typed(typed.Old)) == PasswordVerificationResult.Failed)
        {
            await passwords.FailAsync(account.Id, address, cancel);
            return ["Mật khẩu hiện nay không đúng."];
        }
        await passwords.ChangeAsync(account.Id, Hash(typed.New), session, cancel);
        return [];
    }

    private string Hash(string password) => hasher.HashPassword(null!, PasswordRules.Typed(password));

    private async Task<(Account Account, Guid Session)> StartAsync(long id, string address, CancellationToken cancel) =>
        ((await accounts.FindAsync(id, cancel))!, await sessions.StartAsync(id, address, cancel));
}
