using System.Text.Json;
using Kinora.Accounts;
using Kinora.Server.Realtime;

namespace Kinora.Server.Security;

/// <summary>Who may have live updates: whoever could read over REST, by <c>auth: {token}</c> or by the cookie of our own page; asked again before each delivery.</summary>
internal sealed class SocketAccess(Identities identities, OwnPages pages) : ISocketAccess
{
    public async ValueTask<SocketUser?> IdentifyAsync(HttpContext handshake, JsonElement auth, CancellationToken cancel)
    {
        var credential = auth.ValueKind == JsonValueKind.Object && auth.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString()
            : auth.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object && pages.Sent(handshake.Request) ? handshake.Request.Cookies[Identities.Cookie]
            : null;
        return credential is not null && await AllowedAsync(credential, cancel) is { } identity ? new SocketUser(identity.Caller.UserId, credential) : null;
    }

    public async ValueTask<bool> StillGoodAsync(SocketUser user, CancellationToken cancel) =>
        await AllowedAsync((string)user.Credential, cancel) is { } identity && identity.Caller.UserId == user.UserId;

    private async ValueTask<Identity?> AllowedAsync(string credential, CancellationToken cancel) =>
        await identities.OfAsync(credential, cancel) is { MustChoosePassword: false } identity && identity.Allows(KeyScopes.Read) ? identity : null;
}
