using System.Diagnostics;
using System.Text.Json;
using Kinora.Accounts;
using Kinora.Server.Api;
using Kinora.Server.Security;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>What ends a token ends it at once here, within 5 seconds when another process did it, and for ever .</summary>
public sealed class RevocationTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Me = "/api/auth/me";
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SigningOut_EndsThisToken_AndEverywhereAll()
    {
        var ann = await scene.AddUserAsync();
        var (first, second, third) = (await TokenAsync(ann), await TokenAsync(ann), await TokenAsync(ann));

        (await scene.PostAsync("/api/auth/logout", first)).Status.ShouldBe(200);
        (await scene.GetAsync(Me, first)).ShouldBeRefused(401, "unauthenticated");
        (await scene.GetAsync(Me, second)).Status.ShouldBe(200);
        (await scene.PostAsync("/api/auth/logout", second, """{"everywhere":true}""")).Status.ShouldBe(200);
        (await scene.GetAsync(Me, second)).ShouldBeRefused(401);
        (await scene.GetAsync(Me, third)).ShouldBeRefused(401);
        (await scene.GetAsync(Me, await TokenAsync(ann))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ANewPassword_EndsAllTokens_AndGivesOne()
    {
        var ann = await scene.AddUserAsync();
        var (mine, other) = (await TokenAsync(ann), await TokenAsync(ann));

        var changed = await scene.PostAsync("/api/auth/change-password", mine, JsonSerializer.Serialize(new { currentPassword = ApiScene.Password, newPassword = "seven horses in a song" }));

        changed.Status.ShouldBe(200, changed.Everything);
        (await scene.GetAsync(Me, mine)).ShouldBeRefused(401);
        (await scene.GetAsync(Me, other)).ShouldBeRefused(401);
        (await scene.GetAsync(Me, changed.Json.GetProperty("token").GetString())).Status.ShouldBe(200);
        (await scene.SignInAsync(ann.Username, ApiScene.Password)).ShouldBeRefused(401, "invalid_credentials");
        (await scene.SignInAsync(ann.Username, "seven horses in a song")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"disabled":true}""")]
    [InlineData("""{"password":"eight horses in a song"}""")]
    public async Task AnAdmin_WhoDisablesSomebodyOrChangesHisPassword_EndsHisTokens(string change)
    {
        var ann = await scene.AddUserAsync();
        var (token, key) = (await TokenAsync(ann), await scene.KeyOfAsync(ann.Id, KeyScopes.Read));
        (await scene.GetAsync(Me, key)).Status.ShouldBe(200);
        var disabled = change.Contains("disabled", StringComparison.Ordinal);

        (await scene.SendAsync("PATCH", $"/api/admin/users/{ann.Id}", await AdminAsync(), change)).Status.ShouldBe(200);

        (await scene.GetAsync(Me, token)).ShouldBeRefused(401);
        if (disabled)
        {
            await EndsAsync(key);
        }
    }

    [Fact]
    public async Task ARole_CountsAsItIsNow_NotAsTheTokenSays()
    {
        var ann = await scene.AddUserAsync(Role.Admin);
        var token = await TokenAsync(ann);
        (await scene.GetAsync("/api/admin/users", token)).Status.ShouldBe(200);

        (await scene.SendAsync("PATCH", $"/api/admin/users/{ann.Id}", await AdminAsync(), """{"role":"user"}""")).Status.ShouldBe(200);

        (await scene.GetAsync("/api/admin/users", token)).ShouldBeRefused(403, "role_missing");
        (await scene.GetAsync(Me, token)).Json.GetProperty("scopes").ToString().ShouldBe("""["read","create"]""");
    }

    [Fact]
    public async Task WhatAnotherProcessEnds_EndsHereWithinFiveSeconds()
    {
        var (ann, bob, cid) = (await scene.AddUserAsync(), await scene.AddUserAsync(), await scene.AddUserAsync());
        var (single, says) = scene.Host.Get<SignInTokens>().Issue(ann);
        var key = await scene.Host.Get<ApiKeys>().CreateAsync(cid.Id, "test", KeyScopes.Read, KeyLimits.None, Cancel);
        string[] all = [single, scene.TokenOf(bob), scene.TokenOf(cid), key.Secret];
        foreach (var credential in all)
        {
            (await scene.GetAsync(Me, credential)).Status.ShouldBe(200);
        }

        await scene.Accounts.RevokeTokenAsync(says.Id, says.ExpiresAt, Cancel);
        await scene.Accounts.EndTokensAsync(bob.Id, Cancel);
        await scene.Accounts.UpdateAsync(cid.Id, new AccountChange { Disabled = true }, Cancel);

        await EndsAsync(all);
    }

    [Fact]
    public async Task AfterARestart_WhatHasEndedIsStillEnded_AndWhatIsGoodIsGood()
    {
        var ann = await scene.AddUserAsync();
        var (good, ended) = (await TokenAsync(ann), await TokenAsync(ann));
        (await scene.PostAsync("/api/auth/logout", ended)).Status.ShouldBe(200);

        await scene.RestartAsync();

        (await scene.GetAsync(Me, ended)).ShouldBeRefused(401);
        (await scene.GetAsync(Me, good)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task NoAddress_EverCarriesACredential()
    {
        var token = await TokenAsync(await scene.AddUserAsync());
        foreach (var operation in scene.Operations.Where(o => o.Method == "GET"))
        {
            var path = OwnedThings.Address(operation, OwnedThings.Unknown);
            foreach (var name in (string[])["token", "access_token", "api_key", "key", "auth", "jwt", "authorization"])
            {
                var reply = await scene.GetAsync($"{path}?{name}={token}");
                reply.ShouldBeRefused(operation.Access == ApiAccess.Anybody ? 400 : 401, by: operation);
                reply.Body.ShouldNotContain(token);
            }
        }

        // No body field by the address either: what stands there is in logs and histories.
        (await scene.PostAsync($"/api/auth/login?username=admin&password={Uri.EscapeDataString(ApiScene.AdminPassword)}", null)).ShouldBeRefused(400, "invalid_request");
        (await scene.PostAsync("/api/auth/login?cookie=true", null, JsonSerializer.Serialize(new { username = "admin", password = ApiScene.AdminPassword }))).ShouldBeRefused(400, "invalid_request");
    }

    [Fact]
    public async Task HeadersThatNameSomebodyElse_ChangeNothing()
    {
        var token = await TokenAsync(await scene.AddUserAsync());
        (string, string)[] claims =
            [("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=10.0.0.1;host=evil.example"), ("X-Real-IP", "10.0.0.1"), ("X-Original-URL", "/api/admin/users"), ("X-HTTP-Method-Override", "DELETE")];
        (await scene.GetAsync(Me, token, claims)).Seen.ShouldBe((await scene.GetAsync(Me, token)).Seen);

        // Two credentials: which of them should count?
        (await scene.GetAsync(Me, null, ("Authorization", $"Bearer {token}"), ("Authorization", $"Bearer {token}x"))).ShouldBeRefused(401);
        (await scene.GetAsync(Me, null, ("Authorization", $"Basic {token}"))).ShouldBeRefused(401);
        (await scene.GetAsync(Me, null, ("Authorization", token))).ShouldBeRefused(401);
        (await scene.GetAsync(Me, token + ".", ("Cookie", $"kinora_session={token}"))).ShouldBeRefused(401);
    }

    private async Task<string> TokenAsync(Account account)
    {
        var reply = await scene.SignInAsync(account.Username, ApiScene.Password);
        reply.Status.ShouldBe(200, reply.Everything);
        return reply.Json.GetProperty("token").GetString()!;
    }

    private async Task<string> AdminAsync() => scene.TokenOf(await scene.AdminAsync());

    private async Task EndsAsync(params string[] credentials)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        foreach (var credential in credentials)
        {
            while ((await scene.GetAsync(Me, credential)).Status != 401)
            {
                watch.Elapsed.ShouldBeLessThan(_within, "it is still good");
                await beat.WaitForNextTickAsync(Cancel);
            }
        }
    }
}
