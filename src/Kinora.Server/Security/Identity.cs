using Kinora.Accounts;
using Kinora.Generation;

namespace Kinora.Server.Security;

/// <summary>Somebody whom the server has recognised, and what he may do through what he showed.</summary>
/// <param name="Scopes">Of an API key as given; of a sign-in by its account's role.</param>
/// <param name="SignIn">Null for API keys.</param>
internal sealed record Identity(Caller Caller, KeyScopes Scopes, SignIn? SignIn)
{
    /// <summary>It came as a cookie, which browsers send along by themselves: writes then need our own Origin.</summary>
    public bool ByCookie { get; init; }

    /// <summary>Signed in by the one-time secret; may only choose a password.</summary>
    public bool MustChoosePassword => SignIn?.Account.PasswordChangeRequired ?? false;

    public bool Allows(KeyScopes scopes) => (Scopes & scopes) == scopes;
}

/// <summary>An account that came in by a token.</summary>
internal sealed record SignIn(Account Account, SignInToken Token);
