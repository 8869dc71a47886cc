using System.Collections.Concurrent;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Realtime;

namespace Kinora.Server.Tests.Realtime;

/// <summary>Lets in whoever has the token <c>token-NAME</c>, as NAME, until it is ended.</summary>
internal sealed class FakeAccess : ISocketAccess
{
    private readonly ConcurrentDictionary<string, bool> _ended = new();

    /// <summary>Nobody can say who is who, as when the database is busy.</summary>
    public bool IsBusy { get; set; }

    public void End(string user) => _ended[user] = true;

    public ValueTask<SocketUser?> IdentifyAsync(HttpContext handshake, JsonElement auth, CancellationToken cancel)
    {
        if (IsBusy)
        {
            throw new KinoraException(ErrorCodes.DatabaseBusy, "busy");
        }

        var token = auth.ValueKind == JsonValueKind.Object && auth.TryGetProperty("token", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        var name = token.StartsWith("token-", StringComparison.Ordinal) ? token["token-".Length..] : "";
        return new(name.Length > 0 && !_ended.ContainsKey(name) ? new SocketUser(name, token) : null);
    }

    public async ValueTask<bool> StillGoodAsync(SocketUser user, CancellationToken cancel)
    {
        await Task.Yield(); // an answer that is not there at once must change no order
        return !_ended.ContainsKey(user.UserId);
    }
}
