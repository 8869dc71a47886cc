using System.Collections.Concurrent;
using Kinora.Accounts;
using Kinora.Generation;

namespace Kinora.Server.Security;

/// <summary>
/// Who stands behind a request: an API key (<c>kin_…</c>), a sign-in token, or the cookie that holds one. Every door over HTTP asks here. What ends a key or
/// token (revoking, disabling, a new password, signing out) counts within 5 seconds, in every process on the same database.
/// </summary>
internal sealed class Identities(ApiKeys keys, SignInTokens tokens, AccountService accounts, TimeProvider time)
{
    public const string Cookie = "kinora_session";

    private const int LargestCache = 10_000;

    /// <summary>Tokens whose signature was found right: that never changes, and costs most of a look.</summary>
    private readonly ConcurrentDictionary<string, SignInToken> _read = new(StringComparer.Ordinal);

    /// <summary>True when the request shows anything at all by which somebody could be recognised.</summary>
    public static bool ShowsAnything(HttpRequest request) => request.Headers.Authorization.Count > 0 || request.Cookies.ContainsKey(Cookie);

    /// <summary>Null when the request shows nothing that is good. A header goes before a cookie; it is never taken from the address.</summary>
    public async ValueTask<Identity?> OfAsync(HttpRequest request, CancellationToken cancel)
    {
        var header = request.Headers.Authorization;
        if (header.Count > 0)
        {
            return header is [{ } text] && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await OfAsync(text["Bearer ".Length..].Trim(), cancel) : null;
        }

        return request.Cookies[Cookie] is { } cookie && await OfTokenAsync(cookie, cancel) is { } identity ? identity with { ByCookie = true } : null;
    }

    /// <param name="credential">An API key or a sign-in token.</param>
    public async ValueTask<Identity?> OfAsync(string credential, CancellationToken cancel) =>
        !credential.StartsWith("kin_", StringComparison.Ordinal) ? await OfTokenAsync(credential, cancel)
        : await keys.VerifyAsync(credential, cancel) is { } granted ? new Identity(granted.Caller, granted.Scopes, SignIn: null)
        : null;

    private async ValueTask<Identity?> OfTokenAsync(string token, CancellationToken cancel)
    {
        if (!_read.TryGetValue(token, out var says))
        {
            if (!tokens.TryRead(token, out says))
            {
                return null;
            }

            if (_read.Count >= LargestCache)
            {
                _read.Clear();
            }

            _read[token] = says;
        }

        // A newer generation than is known here: its account is remembered from before for some seconds.
        return says.ExpiresAt > time.GetUtcNow() && !await accounts.IsRevokedAsync(says.Id, cancel)
            && await accounts.FindAsync(says.UserId, cancel) is { DisabledAt: null } account && says.Generation >= account.Generation
            ? new Identity(new Caller(account.Id), ScopesOf(account.Role), new SignIn(account, says))
            : null;
    }

    private static KeyScopes ScopesOf(Role role) => role == Role.Admin ? KeyScopes.Read | KeyScopes.Create | KeyScopes.Admin : KeyScopes.Read | KeyScopes.Create;
}
