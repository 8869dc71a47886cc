using Kinora.Accounts;
using Kinora.Adapters.Secrets;
using Kinora.Configuration;
using Kinora.Jobs;
using Kinora.Server.Security;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Kinora.Server.Tests.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Everybody who comes to the doors: a, whose things they are, and whoever must not have them.</summary>
internal sealed record OwnershipCast(OwnedThings A, OwnedThings B)
{
    /// <summary>Credentials that are worth nothing.</summary>
    public required IReadOnlyList<(string Who, string? Credential)> Nobodies { get; init; }

    /// <summary>Good ones, of people who own nothing of a's.</summary>
    public required IReadOnlyList<(string Who, string Credential)> Strangers { get; init; }

    /// <summary>Keys of a's own, and of the admin's, with what they may do.</summary>
    public required IReadOnlyList<(KeyScopes Scopes, string Key)> Keys { get; init; }

    /// <summary>Token of somebody who must choose a password first.</summary>
    public required string WithoutPassword { get; init; }

    /// <summary>A key of scope admin whose owner is none: it was made while he was.</summary>
    public required string UsersAdminKey { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OwnershipCast> MakeAsync(ApiScene scene, WebhookReceiver receiver)
    {
        var accounts = scene.Accounts;
        var a = await OwnedThings.MakeAsync(scene, await scene.AddUserAsync(), receiver);
        var b = await OwnedThings.MakeAsync(scene, await scene.AddUserAsync(), receiver);
        var admin = await scene.AdminAsync();
        var (gone, out1, fresh) = (await scene.AddUserAsync(), await scene.AddUserAsync(), await scene.AddUserAsync());
        var (goneToken, goneKey) = (scene.TokenOf(gone), await scene.KeyOfAsync(gone.Id, KeyScopes.Read | KeyScopes.Create));
        await accounts.UpdateAsync(gone.Id, new AccountChange { Disabled = true }, Cancel);
        var old = scene.TokenOf(out1);
        await accounts.EndTokensAsync(out1.Id, Cancel);
        var revoked = scene.TokenOf(a.Owner);
        (await scene.PostAsync("/api/auth/logout", revoked)).Status.ShouldBe(200);
        var key = await scene.Host.Get<ApiKeys>().CreateAsync(a.Owner.Id, "ended", KeyScopes.Read | KeyScopes.Create, KeyLimits.None, Cancel);
        await scene.Host.Get<ApiKeys>().RevokeAsync(key.Key.Id, a.Owner.Id, Cancel);
        await scene.Host.Get<IAccountStore>().ChangeAsync(fresh.Id, s => s with { Account = s.Account with { PasswordChangeRequired = true } }, Cancel);
        return new OwnershipCast(a, b)
        {
            Nobodies =
            [
                ("anonymous", null), ("a disabled user", goneToken), ("a key of a disabled user", goneKey), ("a with a token of an older generation", old), ("a after signing out", revoked),
                ("a with a revoked key", key.Secret), ("a with an expired token", Expired(scene, a.Owner)), ("a key that never was", "kin_" + new string('A', 43)), ("noise", "noise"),
                ("a media link as a token", a.Ids["/media/{link}"]),
            ],
            Strangers =
            [
                ("another user", b.Token), ("another user's key", await scene.KeyOfAsync(b.Owner.Id, KeyScopes.Read | KeyScopes.Create)), ("the admin", scene.TokenOf(admin)),
                ("the admin's key", await scene.KeyOfAsync(admin.Id, KeyScopes.Read | KeyScopes.Create | KeyScopes.Admin)),
            ],
            Keys =
            [
                (KeyScopes.Read, await scene.KeyOfAsync(a.Owner.Id, KeyScopes.Read)), (KeyScopes.Create, await scene.KeyOfAsync(a.Owner.Id, KeyScopes.Create)),
                (KeyScopes.Read | KeyScopes.Create, await scene.KeyOfAsync(a.Owner.Id, KeyScopes.Read | KeyScopes.Create)), (KeyScopes.Admin, await scene.KeyOfAsync(admin.Id, KeyScopes.Admin)),
            ],
            WithoutPassword = scene.TokenOf(fresh),
            UsersAdminKey = await scene.KeyOfAsync(b.Owner.Id, KeyScopes.Read | KeyScopes.Create | KeyScopes.Admin),
        };
    }

    /// <summary>Rightly signed, a day past its time.</summary>
    private static string Expired(ApiScene scene, Account owner)
    {
        var options = new TokenOptions();
        var keys = new TokenKeys(options, new DataFolder(scene.Kinora.Data), new SystemRandomBytes(), new KeyFiles());
        return new SignInTokens(keys, options, new SystemRandomBytes(), new LaterClock(TimeSpan.FromDays(-8))).Issue(owner).Token;
    }
}
