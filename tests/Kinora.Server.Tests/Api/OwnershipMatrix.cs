using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Server.Api;
using Shouldly;

namespace Kinora.Server.Tests.Api;

/// <summary>Sends something to an operation as somebody.</summary>
internal delegate Task<ApiReply> Sender(ApiOperation operation, string path, string? credential);

/// <summary>
/// Who must be refused where, worked out from the facts of each operation. What it does not know it fails on, so that no new operation is forgotten.
/// </summary>
internal sealed class OwnershipMatrix(OwnershipCast cast, Sender send)
{
    /// <summary>Whoever may call without showing anything: each of them is meant to.</summary>
    private static readonly string[] _open = ["signIn", "getMedia", "getHealth", "getReady", "getOpenApi", "getDocs"];

    /// <summary>Where the same lies for everybody.</summary>
    private static readonly string[] _everybodys = [OwnedThings.OpenAisModel];

    /// <summary>Cells that were looked at.</summary>
    public int Count { get; private set; }

    public async Task CheckAsync(ApiOperation operation)
    {
        var mine = OwnedThings.Address(operation, cast.A.Ids);
        if (operation.Access == ApiAccess.Anybody)
        {
            _open.ShouldContain(operation.Name, $"{operation.Method} {operation.Path} is open to anybody. If that is meant, the matrix must say so.");
            return;
        }

        foreach (var (who, credential) in cast.Nobodies)
        {
            await RefusedAsync(operation, mine, who, credential, 401, ErrorCodes.Unauthenticated);
        }

        if (!operation.BeforePassword)
        {
            await RefusedAsync(operation, mine, "somebody without a password of his own", cast.WithoutPassword, 403, ErrorCodes.PasswordChangeRequired);
        }

        await ScopesAsync(operation, mine);
        if (operation.Access == ApiAccess.Admin)
        {
            await RefusedAsync(operation, mine, "a user", cast.B.Token, 403, ErrorCodes.RoleMissing);
        }
        else if (operation.Path.Contains('{', StringComparison.Ordinal) && !_everybodys.Contains(operation.Path))
        {
            await StrangersAsync(operation, mine);
        }
    }

    private async Task ScopesAsync(ApiOperation operation, string path)
    {
        foreach (var (scopes, key) in cast.Keys)
        {
            var wanted = operation.Access switch { ApiAccess.Read => KeyScopes.Read, ApiAccess.Create => KeyScopes.Create, ApiAccess.Admin => KeyScopes.Admin, _ => KeyScopes.None };
            if (operation.Access == ApiAccess.SignedIn || !scopes.HasFlag(wanted))
            {
                await RefusedAsync(operation, path, $"a key of scope {scopes}", key, 403, ErrorCodes.ScopeMissing);
            }
        }

        if (operation.Access == ApiAccess.Admin)
        {
            await RefusedAsync(operation, path, "a key of scope admin that belongs to no admin", cast.UsersAdminKey, 403, ErrorCodes.ScopeMissing);
        }
    }

    /// <summary>Another user, by token and by key, and the admin: for all of them a's ids are unknown ones, to the last byte.</summary>
    private async Task StrangersAsync(ApiOperation operation, string mine)
    {
        List<(string Foreign, string Unknown)> pairs = [(mine, OwnedThings.Address(operation, OwnedThings.Unknown))];
        if (operation.Path.StartsWith(OwnedThings.Delivery, StringComparison.Ordinal))
        {
            var hook = new Dictionary<string, string> { [OwnedThings.Webhook] = cast.B.Ids[OwnedThings.Webhook] };
            pairs.Add((OwnedThings.Address(operation, hook, cast.A.Ids), OwnedThings.Address(operation, hook, OwnedThings.Unknown)));
        }

        foreach (var (who, credential) in operation.Access == ApiAccess.SignedIn ? cast.Strangers.Where(s => !s.Credential.StartsWith("kin_", StringComparison.Ordinal)) : cast.Strangers)
        {
            foreach (var (foreign, unknown) in pairs)
            {
                var reply = await RefusedAsync(operation, foreign, who, credential, 404, null);
                (await send(operation, unknown, credential)).Seen.ShouldBe(reply.Seen, $"{operation.Name} as {who}: another's id can be told from an unknown one");
            }
        }
    }

    private async Task<ApiReply> RefusedAsync(ApiOperation operation, string path, string who, string? credential, int status, string? code)
    {
        Count++;
        var reply = await send(operation, path, credential);
        reply.Status.ShouldBe(status, $"{operation.Method} {path} as {who}: {reply.Everything}");
        reply.Body.ShouldNotContain(OwnedThings.Mark);
        return reply.ShouldBeRefused(status, code, operation);
    }
}
