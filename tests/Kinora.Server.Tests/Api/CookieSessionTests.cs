using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Signed in by a cookie: only our own pages change anything by it .</summary>
public sealed class CookieSessionTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Me = "/api/auth/me";
    private const string Keys = "/api/keys";
    private const string NewKey = """{"name":"laptop"}""";

    private string Own => scene.Url.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task SignIn_ByCookie_TellsScriptsNothing()
    {
        var reply = await scene.SignInAsync((await scene.AddUserAsync()).Username, ApiScene.Password, cookie: true);

        reply.Status.ShouldBe(200);
        reply.Json.TryGetProperty("token", out _).ShouldBeFalse();
        var cookie = reply.Headers["Set-Cookie"];
        reply.Body.ShouldNotContain(Value(cookie));
        var facts = cookie.Split("; ").Skip(1).ToList();
        facts.ShouldContain("httponly");
        facts.ShouldContain("samesite=strict");
        facts.ShouldContain("path=/");
        facts.ShouldNotContain(f => f.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        reply.Headers["Cache-Control"].ShouldBe("no-store");
        (await scene.SignInAsync("admin", ApiScene.AdminPassword)).Headers.Keys.ShouldNotContain("Set-Cookie");
    }

    [Fact]
    public async Task Writes_NeedOurOwnOrigin_AndReadsNone()
    {
        var cookie = await CookieAsync();
        (await scene.GetAsync(Me, null, ("Cookie", cookie))).Status.ShouldBe(200);
        (await scene.SendAsync("HEAD", Me, null, (string?)null, ("Cookie", cookie))).Status.ShouldBe(200);
        (await scene.PostAsync(Keys, null, NewKey, ("Cookie", cookie))).ShouldBeRefused(403, "host_refused");
        foreach (var origin in (string[])
        [
            "https://evil.example", "null", "", Own + ".evil.example", Own + "/", Own + "@evil.example", $"http://127.0.0.1:{(scene.Url.Port == 65535 ? 1 : scene.Url.Port + 1)}", "http://127.0.0.1", "http://localhost",
            $"https://localhost:{scene.Url.Port}", "http://127.0.0.2:" + scene.Url.Port, "file://", "http://[::1]:" + scene.Url.Port, "http://user@127.0.0.1:" + scene.Url.Port,
        ])
        {
            (await scene.PostAsync(Keys, null, NewKey, ("Cookie", cookie), ("Origin", origin))).ShouldBeRefused(403, "host_refused");
        }

        (await scene.PostAsync(Keys, null, NewKey, ("Cookie", cookie), ("Origin", Own), ("Origin", "https://evil.example"))).ShouldBeRefused(403);
        (await scene.GetAsync(Me, null, ("Cookie", cookie), ("Origin", "https://evil.example"))).ShouldBeRefused(403);
        (await scene.GetAsync(Keys, null, ("Cookie", cookie))).Json.GetProperty("keys").GetArrayLength().ShouldBe(0, "nothing of all that was done");
        (await scene.PostAsync(Keys, null, NewKey, ("Cookie", cookie), ("Origin", Own))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task LiveUpdates_ByTheCookie_AreForOurOwnPagesAlone()
    {
        var cookie = await CookieAsync();

        (await ConnectAsync(Own)).ShouldStartWith("40{");
        (await ConnectAsync($"http://127.0.0.1:{(scene.Url.Port == 65535 ? 1 : scene.Url.Port + 1)}")).ShouldStartWith("44{");
        (await ConnectAsync("http://localhost")).ShouldStartWith("44{");
        (await ConnectAsync(null)).ShouldStartWith("44{");

        // Over polling, without a token.
        async Task<string> ConnectAsync(string? origin)
        {
            const string path = "/socket.io/?EIO=4&transport=polling";
            (string, string)[] headers = origin is null ? [("Cookie", cookie)] : [("Cookie", cookie), ("Origin", origin)];
            var open = await scene.GetAsync(path, null, headers);
            open.Status.ShouldBe(200, open.Everything);
            var sid = System.Text.Json.JsonDocument.Parse(open.Body[1..]).RootElement.GetProperty("sid").GetString();
            using var connect = new StringContent("40");
            (await scene.SendContentAsync("POST", $"{path}&sid={sid}", null, connect, headers)).Status.ShouldBe(200);
            return (await scene.GetAsync($"{path}&sid={sid}", null, headers)).Body;
        }
    }

    [Fact]
    public async Task ATokenInAHeader_NeedsNoOrigin_AndNoForeignPageMaySendIt()
    {
        var token = Value(await CookieAsync());

        (await scene.PostAsync(Keys, token, NewKey)).Status.ShouldBe(200);
        (await scene.PostAsync(Keys, token, NewKey, ("Origin", "https://evil.example"))).ShouldBeRefused(403, "host_refused");
        (await scene.PostAsync("/api/auth/login", null, """{"username":"x","password":"y"}""", ("Origin", "https://evil.example"))).ShouldBeRefused(403, "host_refused");
    }

    [Fact]
    public async Task AnotherHostName_IsRefused_WhateverElseIsRight()
    {
        var cookie = await CookieAsync();
        foreach (var host in (string[])["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "127.0.0.2"])
        {
            (await scene.GetAsync(Me, null, ("Cookie", cookie), ("Host", host))).ShouldBeRefused(403, "host_refused");
        }

        (await scene.GetAsync(Me, null, ("Cookie", cookie), ("Host", "localhost:" + scene.Url.Port))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SigningOut_RemovesTheCookie_AndItsTokenIsWorthNothing()
    {
        var cookie = await CookieAsync();

        var reply = await scene.PostAsync("/api/auth/logout", null, "{}", ("Cookie", cookie), ("Origin", Own));

        reply.Status.ShouldBe(200, reply.Everything);
        reply.Headers["Set-Cookie"].ShouldStartWith("kinora_session=; expires=Thu, 01 Jan 1970");
        (await scene.GetAsync(Me, null, ("Cookie", cookie))).ShouldBeRefused(401);
        (await scene.GetAsync(Me, Value(cookie))).ShouldBeRefused(401);
    }

    [Fact]
    public async Task ANewPassword_SetsTheCookieAnew()
    {
        var cookie = await CookieAsync();

        var reply = await scene.PostAsync(
            "/api/auth/change-password", null, $$"""{"currentPassword":"{{ApiScene.Password}}","newPassword":"nine horses in a song"}""", ("Cookie", cookie), ("Origin", Own));

        reply.Status.ShouldBe(200, reply.Everything);
        reply.Json.TryGetProperty("token", out _).ShouldBeFalse();
        (await scene.GetAsync(Me, null, ("Cookie", cookie))).ShouldBeRefused(401);
        (await scene.GetAsync(Me, null, ("Cookie", reply.Headers["Set-Cookie"].Split(';')[0]))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task BehindAProxyThatSpeaksHttps_TheCookieIsNeverSentWithoutIt()
    {
        var ann = await scene.AddUserAsync();
        var body = $$"""{"username":"{{ann.Username}}","password":"{{ApiScene.Password}}","cookie":true}""";

        var reply = await scene.PostAsync("/api/auth/login", null, body, ("Host", "localhost"), ("Origin", "https://localhost"));

        reply.Headers["Set-Cookie"].Split("; ").ShouldContain("secure");
        var cookie = reply.Headers["Set-Cookie"].Split(';')[0];
        (await scene.PostAsync(Keys, null, NewKey, ("Cookie", cookie), ("Host", "localhost"), ("Origin", "https://localhost"))).Status.ShouldBe(200);
        (await scene.PostAsync("/api/auth/login", null, body, ("Origin", Own))).Headers["Set-Cookie"].Split("; ").ShouldNotContain("secure");
    }

    private async Task<string> CookieAsync() =>
        (await scene.SignInAsync((await scene.AddUserAsync()).Username, ApiScene.Password, cookie: true)).Headers["Set-Cookie"].Split(';')[0];

    private static string Value(string cookie) => cookie.Split(';')[0]["kinora_session=".Length..];
}
